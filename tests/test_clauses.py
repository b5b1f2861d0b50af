"""Every kind of paper against every clause of Nghị định 30/2020/NĐ-CP, Phụ lục I that applies to it.

One table: the clauses with what is measured, the kinds with what sets them apart. A kind
is printed once; `measuring` says where each line stands, in millimetres and points.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from django.urls import reverse

from meetings.actions import planning
from meetings.actions.inviting import add_guest
from meetings.models import Meeting
from meetings.papers import pdf_files
from meetings.papers.paper import meeting_paper
from members.models import Cluster
from reports.documents import actions
from reports.documents.content import compose_content, preview, write_files
from reports.documents.kinds import FREE_TEXTS
from reports.meeting_papers import summary, word_files
from tests.support.documents import ISSUED_ON, issue, issued_report, sign_off
from tests.support.factories import NOW, UnitFactory
from tests.support.measuring import MM, TOLERANCE, pages_of
from tests.support.meetings import award_of, planned_meeting, speech_of
from tests.support.office_suite import opened
from tests.support.reporting import PATROLS, THEFT, TRAFFIC, accepted_report, close_early

pytestmark = pytest.mark.one_database

END = "./."


@dataclass(frozen=True)
class Kind:
    """What sets a kind apart; the flags say which clauses it is measured by."""

    is_numbered: bool = True
    is_dated: bool = True
    is_signed: bool = True
    annexes: int = 0
    signer: str = "Nguyễn Văn Ký"
    body: str = ""
    ends: int = 1
    is_letter: bool = False
    is_marked: bool = False
    has_address: bool = False


#: Of the office's own words, all with every mark; what each says is the same.
OWN_WORDS = Kind(body="Căn cứ quy chế", is_marked=True, has_address=True, annexes=1)
KINDS = {
    "report": Kind(annexes=2, body="Số liệu chi tiết", has_address=True),
    "minutes": Kind(is_dated=False, body="Địa điểm:", signer="Người Chủ Trì", has_address=True),
    "notice": Kind(body="Sau khi nghe", has_address=True),
    "invitation": Kind(body="Địa điểm:", ends=2, has_address=True),
    "meeting report": Kind(annexes=1, body="Trên đây là", has_address=True),
    **{entry.code: replace(OWN_WORDS, is_letter=entry.is_letter, is_dated=not entry.is_of_two) for entry in FREE_TEXTS},
    "unit report": Kind(body="Trên đây là", signer="Nguyễn Văn Đứng Đầu"),
    "agenda": Kind(is_numbered=False, body="Địa điểm:"),
    "awards": Kind(is_numbered=False, is_dated=False, is_signed=False, body="Danh sách gồm"),
    "sign-in sheet": Kind(is_numbered=False, is_dated=False, is_signed=False, ends=0),
    "unit's sheet": Kind(is_numbered=False, is_dated=False, is_signed=False, ends=0),
}


def same(one, other, tolerance=TOLERANCE):
    return one == pytest.approx(other, abs=tolerance)


def text_pages(kind, pages):
    """Without the annexes."""
    first_annex = next((n for n, page in enumerate(pages) if begins_annex(page)), len(pages))
    return pages[:first_annex]


def begins_annex(page):
    return any(re.fullmatch(r"Phụ lục [IVX]+", line.text) and line.is_bold for line in page.words)


def annexes(pages):
    """Of each annex its pages."""
    found = []
    for page in pages:
        if begins_annex(page):
            found.append([])
        if found:
            found[-1].append(page)
    return found


def page_format(kind, pages):
    """I.1: A4; only annexes and lists lie across."""
    sizes = {(round(page.width), round(page.height)) for page in text_pages(kind, pages)}
    assert sizes == {(210, 297)}
    assert {(round(page.width), round(page.height)) for page in pages} <= {(210, 297), (297, 210)}


def margins(kind, pages):
    """I.3: above and below 20–25 mm, left 30–35 mm, right 15–20 mm."""
    for page in pages:
        text = [line for line in page.words if not is_page_number(line)]
        assert min(line.left for line in text) >= 30 - TOLERANCE
        assert max(line.right for line in text) <= page.width - 15 + TOLERANCE
        assert min(line.baseline for line in text) >= 20
        assert max(line.baseline for line in text) <= page.height - 20
    assert min(line.left for line in pages[0].words) <= 35


def is_page_number(line):
    return line.text.isdigit() and line.baseline < 20


def one_face(kind, pages):
    """I.4: Times New Roman, or a face of its measures, black."""
    faces = {re.sub("-|Bold|Italic", "", line.face) for page in pages for line in page.words}
    assert faces == {"LiberationSerif"}
    coloured = {line.text for page in pages for line in page.words if not line.is_black}
    assert coloured == ({"THƯỢNG KHẨN"} if kind.is_marked else set())


def country_and_motto(kind, pages):
    """II.1: 12–13 and 13–14, bold, above each other; the rule as long as the motto."""
    country, motto = pages[0].line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), pages[0].line("Độc lập - Tự do")
    assert 12 <= country.size <= 13
    assert 13 <= motto.size <= 14
    assert country.style == motto.style == (True, False)
    assert same(country.middle, motto.middle)
    assert same(pages[0].rule_below(motto).width, motto.width, 0.8)


def issuing_body(kind, pages):
    """II.2: 12–13, bold capitals, left; the rule a third to half as long as its line."""
    motto = pages[0].line("Độc lập - Tự do")
    above = [line for line in pages[0].words if line.right < 105 and line.baseline < motto.baseline + 12]
    issuer = [line for line in above if line.is_bold and line.text != "DỰ THẢO" and line.text.isupper()]
    assert issuer
    assert {line.text for line in issuer} == {line.text.upper() for line in issuer}
    assert all(12 <= line.size <= 13 for line in issuer)
    rule = pages[0].rule_below(issuer[-1])
    assert 1 / 3 <= rule.width / max(line.width for line in issuer) <= 1 / 2


def number(kind, pages):
    """II.3: 13, upright, below the issuing body; what is no kind of document has none."""
    lines = [line for line in pages[0].words if line.text.startswith("Số:")]
    assert len(lines) == kind.is_numbered
    assert all((line.size, line.style) == (13, (False, False)) for line in lines)


def place_and_date(kind, pages):
    """II.4: 13–14, italic, level with the number, below the motto; not on minutes and lists."""
    lines = [line for line in pages[0].words if line.is_italic and ", ngày" in line.text and line.left > 90]
    assert len(lines) == kind.is_dated
    for line in lines:
        assert 13 <= line.size <= 14
        # Room for the day, which is blank, isn't measured.
        assert same(line.middle, pages[0].line("Độc lập").middle, TOLERANCE if line.text[-1].isdigit() else 5)


def kind_and_subject(kind, pages):
    """II.5: both 13–14, bold, centred; the rule a third to half as long as the subject's line.

    A letter has what it is about in 12–13 below its number instead.
    """
    if kind.is_letter:
        about, number = pages[0].line("V/v"), pages[0].line("Số:")
        assert (12 <= about.size <= 13, about.style, about.baseline > number.baseline) == (True, (False, False), True)
        assert same(about.middle, number.middle, 2)
        return
    headed = [line for line in pages[0].words if line.is_bold and same(line.middle, 112.5, 1) and line.baseline > 35]
    rules = [rule for rule in pages[0].rules if same(rule.middle, 112.5, 0.6)]
    title, *subject = [line for line in headed if line.baseline < rules[0].height]
    assert (title.text == title.text.upper(), title.style) == (True, (True, False))
    assert all(13 <= line.size <= 14 for line in (title, *subject))
    assert 1 / 3 <= rules[0].width / max(line.width for line in subject) <= 1 / 2


def text(kind, pages):
    """II.6: 13–14, and “./.” at the end of the text and of each annex."""
    printed = " ".join(line.text for page in pages for line in page.words)
    assert printed.count(END) == (kind.ends + kind.annexes if kind.ends else 0)
    if kind.body:
        lines = [line for page in text_pages(kind, pages) for line in page.words if line.text.startswith(kind.body)]
        assert lines
        assert all(13 <= line.size <= 14 and line.style == (False, False) for line in lines)


def signer(kind, pages):
    """II.7: post and name 13–14, bold, in the right half; lists bear no signature."""
    names = [line for page in pages for line in page.words if line.text == kind.signer and line.is_bold]
    assert bool(names) == kind.is_signed
    for name in names:
        assert 13 <= name.size <= 14
        assert name.left > 105


def recipients(kind, pages):
    """II.9: “Nơi nhận:” 12 bold italic, its list 11 upright, “Lưu: VT” the last."""
    titles = [line for page in pages for line in page.words if line.text == "Nơi nhận:"]
    kept = [line for page in pages for line in page.words if line.text.startswith("- Lưu: VT")]
    assert bool(titles) == bool(kept) == kind.is_signed
    assert all((line.size, line.style, round(line.left)) == (12, (True, True), 30) for line in titles)
    assert all((line.size, line.style) == (11, (False, False)) for line in kept)


def addressed(kind, pages):
    """II.9: who is addressed in “Kính gửi” or invited is not named again among the recipients."""
    printed = " ".join(line.text for page in pages for line in page.words)
    is_addressed = "Kính gửi:" in printed or "kính mời:" in printed
    assert ("- Như trên;" in printed) == is_addressed


def addressees(kind, pages):
    """II.9: the dashes of several addressees stand in one line below the colon of “Kính gửi:”."""
    for page in text_pages(kind, pages)[:1]:
        heads = [line for line in page.words if line.text == "Kính gửi:"]
        for head in heads:
            below = [line for line in page.words if head.baseline < line.baseline < head.baseline + 25]
            listed = [line for line in below if line.text.startswith("- ") and line.left > 60]
            assert len(listed) == 2
            assert all(same(line.left, head.right, 1.5) and 13 <= line.size <= 14 for line in listed)


def headings(kind, pages):
    """II.6: “I.” in bold capitals, indented by 1 cm, as the text's first lines are."""
    for page in text_pages(kind, pages):
        for line in page.words:
            if re.match(r"[IVX]+\. ", line.text) and same(line.left, 40, 1):
                assert (line.text, line.style) == (line.text.upper(), (True, False))
                assert 13 <= line.size <= 14


