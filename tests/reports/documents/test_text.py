"""The text an office edits: printed in every file, followed by its figures, checked before it is signed off."""

import io
import json

import openpyxl
import pytest
from docx import Document

from cluster_portal.periods import Period
from members.infrastructure.audit import AuditEntry
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.comparison.summarise import summarise
from reports.documents import actions
from reports.documents.content import compose_content, write_files
from reports.files.summary_report import Wording, build_report
from reports.models import DocumentDraft, IssuedDocument
from reports.prose import narrative
from reports.prose.checked_text import checked, outdated
from reports.prose.outline import USUAL
from tests.reports.files.test_equality import squeezed
from tests.reports.files.test_office_files import LETTERHEAD
from tests.support.documents import as_typed, issue, prepared_draft, sign_off, signed_off_draft
from tests.support.factories import NOW
from tests.support.reporting import PATROLS, THEFT, accepted_report

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)
BOUND = "Trộm cắp [[category.trom-cap-tai-san.cases.difference]] so với cùng kỳ."
STRAY = "Toàn cụm xảy ra 09 vụ, riêng tháng 5 xảy ra 77 vụ."


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9}, {PATROLS: 30})
    accepted_report(unit, "2021-H1", {THEFT: 4}, {PATROLS: 20})


@pytest.fixture
def edited(reported, secretariat):
    """A draft whose general passage is put differently, with an assessment of the office's own."""
    text = {"general": f"Viết lại.\n{BOUND}", "assessment": "Tình hình ổn định."}
    return edit(prepared_draft(), text, by=secretariat)


def edit(draft, text, *, by):
    actions.edit_text(draft=draft, text=text, revision=draft.revision, by=by, now=NOW)
    return draft


def summary():
    return summarise(current=H1)


def told(report):
    return {passage.code: passage.paragraphs for passage in report.passages}


def test_a_report_nobody_edited_is_the_generated_one(reported):
    assert build_report(summary(), LETTERHEAD).passages == narrative.narrative(summary())


def test_a_report_whose_generated_text_was_kept_as_it_stands_reads_the_same(reported):
    kept = narrative.templates(summary())
    assert build_report(summary(), LETTERHEAD, wording=Wording(kept)).passages == narrative.narrative(summary())


def test_the_draft_shows_the_edited_text_with_the_figures_of_now(edited, unit):
    assert told(compose_content(edited))["general"] == (
        "Viết lại.",
        "Trộm cắp tăng 05 vụ (125,00%) so với cùng kỳ.",
    )
    accepted_report(unit, "2022-H1", {THEFT: 3})
    assert told(compose_content(edited))["general"][1] == "Trộm cắp giảm 01 vụ (25,00%) so với cùng kỳ."


def test_passages_nobody_edited_are_generated(edited):
    generated = told(build_report(summary(), LETTERHEAD, wording=Wording(outline=USUAL)))
    changed = {code: text for code, text in told(compose_content(edited)).items() if generated.get(code) != text}
    assert set(changed) == {"general", "assessment", "beginning"}
    assert changed["beginning"][0].endswith("xây dựng cụm địa bàn an toàn 6 tháng đầu năm 2022 như sau:")


def test_an_assessment_stands_before_the_coverage(edited):
    assert [part.heading for part in compose_content(edited).parts][-2:] == [
        "Nhận xét, đánh giá",
        "Phạm vi số liệu",
    ]


def test_the_coverage_can_not_be_edited_away(reported):
    report = build_report(summary(), LETTERHEAD, wording=Wording({"coverage": "", "general": ""}))
    assert told(report)["coverage"] == told(build_report(summary(), LETTERHEAD))["coverage"]


def test_an_emptied_passage_leaves_its_tables(reported):
    parts = {
        part.passage.code: part
        for part in build_report(summary(), LETTERHEAD, wording=Wording({"activities": ""})).parts
    }
    assert parts["activities"].paragraphs == ()
    assert [table.table.code for table in parts["activities"].tables] == ["indicators"]


