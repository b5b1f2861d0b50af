"""What an office puts on a document besides (Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2–III.4), each if it wants to."""

import io

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from members.models import Cluster
from reports.documents import actions, content
from reports.models import DocumentDraft
from tests.support.documents import as_typed, issue, prepared_draft, sign_off, submitted
from tests.support.factories import NOW
from tests.support.measuring import pages_of
from tests.support.meetings import planned_meeting
from tests.support.reporting import THEFT, accepted_report, close_early

pytestmark = pytest.mark.django_db
MARKS = {"urgency": "at_once", "circulation": "internal", "drafter": "TH. NVA.15"}
ADDRESS = "Số 1 đường Mẫu, Sóc Sơn; điện thoại: 024 0000 0000; thư điện tử: cum@example.vn"
BODY = "Một dòng\n" * 60


def letter(*, body=BODY, **marks):
    draft = actions.prepare_free_text(kind="CV", subject="Bảo đảm an ninh", by=None, now=NOW)
    actions.write_free_text(draft=draft, text={"body": body}, addressees="Công an huyện", revision=1, by=None, now=NOW)
    draft.refresh_from_db()
    if marks:
        actions.change_subject(draft=draft, subject=draft.subject, revision=draft.revision, by=None, now=NOW, **marks)
    return DocumentDraft.objects.get(pk=draft.pk)


@pytest.fixture
def marked(cluster):
    """A letter of two pages with all there is, as pages and as a Word file."""
    Cluster.objects.update(address_line=ADDRESS)
    written = content.write_files(content.compose_content(letter(**MARKS)))
    return pages_of(written["pdf"]), Document(io.BytesIO(written["docx"]))


def test_the_marks_stand_below_the_number_in_a_frame(marked):
    (first, *_rest), document = marked
    number, urgent, limited = (first.line(text) for text in ("Số:", "HỎA TỐC", "LƯU HÀNH NỘI BỘ"))
    assert number.baseline < urgent.baseline < limited.baseline
    for mark in (urgent, limited):
        assert (mark.is_bold, mark.is_italic, 13 <= mark.size <= 14, mark.right < 105) == (True, False, True, True)
    assert (urgent.is_black, limited.is_black) == (False, True)
    framed = [run for run in document.element.iter(qn("w:r")) if run.find(f".//{qn('w:bdr')}") is not None]
    assert [run.text.strip() for run in framed] == ["HỎA TỐC", "LƯU HÀNH NỘI BỘ"]


def test_the_drafter_stands_behind_the_archive(marked):
    pages, document = marked
    assert pages[-1].line("- Lưu: VT, TH. NVA.15.").size == 11
    assert "- Lưu: VT, TH. NVA.15." in [cell.text.split("\n")[-1] for cell in document.tables[1].rows[0].cells]


def test_the_address_stands_below_a_rule_as_wide_as_the_text_on_the_first_page(marked):
    (first, *rest), document = marked
    address = first.line("Số 1 đường Mẫu")
    assert 11 <= address.size <= 12
    assert address.baseline <= first.height - 20
    (rule,) = [rule for rule in first.rules if rule.width == pytest.approx(165, abs=0.5)]
    assert address.baseline - 8 < rule.height < address.baseline
    assert max(line.baseline for line in first.words if line is not address) < rule.height
    assert not [line for page in rest for line in page.words if "đường Mẫu" in line.text]
    assert as_typed(document.sections[0].first_page_footer.paragraphs[-1].text) == ADDRESS
    assert "đường Mẫu" not in "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)


def test_an_annex_bears_no_address(cluster, unit, other_unit):
    Cluster.objects.update(address_line=ADDRESS, is_sample=True)
    for period in ("2022-H1", "2021-H1"):
        for each in (unit, other_unit):
            accepted_report(each, period, {THEFT: {"cases": 3, "persons": 2}})
        close_early(period)
    written = content.write_files(content.compose_content(prepared_draft()))
    feet = [
        as_typed("".join(paragraph.text for paragraph in section.first_page_footer.paragraphs))
        for section in Document(io.BytesIO(written["docx"])).sections
    ]
    assert (feet[0], set(feet[1:])) == (f"{ADDRESS}Dữ liệu mẫu", {"Dữ liệu mẫu"})
    told = [[line.text for line in page.words if "đường Mẫu" in line.text] for page in pages_of(written["pdf"])]
    assert [len(found) for found in told] == [1] + [0] * (len(told) - 1)


def test_without_marks_nothing_of_them_is_printed(cluster):
    page = pages_of(content.preview(content.compose_content(letter(body="Một dòng"))))[0]
    assert page.line("- Lưu:").text == "- Lưu: VT."
    assert all(line.is_black for line in page.words)
    assert not [rule for rule in page.rules if rule.width > 100]


def test_other_marks_must_be_signed_off_anew(cluster, secretariat):
    signed = sign_off(letter())
    actions.change_subject(
        draft=signed, subject=signed.subject, revision=signed.revision, by=secretariat, now=NOW, urgency="urgent"
    )
    signed.refresh_from_db()
    assert (signed.status, signed.get_urgency_display()) == ("draft", "KHẨN")


def test_a_correction_goes_out_with_the_same_marks(cluster):
    begun = actions.begin_correction(document=issue(sign_off(letter(**MARKS))), by=None, now=NOW)
    assert {name: getattr(begun, name) for name in MARKS} == MARKS


def test_minutes_are_kept_beside_the_record_with_the_drafters_sign(cluster, unit, secretariat):
    draft = actions.prepare_paper(meeting=planned_meeting(unit, secretariat), kind="BB", by=None, now=NOW)
    draft.drafter = "NVA"
    composed = content.compose_content(draft)
    assert composed.recipient_lines == ("- Lưu: VT, hồ sơ hội nghị, NVA.",)
    assert composed.signature_lines == ("THƯ KÝ", "CHỦ TỌA", "Người Chủ Trì")


def test_who_approves_reads_marks_and_all_posts(as_user, chair, cluster):
    Cluster.objects.update(
        signer_authority="KT.", signer_title="CỤM PHÓ", signer_post="CHỈ HUY TRƯỞNG", signer_name="Nguyễn Văn Ký"
    )
    draft = submitted(letter(**MARKS), to=chair)
    page = as_user(chair).get(reverse("reports:draft-read", args=[draft.pk])).content.decode()
    for told in ("HỎA TỐC", "LƯU HÀNH NỘI BỘ", "KT. CỤM TRƯỞNG", "CỤM PHÓ", "CHỈ HUY TRƯỞNG", "TH. NVA.15"):
        assert told in page
    assert page.index("KT. CỤM TRƯỞNG") < page.index("CHỈ HUY TRƯỞNG") < page.index("Nguyễn Văn Ký")


def test_the_marks_are_set_on_the_page_of_the_draft(as_user, secretariat, cluster):
    draft = letter()
    sent = {"subject": "Bảo đảm an ninh", "revision": draft.revision, **MARKS}
    response = as_user(secretariat).post(reverse("reports:draft-edit", args=[draft.pk]), sent)
    assert response.status_code == 302
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in MARKS} == MARKS
