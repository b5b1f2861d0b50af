"""A meeting to arrange a test with, planned through the action."""

import datetime as dt
import io
from collections import Counter
from functools import cache

import pypdf
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from cluster_portal.files.pictures import read_picture
from cluster_portal.formatting import roman
from cluster_portal.periods import Period
from meetings.actions import planning
from meetings.actions.awards import propose_award
from meetings.actions.photos import add_photos
from meetings.actions.speeches import register_speech
from meetings.demo import PLAN, RECORD, TASKS
from meetings.models import Meeting
from meetings.papers.lines import split_lines
from meetings.uploads import SpeechFile
from meetings.views import announcing
from tests.support.factories import NOW
from tests.support.worker import work


def plan_of(host, **values):
    """The values of a plan with everything that is required."""
    return {
        "kind": Meeting.Kind.SEMIANNUAL,
        "period": Period(2022, 1),
        "title": "Hội nghị sơ kết thử",
        "held_on": dt.date(2022, 8, 16),
        "starts_at": dt.time(8),
        "place": "Hội trường thử",
        "host": host,
        "chair_name": "Người Chủ Trì",
        **values,
    }


def image_file(size=(60, 40), form="PNG", name="anh.png", **options):
    """A picture as a browser sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#8b1a1a").save(buffer, form, **options)
    return SimpleUploadedFile(name, buffer.getvalue())


def pdf_file(name="tham luan.pdf"):
    return SimpleUploadedFile(name, blank_pdf())


@cache
def blank_pdf():
    """One page, with nothing on it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(210, 297)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def speech_of(unit, meeting, *, title="Tham luận thử", **values):
    file = SpeechFile(pdf_file(), "tham luan.pdf", "pdf")  # as it is once it has been examined
    return register_speech(meeting=meeting, values={"title": title, **values}, unit=unit, file=file, by=None, now=NOW)


def award_of(unit, meeting, **values):
    values = {"form": "letter", "recipient_kind": "collective", "unit": unit, "achievement": "Thành tích", **values}
    return propose_award(meeting=meeting, values=values, proposed_by=unit, by=None, now=NOW)


def photo_of(meeting, *, caption=""):
    [photo] = add_photos(meeting=meeting, pictures=[read_picture(image_file())], caption=caption, by=None, now=NOW)
    return photo


def planned_meeting(host, by, **values):
    return planning.plan_meeting(values=plan_of(host, **values), by=by, now=NOW)


def held_meeting(host, by, **values):
    """A meeting that has begun, so that there is something to tell of it."""
    meeting = planned_meeting(host, by, **values)
    planning.hold_meeting(meeting=meeting, by=by, now=NOW, reason="Họp sớm")
    return Meeting.objects.get(pk=meeting.pk)


def text_of(pdf):
    """The text of a PDF as one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_pdf(pdf):
    """How often each word stands in a PDF, whatever its case; the page numbers, from 2 on, left out."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    words = Counter(word.casefold() for page in pages for word in page.extract_text().split())
    return words - Counter(str(number) for number in range(2, len(pages) + 1))


def words_of_docx(docx):
    """The same of a Word file, tables among it, with the numbers that Word counts itself."""
    document = Document(io.BytesIO(docx))
    texts = [text.text or "" for text in document.element.body.iter(qn("w:t"))]
    counted = [0, 0]
    for paragraph in document.element.body.iter(qn("w:p")):
        if paragraph.pPr is not None and paragraph.pPr.numPr is not None:
            level = paragraph.pPr.numPr.ilvl.val
            counted[level:] = [counted[level] + 1] + [0] * (1 - level)
            texts.append(f"{roman(counted[0]) if level == 0 else counted[1]}.")
    return Counter(word.casefold() for text in texts for word in text.split())


def facts():
    """Each fact of the table of the real meeting, except what it says is open."""
    yield from (PLAN["title"], "ngày 16 tháng 8 năm 2022", PLAN["place"])
    yield from ("6 tháng đầu năm 2022", "cùng kỳ năm 2021")
    yield f"{PLAN['chair_name']} – {PLAN['chair_title']}"
    yield from ("Đồng Đức Hạnh", "28/28 đơn vị thành viên dự họp", "7 Ý KIẾN")
    yield from (line for text in (RECORD["results"], RECORD["shortcomings"]) for line in split_lines(text))
    yield "Các tập thể có thành tích trong công tác cụm địa bàn an toàn"
    yield from (task.rstrip(".") for task in TASKS)
    yield "đơn vị cụm trưởng"
    yield from ("chủ trì hội nghị", "phát biểu tại hội nghị", "nhận thưởng")


def facts_missing_in(pdf):
    """The facts of the real meeting that the text of `pdf` lacks; a line may have been broken at a hyphen."""
    text = text_of(pdf).replace("- ", "-")
    return [fact for fact in facts() if " ".join(fact.split()).replace("- ", "-") not in text]


def mail_goes_out(later=dt.timedelta()):
    """The worker does what is due by the clock of the pages that invite people."""
    work(now=announcing.timezone.now() + later)