def test_an_emptied_passage_without_tables_is_left_out(cluster, unit):
    accepted_report(unit, "2022-H1", {"tai-nan-giao-thong": 3})
    codes = [part.passage.code for part in build_report(summary(), LETTERHEAD, wording=Wording({"traffic": ""})).parts]
    assert codes == ["general", "groups", "units", "coverage"]


def test_editing_takes_back_the_sign_off(reported, secretariat):
    draft = edit(signed_off_draft(), {"general": "Khác."}, by=secretariat)
    draft.refresh_from_db()
    assert (draft.is_signed_off, draft.signed_off_by, draft.signed_off_fingerprint) == (False, None, "")


def test_saving_the_same_text_leaves_the_sign_off(edited, secretariat):
    draft = edit(sign_off(edited), edited.text, by=secretariat)
    draft.refresh_from_db()
    assert draft.is_signed_off


def test_the_trail_tells_who_edited_but_keeps_no_text(edited, secretariat):
    entry = AuditEntry.objects.get(verb="document.text_edited")
    assert (entry.actor, entry.changes) == (secretariat, {"text": ["…", "…"]})


def test_an_older_text_never_overwrites_a_newer_one(edited, secretariat):
    with pytest.raises(StaleEdit):
        actions.edit_text(draft=edited, text={"general": "Cũ."}, revision=1, by=secretariat, now=NOW)
    assert DocumentDraft.objects.get().text["assessment"] == "Tình hình ổn định."


def test_an_issued_document_can_not_be_edited(reported, secretariat):
    draft = signed_off_draft()
    issue(draft)
    draft.refresh_from_db()
    with pytest.raises(Refused, match="không thể thay đổi"):
        edit(draft, {"general": "Khác."}, by=secretariat)


def test_numbers_that_are_no_figures_are_listed_and_figures_by_reference_are_not(reported):
    (passage,) = checked({"general": f"{STRAY} {BOUND}"}, summary()).passages
    assert [(found.text, found.line) for found in passage.strays] == [("77", 1)]
    assert [piece.text for piece in passage.pieces if piece.is_stray] == ["77"]
    assert "".join(piece.text for piece in passage.pieces) == f"{STRAY} Trộm cắp tăng 05 vụ (125,00%) so với cùng kỳ."


def test_a_number_typed_against_a_figure_is_listed(reported):
    """The 4 is a figure of the year before; before “09 vụ” it makes 409 cases."""
    assert [found.text for found in checked({"general": "Có 4[[total.cases.current]]."}, summary()).strays] == ["4"]


def test_more_numbers_are_listed_once_a_figure_has_changed(reported, unit):
    text = {"general": f"{STRAY} {BOUND}"}
    assert [found.text for found in checked(text, summary()).strays] == ["77"]
    accepted_report(unit, "2022-H1", {THEFT: 12})
    assert [found.text for found in checked(text, summary()).strays] == ["09", "77"]


def test_stray_numbers_stop_the_sign_off_until_they_are_checked(edited, secretariat):
    draft = edit(edited, {"general": STRAY}, by=secretariat)
    with pytest.raises(Refused, match="77"):
        sign_off(draft)
    assert sign_off(draft, numbers_checked=checked(draft.text, summary()).fingerprint).is_signed_off


def test_who_has_checked_some_numbers_has_not_checked_those_of_a_figure_that_changed_since(edited, secretariat, unit):
    draft = edit(edited, {"general": STRAY}, by=secretariat)
    seen = checked(draft.text, summary()).fingerprint
    accepted_report(unit, "2022-H1", {THEFT: 12})
    with pytest.raises(Refused, match="09, 77"):
        sign_off(draft, numbers_checked=seen)


