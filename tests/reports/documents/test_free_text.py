"""Plans, regulations, submissions, programmes, guidance and letters: the same life as a report."""

import datetime as dt
import io
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from meetings.papers.paragraphs import Paragraph, ranked
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.documents import actions, content
from reports.documents.free_text import paragraphs_of
from reports.documents.kinds import FREE_TEXTS, kind_of
from reports.documents.standing import check_standing
from reports.models import DocumentDraft, IssuedDocument, Kind, NumberSeries
from tests.support.documents import issue, sign_off, submitted
from tests.support.factories import NOW
from tests.support.measuring import pages_of
from tests.support.meetings import planned_meeting, text_of
from tests.support.refusing import refusal

pytestmark = pytest.mark.django_db

BODY = "Căn cứ quy chế phối hợp\nI. Mục đích\n1. Yêu cầu\nGiữ vững an ninh;\nTổ chức thực hiện"


def begun(kind="KH", *, body=BODY, addressees="", by=None, subject="Bảo đảm an ninh dịp lễ"):
    draft = actions.prepare_free_text(kind=Kind(kind), subject=subject, by=by, now=NOW)
    actions.write_free_text(draft=draft, text={"body": body}, addressees=addressees, revision=1, by=by, now=NOW)
    return DocumentDraft.objects.get(pk=draft.pk)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", ()),
        ("Một dòng", (Paragraph("Một dòng./."),)),
        ("Đã hết./.", (Paragraph("Đã hết./."),)),
        (
            "I. Phần\n\n1. Mục\nNội dung.",
            (Paragraph("I. Phần", "part"), Paragraph("1. Mục", "section"), Paragraph("Nội dung./.")),
        ),
        (
            "1. Tổ chức họp.\nIV Không là mục\nHết;",
            (Paragraph("1. Tổ chức họp."), Paragraph("IV Không là mục"), Paragraph("Hết./.")),
        ),
        (f"1. {'dài ' * 60}\nHết", (Paragraph(f"1. {'dài ' * 60}".strip()), Paragraph("Hết./."))),
        ("Mở đầu\nI. Cuối", (Paragraph("Mở đầu"), Paragraph("I. Cuối./."))),
        (
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Quy chế có hiệu lực.\nMục 2: Phối hợp\nĐiều 3. Hết",
            (
                Paragraph("Chương I. QUY ĐỊNH CHUNG", "chapter"),
                Paragraph("Điều 1. Phạm vi", "article"),
                Paragraph("Điều 2. Quy chế có hiệu lực.", strong="Điều 2."),
                Paragraph("Mục 2. Phối hợp", "division"),
                Paragraph("Điều 3. Hết./.", strong="Điều 3."),
            ),
        ),
        (
            "CHƯƠNG II. THỰC HIỆN\nPhần I\nPHẦN II\nHết\nMục tiêu 5 năm",
            (
                Paragraph("Chương II. THỰC HIỆN", "chapter"),
                Paragraph("Phần I", "chapter"),
                Paragraph("Phần II", "chapter"),
                Paragraph("Hết"),
                Paragraph("Mục tiêu 5 năm./."),
            ),
        ),
    ],
)
def test_lines_are_paragraphs_and_headings(text, paragraphs):
    assert paragraphs_of(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("I. A\n1. B\nII. C\n1. D\nHết", [1, 2, 1, 2, 0]),
        ("1. A\n2. B\nI. C\n3. D\nHết", [1, 1, 1, 1, 0]),
        ("Chương I. A\nĐiều 1. B\n1. C\nChương II. D\n1. E\nHết", [1, 2, 3, 1, 2, 0]),
        ("Điều 1. A\n1. B\nHết", [1, 2, 0]),
        ("Chương I. A\nMục 1. B\nĐiều 1. C\n1. D\nHết", [1, 2, 3, 4, 0]),
    ],
)
def test_no_rank_of_headings_is_left_out_in_pdf_and_word(cluster, text, ranks):
    assert [paragraph.rank for paragraph in ranked(paragraphs_of(text))] == ranks
    composed = content.compose_content(begun("QC", body=text))
    found = re.findall(r"<h([2-6])", composed.html())
    assert [int(rank) - 1 for rank in found] == [rank for rank in ranks if rank]
    document = Document(io.BytesIO(composed.docx()))
    outline = [outline_level(paragraph) for paragraph in document.paragraphs]
    assert [level + 1 for level in outline if level is not None] == [rank for rank in ranks if rank]


