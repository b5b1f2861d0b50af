"""The documents of a meeting that need nothing but the meeting; each from a finished `MeetingPaper`."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.text import slugify
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import render_pdf
from meetings.papers.issuable import CONCLUSION, INVITATION, MINUTES, PaperKind, invitation_says, issuable
from meetings.papers.lines import InviteeLine
from meetings.papers.news import NewsItem
from meetings.papers.paper import MeetingPaper

FACE = "Times New Roman"


def file_name(paper: MeetingPaper, what: str, suffix: str) -> str:
    """A name a person finds again: ``2022-08-16 Bien ban.pdf``."""
    return f"{paper.held_on:%Y-%m-%d} {plain(what)}.{suffix}"


def plain(text: str) -> str:
    """`text` in letters every file system keeps, first letter upper case."""
    return slugify(text.replace("đ", "d").replace("Đ", "D")).replace("-", " ").capitalize()


def _head(paper: MeetingPaper, kind: str, code: str, subject: str) -> DocumentHead:
    return DocumentHead(paper.letterhead, kind=kind, kind_code=code, subject=subject)


def invitations(paper: MeetingPaper, invitees: Sequence[InviteeLine]) -> bytes:
    """Giấy mời: one page for each of `invitees`; with number and date if it still says what was issued."""
    is_as_issued = list(paper.invitation_says) == invitation_says(paper)
    number, date = (paper.invitation_number, paper.invitation_date) if is_as_issued else (None, None)
    return issuable(INVITATION, paper, number=number, date=date, invitees=invitees).pdf()


def agenda(paper: MeetingPaper) -> bytes:
    context = {"paper": paper, "head": _head(paper, "Chương trình", "CTr", paper.title)}
    return render_pdf("meetings/papers/agenda.html", context)


def sign_in_sheet(paper: MeetingPaper) -> bytes:
    """Danh sách ký tên, to print before the meeting."""
    context = {"paper": paper, "head": _head(paper, "Danh sách đại biểu", "DS", f"Dự {paper.title}")}
    return render_pdf("meetings/papers/sign_in_sheet.html", context)


def award_list(paper: MeetingPaper) -> bytes:
    subject = f"Các tập thể, cá nhân được khen thưởng tại {paper.title}"
    context = {"paper": paper, "head": _head(paper, "Danh sách khen thưởng", "DS", subject)}
    return render_pdf("meetings/papers/award_list.html", context)


def numbered(kind: PaperKind, paper: MeetingPaper) -> bytes:
    """The paper as it stands, for all who are invited where it is addressed."""
    return invitations(paper, [*paper.units, *paper.guests]) if kind is INVITATION else issuable(kind, paper).pdf()


def minutes(paper: MeetingPaper) -> bytes:
    """Biên bản: no place-and-date line; the secretary signs left, the chair right."""
    return issuable(MINUTES, paper).pdf()


def conclusion_notice(paper: MeetingPaper) -> bytes:
    """Thông báo kết luận of the chair."""
    return issuable(CONCLUSION, paper).pdf()


def news_docx(item: NewsItem) -> bytes:
    """The news item as a Word file: title, text, captioned photos, byline."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(item.title).bold = True
    for block in item.blocks:
        if block.photo is not None:
            picture = document.add_paragraph()
            picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
            picture.add_run().add_picture(io.BytesIO(block.photo.jpeg), width=Cm(14))
            caption = document.add_paragraph()
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            caption.add_run(block.photo.caption).italic = True
        else:
            text = document.add_paragraph(block.text)
            text.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            text.paragraph_format.first_line_indent = Cm(1)
            text.paragraph_format.space_before = Pt(6)
    if item.byline:
        byline = document.add_paragraph()
        byline.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        byline.add_run(item.byline).bold = True
    if item.sample_mark:
        document.add_paragraph().add_run(item.sample_mark).italic = True
    document.core_properties.title = item.title
    document.core_properties.author = item.issuer
    document.core_properties.comments = ""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