def test_a_reference_without_a_figure_stops_the_sign_off_whatever_is_ticked(edited, secretariat):
    draft = edit(edited, {"general": "Có [[total.deaths.current]]."}, by=secretariat)
    with pytest.raises(Refused, match=r"\[\[total\.deaths\.current\]\]"):
        sign_off(draft, numbers_checked=checked(draft.text, summary()).fingerprint)


def test_what_was_signed_off_is_what_is_issued(edited, secretariat, unit):
    """Neither the text nor a figure changes after the sign-off without stopping the issue."""
    signed = sign_off(edited)
    before = told(compose_content(signed))
    edit(signed, {"general": STRAY}, by=secretariat)
    with pytest.raises(Refused, match="chưa được duyệt"):
        issue(signed)
    edit(signed, {"general": f"Viết lại.\n{BOUND}", "assessment": "Tình hình ổn định."}, by=secretariat)
    signed = sign_off(signed)
    document = issue(signed)
    assert {each["code"]: tuple(each["paragraphs"]) for each in document.summary["narrative"]} == before


def test_figures_that_changed_since_the_sign_off_stop_the_issue_of_an_edited_text(edited, unit):
    signed = sign_off(edited)
    accepted_report(unit, "2022-H1", {THEFT: 12})
    with pytest.raises(Refused, match="đã thay đổi"):
        issue(signed)


@pytest.fixture
def issued(edited):
    return issue(sign_off(edited))


def test_every_file_carries_the_edited_text(edited, pdf_text):
    issued = issue(sign_off(edited), write=write_files)
    paragraphs = [text for each in issued.summary["narrative"] for text in each["paragraphs"]]
    assert "Trộm cắp tăng 05 vụ (125,00%) so với cùng kỳ." in paragraphs
    content = {file.form: bytes(file.content) for file in issued.files.all()}
    word = [as_typed(paragraph.text) for paragraph in Document(io.BytesIO(content["docx"])).paragraphs]
    sheet = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))["Nội dung"]
    printed, kept = (squeezed(pdf_text(content[form])) for form in ("pdf", "pdfa"))
    assert [text for text in paragraphs if text not in word] == []
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == paragraphs
    assert [text for text in paragraphs if squeezed(text) not in printed or squeezed(text) not in kept] == []
    assert json.loads(content["json"])["narrative"] == issued.summary["narrative"]


def test_the_document_keeps_its_text_with_references_and_as_printed(issued):
    kept = IssuedDocument.objects.get()
    assert kept.text == {"general": f"Viết lại.\n{BOUND}", "assessment": "Tình hình ổn định."}
    assert kept.summary["narrative"][1]["paragraphs"][1] == "Trộm cắp tăng 05 vụ (125,00%) so với cùng kỳ."


def test_a_correction_begins_with_the_text_of_what_it_corrects(issued, unit):
    draft = actions.begin_correction(document=issued, by=None, now=NOW)
    accepted_report(unit, "2022-H1", {THEFT: 3})
    assert told(compose_content(draft))["general"] == (
        "Viết lại.",
        "Trộm cắp giảm 01 vụ (25,00%) so với cùng kỳ.",
    )


def test_printed_numbers_are_listed_once_their_figure_has_changed(issued, unit):
    assert outdated(issued.summary["narrative"], summary()).is_sound
    accepted_report(unit, "2021-H1", {THEFT: 6})
    found = outdated(issued.summary["narrative"], summary())
    general = next(passage for passage in found.passages if passage.code == "general")
    assert [number.text for number in general.strays] == ["05", "125,00%"]


def test_a_print_of_a_draft_says_how_often_it_was_worded(edited, secretariat):
    assert compose_content(edited).head.draft_mark == "DỰ THẢO (lần 2)"
    actions.change_subject(draft=edited, subject="Khác", revision=edited.revision, by=secretariat, now=NOW)
    sign_off(edited, numbers_checked=checked(edited.text, summary()).fingerprint)
    assert compose_content(DocumentDraft.objects.get()).head.draft_mark == "DỰ THẢO (lần 3)"