def lines_of_text(page):
    """Those of the running text, each with the one before it where that belongs to it, too."""
    running = [line for line in page.words if line.size == 14 and line.style == (False, False)]
    full = {line.baseline for line in running if same(line.left, 30, 1) or same(line.left, 40, 1)}
    lines = [line for line in running if line.baseline in full]
    return [(above, line) for above, line in pairwise(lines) if line.baseline - above.baseline < 12]


def spacing(kind, pages):
    """II.6: lines 1 to 1.5 of their height apart, paragraphs 6 points more at least."""
    height, more = 14 * 1.15 / MM, 6 / MM
    for page in text_pages(kind, pages):
        for above, line in lines_of_text(page):
            apart = line.baseline - above.baseline
            if apart > 0.5 and same(line.left, 30, 1):
                assert height - TOLERANCE <= apart <= height * 1.5 + TOLERANCE, line.text
            elif apart > 0.5:
                assert apart >= height + more - TOLERANCE, line.text


def marks(kind, pages):
    """III.2, III.3: in a frame below the number, bold, 13–14; who drafted it behind the archive."""
    found = [line for line in pages[0].words if line.text in ("THƯỢNG KHẨN", "XEM XONG TRẢ LẠI")]
    assert len(found) == (2 if kind.is_marked else 0)
    for mark in found:
        assert (13 <= mark.size <= 14, mark.style, mark.right < 105) == (True, (True, False), True)
        assert mark.baseline > pages[0].line("Số:").baseline
    kept = [line.text for page in pages for line in page.words if line.text.startswith("- Lưu: VT")]
    assert all(line.endswith(", TH. NVA.15.") == kind.is_marked for line in kept)


