"""The office's own base of Word files, proved before it is taken: each kind of paper is written on it and read back.

What is wrong with a base shows only where a paper uses it – a style that is one of letters there, a numbering that is
missing – and would show on the day the paper is to go out.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction
from docx import Document

from cluster_portal.files.finished import looking_on
from cluster_portal.periods import Period
from meetings.models import Meeting
from meetings.papers import word_files
from meetings.papers.paper import meeting_paper
from members.models import Unit
from reports.documents.free_text import BODY, COUNTERPART
from reports.documents.kinds import KINDS, Content, DocumentKind, Head, PaperOfMeeting
from reports.models import DocumentDraft

Writer = Callable[[bytes | None], bytes]
OPEN = Head(number=None, date=None, verification=None, opening="Thay thế văn bản trước.")
#: One of each that the office's own words may hold.
WORDS = {
    BODY: "Phần I. Chung\nChương I. Quy định\nMục 1. Phạm vi\nĐiều 1. Đối tượng\nI. Mục đích\n1. Yêu cầu\nNội dung.\n"
    "Phụ lục I\nDanh sách\nI. Đơn vị\nMột dòng.\nPhụ lục II\nBiểu mẫu\nMột dòng.",
    COUNTERPART: "ĐẠI DIỆN BÊN B\nNguyễn Văn A",
}


class UnfitBase(Exception):
    """`str()` is the name of the first paper that can't be written on the base."""


def prove_base(base: bytes, *, now: dt.datetime) -> None:
    """Write each kind of paper on `base`; raises `UnfitBase` where one fails, or reads otherwise than on the standard.

    A meeting that is needed for it, where none has been planned yet, is not kept.
    """
    with transaction.atomic():  # over before anything is written: nobody else could store meanwhile
        papers = list(_papers(now))
        transaction.set_rollback(True)
    with looking_on(None):
        for name, write, is_first in papers:
            try:
                told = _lines(write(base))
            except Exception as fault:  # whatever a file made elsewhere can raise in the writer
                raise UnfitBase(name) from fault
            if is_first and told != _lines(write(None)):
                raise UnfitBase(name)


def _papers(now: dt.datetime) -> Iterator[tuple[str, Writer, bool]]:
    """Name and writer of each kind, and whether it is the first of what is written alike."""
    seen = set[type]()
    meeting = Meeting.objects.latest_first().first() or _meeting(now)
    for code, kind in KINDS.items():
        draft = DocumentDraft(kind=code, meeting=meeting, subject="Về việc thử", text=WORDS, addressees="Nơi nhận A")
        draft.period = Period(now.year - 1, 1)
        draft.baseline = draft.period.same_period_last_year
        content = _composed(kind, draft)
        yield kind.name, partial(kind.in_word, content), type(content) not in seen
        seen.add(type(content))
    paper = meeting_paper(meeting)
    yield "Chương trình hội nghị", lambda base: word_files.agenda(paper, base=base), True


def _composed(kind: DocumentKind, draft: DocumentDraft) -> Content:
    if not isinstance(kind, PaperOfMeeting) and kind.is_on_figures:
        draft.text = {}
    return kind.compose(draft, OPEN)


def _meeting(now: dt.datetime) -> Meeting:
    host = Unit.objects.first() or Unit.objects.create(name="Đơn vị", joined_on=now.date())
    return Meeting.objects.create(
        period=Period(now.year - 1, 1), title="Hội nghị", host=host, chair_name="Nguyễn Văn A", held_on=now.date(),
        starts_at=dt.time(8), place="Hội trường", agenda="Khai mạc\nBế mạc", conclusion="Kết luận.", results="Kết quả.",
    )  # fmt: skip


def _lines(written: bytes) -> list[str]:
    """Every paragraph of the text, those of its tables among them; headers and footers are the base's own."""
    body = Document(io.BytesIO(written)).element.body
    return ["".join(text.text or "" for text in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p")]