def outline_level(paragraph):
    """As Word's navigation has it: what the paragraph says of itself, or its style."""
    marks = [*paragraph._p.iter(qn("w:outlineLvl")), *paragraph.style.element.iter(qn("w:outlineLvl"))]
    return int(marks[0].get(qn("w:val"))) if marks else None


def test_a_regulation_looks_as_the_decree_says(cluster):
    composed = content.compose_content(begun("QC", body="Chương I. Quy định chung\nĐiều 1. Phạm vi\n1. Khoản.\nHết"))
    (page,) = pages_of(content.preview(composed))
    name, title, article = (page.line(text) for text in ("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi"))
    assert name.baseline < title.baseline < article.baseline
    assert [line.middle for line in (name, title)] == [pytest.approx(112.5, abs=0.5)] * 2
    assert round(article.left) == 40
    assert all(line.style == (True, False) for line in (name, title, article))


@pytest.mark.parametrize("kind", [entry.code for entry in FREE_TEXTS])
def test_each_kind_is_written_approved_and_issued_with_a_number_of_its_own_series(cluster, kind):
    draft = begun(kind, addressees="UBND huyện")

    document = issue(sign_off(draft))

    series = Kind(kind).abbreviation
    notation = "01/CĐBAT" if kind == "CV" else f"01/{series}-CĐBAT"
    assert (document.notation, document.period, document.meeting, document.summary) == (notation, None, None, None)
    assert NumberSeries.objects.get().kind == series
    assert not check_standing(document).is_outdated
    assert IssuedDocument.objects.matching("bao dam an ninh").get() == document