def address(kind, pages):
    """III.4: on the first page, 11–12, upright, below a rule as wide as the text."""
    for number, page in enumerate(pages):
        found = [line for line in page.words if line.text.startswith("Địa chỉ mẫu")]
        assert len(found) == (kind.has_address and (number == 0 or kind.ends == 2))
        for line in found:
            (rule,) = [rule for rule in page.rules if same(rule.width, 165, 0.5)]
            assert (11 <= line.size <= 12, line.style) == (True, (False, False))
            assert 0 < line.baseline - rule.height < 8
            assert max(other.baseline for other in page.words if other is not line) < rule.height


def page_numbers(kind, pages):
    """II.10 and III.1: 13–14, in the middle of the upper margin; each annex anew, the first page without."""
    for part in [text_pages(kind, pages), *annexes(pages)]:
        found = [[line for line in page.words if is_page_number(line)] for page in part]
        if kind.ends == 2:  # invitations: a page for each
            assert found == [[]] * len(part)
            continue
        assert [[line.text for line in lines] for lines in found] == [[], *([str(n)] for n in range(2, len(part) + 1))]
        for page, lines in zip(part, found, strict=True):
            assert all(13 <= line.size <= 14 and same(line.middle, (page.width + 15) / 2, 0.7) for line in lines)


