"""Every kind of document stands in one registry with all that sets it apart, and nobody asks which one it is."""

import re
from pathlib import Path

import pytest

from meetings.papers.issuable import PAPER_KINDS, issuable
from meetings.papers.paper import meeting_paper
from reports.documents import actions, content
from reports.documents.kinds import FREE_TEXTS, KINDS, PAPERS, kind_of
from reports.models import DocumentDraft, Kind
from tests.support.documents import prepared_draft
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting
from tests.support.reporting import THEFT, accepted_report

HOUSE = Path(__file__).parents[3]
ENTERED_IN = {
    "meetings/papers/issuable.py",
    "meetings/papers/pdf_files.py",  # the addresses of single papers
    "reports/content.py",
    "reports/documents/kinds.py",
    "reports/meeting_papers/views/files.py",  # the same
    "reports/models/document_drafts.py",
    "reports/models/issued.py",
}
ASKS_WHICH = re.compile(
    r'"(?:BC|GM|BB|TB)"|Kind\.(?:CONCLUSION|INVITATION|MINUTES)\b|isinstance\(content|(?:\.|\b)kind\s*[!=]=\s*Kind'
    r"|kind_code\s*[!=]=|if (?:not )?(?:draft|document|held)\.meeting\b(?! %)"
)

#: Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I: kinds of documents and their abbreviations.
DECREE = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}
#: What it names, but abbreviates by nothing: its number shows no kind.
WITHOUT_KIND = {"CV": "Công văn"}

#: What only this kind prints; nothing of the others.
MARKS = {
    "GM": "trân trọng kính mời",
    "BB": '<p class="capacity">Thư ký</p>',
    "TB": '<span class="kind">Thông báo</span>',
}


def test_every_kind_is_entered_and_no_other():
    assert set(KINDS) == set(Kind)


def test_kinds_of_one_name_are_those_that_are_numbered_together():
    names = {(kind.abbreviation, entry.name) for kind, entry in KINDS.items()}
    assert len(names) == len({name for _abbreviation, name in names}) == len({kind.abbreviation for kind in KINDS})
    shared = {kind.value: kind.abbreviation for kind in KINDS if kind.abbreviation != kind.value}
    assert shared == {"BCK": "BC", "TBK": "TB", "BBK": "BB"}


def test_kinds_are_named_and_abbreviated_as_the_decree_has_it():
    named = DECREE | WITHOUT_KIND
    assert {kind: entry.name for kind, entry in KINDS.items()} == {kind: named[kind.abbreviation] for kind in KINDS}


def test_a_kind_that_is_not_entered_is_not_taken_for_a_report():
    with pytest.raises(ValueError, match="XX"):
        kind_of(DocumentDraft(kind="XX"))


def test_a_kind_that_lost_its_entry_is_not_taken_for_a_report(monkeypatch):
    monkeypatch.delitem(KINDS, Kind.MINUTES)
    with pytest.raises(KeyError):
        content.compose_content(DocumentDraft(kind="BB"))


@pytest.fixture
def paper(cluster, unit, secretariat):
    return meeting_paper(planned_meeting(unit, secretariat))


@pytest.mark.parametrize("kind", PAPER_KINDS.values(), ids=lambda kind: kind.code)
def test_a_paper_is_written_on_the_form_of_its_kind(kind, paper):
    html = issuable(kind, paper).html()
    assert {code for code, mark in MARKS.items() if mark in html} == {kind.code}


@pytest.mark.parametrize("kind", PAPER_KINDS.values(), ids=lambda kind: kind.code)
def test_a_paper_has_its_code_name_and_subject_in_its_head(kind, paper):
    head = issuable(kind, paper).head
    assert (head.kind, head.kind_code, head.subject) == (kind.name, kind.code, kind.usual_subject(paper))


def test_papers_are_signed_by_those_who_answer_for_them(paper):
    cluster = (paper.letterhead.signer_capacity, paper.letterhead.signer_name)
    signers = {code: issuable(kind, paper).signer for code, kind in PAPER_KINDS.items()}
    assert signers == {"GM": cluster, "BB": ("CHỦ TỌA", paper.chair_name), "TB": cluster}


def test_papers_say_what_they_wait_for(paper):
    assert {code for code, kind in PAPER_KINDS.items() if kind.is_issued_before} == {"GM"}
    assert {code for code, kind in PAPER_KINDS.items() if kind.lack(paper)} == {"TB"}
    assert {code for code, kind in PAPER_KINDS.items() if kind.blanks(paper)} == {"BB"}


def test_only_the_text_of_minutes_and_notice_is_a_word_file(paper):
    assert {code for code, kind in PAPER_KINDS.items() if kind.write} == {"BB", "TB"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_document_tells_of_is_held_while_it_is_issued(kind, cluster, unit, secretariat):
    if KINDS[kind].is_on_figures:
        accepted_report(unit, "2022-H1", {THEFT: 9})
        draft = prepared_draft()
    elif KINDS[kind].is_own_words:
        draft = actions.prepare_free_text(kind=kind, subject="Việc thử", by=None, now=NOW)
    else:
        draft = actions.prepare_paper(meeting=planned_meeting(unit, secretariat), kind=kind, by=None, now=NOW)

    held = KINDS[kind].held(draft)

    assert list(held)
    assert held.query.select_for_update


def test_only_documents_on_figures_lock_reports():
    own_words = {kind for kind, entry in KINDS.items() if entry.is_own_words}
    assert own_words == {entry.code for entry in FREE_TEXTS}
    on_figures = {kind for kind, entry in KINDS.items() if entry.is_on_figures}
    assert on_figures == set(KINDS) - set(PAPERS) - own_words == {Kind.REPORT}


def test_nobody_outside_the_registry_asks_which_kind_it_is():
    asking = {
        f"{path.relative_to(HOUSE)}: {found[0]}"
        for folder in ("meetings", "reports")
        for path in (HOUSE / folder).rglob("*.py")
        if "migrations" not in path.parts and str(path.relative_to(HOUSE)) not in ENTERED_IN
        for found in ASKS_WHICH.finditer(path.read_text())
    }
    assert asking == set()