@pytest.mark.parametrize(("kind", "heading"), [("TTr", "TỜ TRÌNH"), ("CV", "V/v bảo đảm an ninh dịp lễ")])
def test_its_files_say_what_was_written(cluster, kind, heading):
    draft = begun(kind, addressees="UBND huyện Sóc Sơn\nCông an huyện")
    written = content.write_files(content.compose_content(draft))

    pdf = text_of(written["pdf"])
    document = Document(io.BytesIO(written["docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    word = " ".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    for told in (heading, "Kính gửi:", "Công an huyện.", "Giữ vững an ninh;", "Tổ chức thực hiện./."):
        assert told.casefold() in pdf.casefold()
        assert told.casefold() in word.casefold()
    assert "- Như trên;" in pdf
    assert "CÔNG VĂN" not in pdf.upper()
    assert set(written) == {"pdf", "pdfa", "docx"}


@pytest.mark.parametrize(
    ("subject", "about"),
    [("Bảo đảm an ninh", "V/v bảo đảm an ninh"), ("UBND huyện họp", "V/v UBND huyện họp"), ("ANTT", "V/v ANTT")],
)
def test_what_a_letter_is_about_begins_small_but_for_what_is_all_capitals(cluster, subject, about):
    assert content.compose_content(begun("CV", subject=subject)).head.about == about


def test_a_plan_goes_to_nobody_by_name(cluster):
    shown = content.compose_content(begun())

    assert (shown.addressee_lines, "- Như trên;" in shown.head.letterhead.recipient_lines) == ((), False)
    assert shown.signer == ("CỤM TRƯỞNG", "")
    assert content.preview(shown)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("kind", "lacking"), [("KH", {"body": ""}), ("TTr", {"addressees": ""}), ("CV", {"addressees": ""})]
)
def test_what_is_not_written_yet_is_not_put_before_anybody(cluster, kind, lacking):
    draft = begun(kind, **{"addressees": "UBND huyện", **lacking})

    with pytest.raises(Refused):
        submitted(draft)


def test_whoever_wrote_it_does_not_approve_it(cluster, chair):
    with pytest.raises(Refused):
        submitted(begun(by=chair), to=chair)


def test_what_was_signed_off_is_signed_off_again_once_it_changed(cluster):
    draft = sign_off(begun())
    actions.write_free_text(
        draft=draft, text={"body": "Khác"}, addressees="", revision=draft.revision, by=None, now=NOW
    )

    draft.refresh_from_db()
    assert not draft.is_signed_off
    signed = sign_off(draft)
    DocumentDraft.objects.filter(pk=signed.pk).update(text={"body": "Lén sửa"})
    assert content.sign_off_fault(content.compose_content(DocumentDraft.objects.get()), DocumentDraft.objects.get())


def test_a_correction_takes_the_text_and_addressees_over(cluster):
    document = issue(sign_off(begun("TTr", addressees="UBND huyện")))

    correction = actions.begin_correction(document=document, by=None, now=NOW)

    assert (correction.text, correction.addressees) == ({"body": BODY}, "UBND huyện")
    parts = kind_of(correction).parts(content.compose_content(correction))
    assert [part.code for part in parts] == ["subject", "opening", "beginning", "Mục đích", "Yêu cầu"]
    replaced = "Tờ trình này thay thế Tờ trình số 01/TTr-CĐBAT ngày 04 tháng 7 năm 2022."
    assert parts[1].lines == ("Kính gửi: UBND huyện", replaced)
    assert "thay thế" in content.compose_content(correction).html()
    assert issue(sign_off(correction)).notation == "02/TTr-CĐBAT"


def test_what_is_said_of_each_of_two_parts_of_one_name_is_kept(as_user, chair, cluster):
    body = "I. Phần một\n1. Yêu cầu\nGiữ an ninh.\nII. Phần hai\n1. Yêu cầu\nBáo cáo.\n2. Yêu cầu\nHết"
    draft = submitted(begun(body=body), to=chair)
    client, page = as_user(chair), reverse("reports:draft-read", args=[draft.pk])
    boxes = [box.field.html_name for box in client.get(page).context["form"].boxes]

    said = {"on:Yêu cầu": "Nêu rõ đơn vị.", "on:Yêu cầu (2)": "", "on:Yêu cầu (3)": "Nêu hạn."}
    client.post(reverse("reports:draft-return", args=[draft.pk]), {**said, "revision": draft.revision})

    assert boxes == ["on:subject", "on:Phần một", "on:Yêu cầu", "on:Phần hai", "on:Yêu cầu (2)", "on:Yêu cầu (3)"]
    comments = draft.requests.get().comments
    assert [(each["heading"], each["text"]) for each in comments] == [
        ("1. Yêu cầu", "Nêu rõ đơn vị."),
        ("2. Yêu cầu", "Nêu hạn."),
    ]


def test_two_plans_are_two_documents(cluster):
    first, second = issue(sign_off(begun())), issue(sign_off(begun(subject="Khác")))

    assert [first.notation, second.notation] == ["01/KH-CĐBAT", "02/KH-CĐBAT"]


def test_a_document_that_is_begun_twice_is_one_until_it_is_written(cluster, secretariat):
    values = {"kind": Kind.PLAN, "subject": "Tuần tra", "by": secretariat, "now": NOW}
    first, second = (actions.prepare_free_text(**values) for _time in range(2))
    assert first == second
    actions.write_free_text(draft=first, text={"body": "Một."}, addressees="", revision=1, by=secretariat, now=NOW)
    assert actions.prepare_free_text(**values) != first


def test_the_database_keeps_meetings_and_free_text_apart(unit, cluster):
    meeting = planned_meeting(unit, by=None)
    astray = ({"kind": "KH", "meeting": meeting}, {"kind": "GM"}, {"kind": "BC"}, {"kind": "KH", "period": "2022-H1"})
    for values in astray:
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentDraft.objects.create(subject="x", created_at=NOW, **values)


# the pages


def test_a_document_is_begun_and_written_on_its_pages(as_user, secretariat, cluster):
    client = as_user(secretariat)
    assert reverse("reports:free-begin") in client.get(reverse("reports:document-list")).text
    written = client.post(reverse("reports:free-begin"), {"kind": "TTr", "subject": "Bổ sung kinh phí"}).url

    assert "Kính gửi" in client.get(written).text
    done = client.post(written, {"body": BODY, "addressees": "UBND huyện", "revision": 1})

    draft = DocumentDraft.objects.get()
    assert (draft.text, draft.addressees, draft.created_by) == ({"body": BODY}, "UBND huyện", secretariat)
    page = client.get(done.url).text
    assert written in page
    assert "Bổ sung kinh phí" in page
    assert "Tổ chức thực hiện./." in client.get(reverse("reports:draft-read", args=[draft.pk])).text


@pytest.mark.parametrize("kind", [entry.code for entry in FREE_TEXTS])
def test_it_is_read_with_everybody_it_will_print_it_goes_to(as_user, chair, cluster, kind):
    cluster.recipients = "UBND huyện;\nCác đơn vị"
    cluster.save(update_fields=["recipients"])
    draft = begun(kind, addressees="Công an huyện")
    shown = content.compose_content(draft)

    page = as_user(chair).get(reverse("reports:draft-read", args=[draft.pk])).text

    told = (*shown.addressee_lines, *shown.head.letterhead.recipient_lines)
    assert "- Các đơn vị;" in told
    assert [line for line in told if line not in page] == []


def test_a_plan_is_not_asked_to_whom_it_goes(as_user, secretariat, cluster):
    draft = begun(addressees="giữ nguyên", by=secretariat)
    client, url = as_user(secretariat), reverse("reports:free-write", args=[draft.pk])

    assert "Kính gửi" not in client.get(url).text.split("<form")[-1]
    client.post(url, {"body": "Mới", "revision": draft.revision})

    draft.refresh_from_db()
    assert (draft.text, draft.addressees) == ({"body": "Mới"}, "giữ nguyên")


def test_a_faulty_document_is_not_begun(as_user, secretariat):
    response = as_user(secretariat).post(reverse("reports:free-begin"), {"kind": "BC", "subject": "x"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kind"])


def test_numbers_that_tell_of_a_person_are_asked_about(as_user, secretariat, cluster):
    draft = begun(by=secretariat)
    url = reverse("reports:free-write", args=[draft.pk])

    response = as_user(secretariat).post(url, {"body": "CCCD 001099012345", "revision": draft.revision})

    assert response.status_code == 422
    assert "001099012345" in response.text
    assert DocumentDraft.objects.get().text == {"body": BODY}


def test_the_second_of_two_editors_overwrites_nothing(as_user, secretariat, cluster):
    draft = begun(by=secretariat)
    url = reverse("reports:free-write", args=[draft.pk])

    response = as_user(secretariat).post(url, {"body": "Của tôi", "revision": draft.revision - 1})

    assert "Của tôi" in response.text
    assert DocumentDraft.objects.get().text == {"body": BODY}
    with pytest.raises(StaleEdit):
        actions.write_free_text(draft=draft, text={"body": "x"}, addressees="", revision=1, by=secretariat, now=NOW)


def test_an_issued_document_is_written_no_more(as_user, secretariat, cluster):
    document = issue(sign_off(begun()))
    draft = DocumentDraft.objects.get()
    client, url = as_user(secretariat), reverse("reports:free-write", args=[draft.pk])

    assert client.get(url).url == document.get_absolute_url()
    assert "đã ban hành" in refusal(client.post(url, {"body": "x", "revision": draft.revision}))
    assert client.get(document.get_absolute_url()).status_code == 200


def test_what_waits_for_its_approver_says_so(as_user, secretariat, cluster):
    waiting = submitted(begun(by=secretariat))
    signed = sign_off(begun(by=secretariat, subject="Khác"))
    client = as_user(secretariat)

    assert "alert-warning" in client.get(reverse("reports:free-write", args=[waiting.pk])).text
    assert "alert-warning" in client.get(reverse("reports:free-write", args=[signed.pk])).text


def test_the_word_file_of_a_correction_says_what_it_replaces(cluster):
    correction = actions.begin_correction(document=issue(sign_off(begun())), by=None, now=NOW)

    file = Document(io.BytesIO(content.compose_content(correction).docx()))

    assert any("thay thế" in paragraph.text for paragraph in file.paragraphs)


def test_it_bears_any_day_of_its_series(cluster):
    draft = sign_off(begun())

    assert issue(draft, on=dt.date(2022, 7, 3)).issued_on == dt.date(2022, 7, 3)