def annex_heads(kind, pages):
    """III.1: title and subject bold and centred; which document it came with in italics below; the text names it."""
    found = annexes(pages)
    assert len(found) == kind.annexes
    body = " ".join(line.text for page in text_pages(kind, pages) for line in page.words)
    for part in found:
        title = next(line for line in part[0].words if line.text.startswith("Phụ lục") and line.is_bold)
        attached = next(line for line in part[0].words if re.match(r"\(Kèm theo \S+ \S+.* số", line.text))
        assert (title.size, attached.style) == (14, (False, True))
        assert same(title.middle, attached.middle, 0.7)
        assert title.text in body


CLAUSES = (page_format, margins, one_face, country_and_motto, issuing_body, number, place_and_date, kind_and_subject,
           headings, text, spacing, signer, recipients, addressed, addressees, page_numbers, annex_heads, marks,
           address)  # fmt: skip


@pytest.fixture
def written(cluster, unit, secretariat, as_user):
    """Each kind as a PDF, and as a Word file where there is one."""
    office = {"recipients": "Các đơn vị thành viên", "address_line": "Địa chỉ mẫu; điện thoại: 024 0000"}
    Cluster.objects.update(signer_name="Nguyễn Văn Ký", **office)
    unit.leader = "Nguyễn Văn Đứng Đầu"
    unit.save()
    others = [UnitFactory(name=f"Đơn vị thử {number:02d}") for number in range(12)]
    for period in ("2022-H1", "2021-H1"):
        for place, each in enumerate([unit, *others]):
            accepted_report(each, period, {THEFT: 9 + place, TRAFFIC: {"cases": 4, "deaths": 1}}, {PATROLS: 12})
        close_early(period)
    report = issued_report(write=write_files)
    meeting = held_meeting(unit, secretariat)
    papers = {}
    for name, code in (("minutes", "BB"), ("notice", "TB")):
        draft = actions.prepare_paper(meeting=meeting, kind=code, by=None, now=NOW)
        papers[name] = issue(sign_off(draft), write=write_files)
    paper = meeting_paper(Meeting.objects.get(pk=meeting.pk))
    head = replace(paper, units=paper.units[:1])
    told, client = summary.meeting_summary(meeting), as_user(secretariat)
    return {
        "report": files_of(report),
        **{name: files_of(document) for name, document in papers.items()},
        **{entry.code: own_words(entry) for entry in FREE_TEXTS},
        "invitation": (pdf_files.invitations(head, head.invited), word_files.invitations(head)),
        "meeting report": (summary.write(told), word_files.meeting_report(told)),
        "unit report": fetched(client, "submission", unit),
        "agenda": (pdf_files.agenda(paper), word_files.agenda(paper)),
        "awards": (pdf_files.award_list(paper), None),
        "sign-in sheet": (pdf_files.sign_in_sheet(paper), None),
        "unit's sheet": fetched(client, "sheet", unit),
    }


def fetched(client, name, unit):
    addresses = [reverse(f"reports:{name}-{form}", args=["2022-H1", unit.pk]) for form in ("pdf", "docx")]
    return tuple(client.get(address).getvalue() for address in addresses)


def own_words(entry):
    """A marked document of two pages, with headings of each rank and an annex; signed by two where its kind is."""
    draft = actions.prepare_free_text(kind=entry.code, subject="Bảo đảm an ninh dịp lễ", by=None, now=NOW)
    body = "Căn cứ quy chế\nI. Mục đích\n1. Yêu cầu\n" + "Giữ vững an ninh, trật tự trên địa bàn cụm. " * 5
    annex = "Chi tiết tại Phụ lục I kèm theo.\nPhụ lục I\nCác địa bàn trọng điểm\nĐịa bàn thứ nhất"
    draft.text = {"body": f"{body}\n" * 6 + annex, "counterpart": "ĐẠI DIỆN BÊN KIA\nTrần Văn Kia" * entry.is_of_two}
    draft.addressees = "Công an huyện\nỦy ban nhân dân huyện" * entry.is_addressed
    draft.urgency, draft.circulation, draft.drafter = "very_urgent", "to_return", "TH. NVA.15"
    draft.save()
    content = compose_content(draft)
    issued = replace(content, head=replace(content.head, number=7, date=ISSUED_ON))
    return preview(issued), issued.docx()


def files_of(document):
    return tuple(bytes(document.files.get(form=form).content) for form in ("pdf", "docx"))


def held_meeting(unit, secretariat):
    lines = "\n".join(f"Nội dung thứ {number} được ghi trong biên bản" for number in range(1, 30))
    record = {"conclusion": lines, "results": lines, "notes": lines, "agenda": "Khai mạc\nBế mạc"}
    meeting = planned_meeting(unit, secretariat, held_on=ISSUED_ON, secretary_name="Người Ghi", **record)
    add_guest(meeting=meeting, values={"name": "Khách Mời", "title": "Phó Chủ tịch"}, by=secretariat, now=NOW)
    speech_of(unit, meeting)
    award_of(unit, meeting)
    meeting.tasks.create(text="Tăng cường tuần tra", due_on=dt.date(2022, 12, 1))
    meeting.awards.update(status="granted")
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    meeting.attendances.update(presence="present")
    return Meeting.objects.get(pk=meeting.pk)


#: By kind, as PDF and as what LibreOffice makes of the Word file.
MEASURED: dict[str, dict[str, list]] = {}


@pytest.fixture
def measured(request, tmp_path):
    """The pages of each kind, printed and measured once for all clauses."""
    if not MEASURED:
        files = request.getfixturevalue("written")
        in_word = opened({f"{name}.docx": docx for name, (_pdf, docx) in files.items() if docx}, tmp_path)
        MEASURED["pdf"] = {name: pages_of(pdf) for name, (pdf, _docx) in files.items()}
        MEASURED["word"] = {name.removesuffix(".docx"): pages_of(pdf) for name, pdf in in_word.items()}
    return MEASURED


@pytest.mark.django_db
@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_clause(measured, kind, clause):
    clause(KINDS[kind], measured["pdf"][kind])


@pytest.mark.django_db
@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.__name__)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("awards", "sign-in sheet")])
def test_clause_in_word(measured, kind, clause):
    clause(KINDS[kind], measured["word"][kind])


@pytest.mark.django_db
def test_every_kind_that_is_printed_is_measured(measured):
    assert measured["pdf"].keys() == KINDS.keys()
    assert KINDS.keys() - measured["word"].keys() == {"awards", "sign-in sheet"}  # printed to be written on
