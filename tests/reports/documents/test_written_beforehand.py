"""Documents of own words that begin written: a handover's minutes, a meeting's report; numbers that kinds share."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from meetings.models import Task
from members.actions import begin_letterhead
from members.actions.handing_over import begin_handover, choose_who_leaves
from members.models import Cluster, LeadTerm, Unit
from reports.documents import actions, content
from reports.documents.free_text import free_document, split_annexes
from reports.documents.handover_minutes import handover_text
from reports.documents.kinds import kind_of
from reports.meeting_papers.summary import meeting_summary
from reports.models import DocumentDraft, IssuedDocument, Kind, NumberSeries
from tests.support.documents import issue, issued_report, own_words, sign_off
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import held_meeting, planned_meeting, text_of
from tests.support.reporting import THEFT, accepted_report, close_early

pytestmark = pytest.mark.django_db

ON = dt.date(2023, 1, 1)
TEXT = {
    "body": "Nội dung\nPhụ lục I\nDanh mục\nI. Đợt báo cáo\n1. Việc một;\n2. Việc hai;\nPHỤ LỤC 2\nSố liệu\nMột dòng",
    "counterpart": "ĐẠI DIỆN BÊN NHẬN\n\nTrần Văn Sau\n",
}


def written(kind="BBK", text=TEXT):
    values = {"kind": Kind(kind), "subject": "Bàn giao", "text": text}
    return actions.prepare_free_text(**values, by=None, now=NOW)


@pytest.mark.parametrize(
    ("text", "body", "annexes"),
    [
        ("Không có", "Không có", []),
        ("Một\nPhụ lục\nDanh mục\nA", "Một", [("", "Danh mục", ["A./."])]),
        ("Một\nphụ lục ii\nX\nA\nB", "Một", [("II", "X", ["A", "B./."])]),
        ("Một\nPhụ lục kèm theo nêu rõ", "Một\nPhụ lục kèm theo nêu rõ", []),
        ("Một\nPhụ lục\n\n", "Một", []),
        ("Một\nPhụ lục\nChỉ có tên", "Một", [("", "Chỉ có tên", [])]),
    ],
)
def test_a_line_phu_luc_begins_an_annex_with_its_title_below(text, body, annexes):
    found = split_annexes(text)
    assert (found[0], [(a.number, a.subject, [line.text for line in a.paragraphs]) for a in found[1]]) == (
        body,
        annexes,
    )


def test_both_parties_sign_and_no_place_and_date_is_printed(cluster):
    shown = content.compose_content(written())
    html = shown.html()

    assert "ĐẠI DIỆN BÊN NHẬN" in html
    assert "Trần Văn Sau" in html
    assert shown.head.place_and_date not in html
    assert [part.code for part in kind_of(written()).parts(shown)][-3:] == ["counterpart", "annex-1", "annex-2"]


def test_without_another_party_the_cluster_signs_alone(cluster):
    html = content.compose_content(written(text={"body": "Một"})).html()

    assert "minutes-signatures" not in html
    assert "CỤM TRƯỞNG" in html


@pytest.mark.slow
def test_pdf_and_word_file_have_annexes_and_both_signatures(cluster):
    cluster.signer_post = "Chủ tịch UBND xã"
    cluster.save(update_fields=["signer_post"])
    files = content.write_files(content.compose_content(written()))

    pdf, document = text_of(files["pdf"]), Document(io.BytesIO(files["docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    word = " ".join(" ".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]).split())
    for told in ("Phụ lục I", "Danh mục", "(Kèm theo Biên bản số", "Việc hai./.", "Phụ lục 2", "Trần Văn Sau"):
        assert told.casefold() in pdf.casefold()
        assert told.casefold() in word.casefold()
    assert "Chủ tịch UBND xã" in word


def test_what_is_signed_off_holds_annex_and_counterpart():
    head = content.compose_content(own_words()).head
    texts = (TEXT, {**TEXT, "counterpart": "Khác"}, {**TEXT, "body": TEXT["body"] + " nữa"}, {"body": "Nội dung"})

    told = [free_document(text, code="BBK", head=head).facts for text in texts]

    assert all(one != other for place, one in enumerate(told) for other in told[:place])
    assert set(told[-1]) == {"subject", "addressees", "paragraphs"}


def test_reports_of_both_kinds_are_numbered_together(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 9})
    for period in ("2022-H1", "2021-H1"):
        close_early(period)
    issued_report("2022-H1")

    document = issue(sign_off(written("BCK", {"body": "Nội dung"})))

    assert (document.notation, document.kind) == ("02/BC-CĐBAT", "BCK")
    assert NumberSeries.objects.get().last == 2
    assert IssuedDocument.objects.summary_reports_on("2022-H1").count() == 1
    twin = IssuedDocument(**{f.attname: getattr(document, f.attname) for f in document._meta.fields if f.name != "id"})
    twin.number, twin.code, twin.corrects = 1, "khac", None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_series_is_named_after_one_kind(as_user, secretariat):
    kinds = [kind for _label, kind, _last in as_user(secretariat).get("/documents/numbers/").context["rows"]]
    assert set(kinds) == {kind.value for kind in Kind} - {"BCK", "TBK", "BBK"}


@pytest.fixture
def handover(cluster, unit, other_unit, secretariat, chair):
    LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=dt.date(2022, 1, 1))
    Unit.objects.filter(pk=other_unit.pk).update(leader="Trần Văn Sau", leader_title="Chủ tịch UBND xã")
    handover = begin_handover(on=ON, lead=Unit.objects.get(pk=other_unit.pk), deputy=unit, by=secretariat, now=NOW)
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)
    return handover


def test_the_minutes_of_a_handover_name_the_parties_and_what_is_open(handover, unit, other_unit, chair, secretariat):
    meeting = held_meeting(unit, secretariat)
    Task.objects.create(meeting=meeting, text="Rà soát camera.", due_on=dt.date(2022, 9, 1))
    accepted_report(unit, "2022-H1", {THEFT: 9})
    own_words()
    NumberSeries.objects.create(kind="BC", year=2022, last=3)

    text = handover_text(handover, today=NOW.date())

    for told in (
        f"Bên giao: {unit}.",
        f"Bên nhận: {other_unit}.",
        "Đại diện: Đồng chí Trần Văn Sau, Chủ tịch UBND xã.",
        f"1. Từ ngày 01 tháng 01 năm 2023, {other_unit} đảm nhận nhiệm vụ đơn vị cụm trưởng; {unit} đảm nhận",
        f"1. {chair.full_name}, chủ trì: ngừng sử dụng từ ngày 01/01/2023;",
        "1. Rà soát camera (Các đơn vị thành viên, thời hạn 01/09/2022);",
        "đã họp, chưa khóa hồ sơ;",
        "1. Kế hoạch Việc thử: đang soạn;",
        "1. Báo cáo: số cuối là 03 năm 2022;",
        "6 tháng đầu năm 2022: đã tiếp nhận 1/",
    ):
        assert told in text["body"]
    assert text["counterpart"] == "ĐẠI DIỆN BÊN NHẬN\nTrần Văn Sau"


def test_where_nothing_is_open_the_minutes_have_no_annex(cluster, unit):
    handover = begin_handover(on=ON, lead=unit, deputy=None, by=None, now=NOW)

    text = handover_text(handover, today=NOW.date())

    assert "Phụ lục" not in text["body"]
    assert "Không có công việc, hồ sơ dở dang." in text["body"]
    assert "Bên giao: ……………………." in text["body"]


def test_the_minutes_are_begun_once_and_gone_on_with(as_user, secretariat, handover):
    client = as_user(secretariat)
    page = client.get(handover.get_absolute_url()).text
    address = f"/documents/handover/{handover.pk}/minutes/"
    assert address in page

    addresses = {client.post(address).url for _ in range(2)}

    draft = DocumentDraft.objects.get()
    assert (addresses, draft.kind) == ({f"/documents/drafts/{draft.pk}/words/"}, "BBK")
    form = client.get(addresses.pop())
    assert "Trần Văn Sau" in form.text
    sent = {"body": "Đã sửa", "counterpart": "ĐẠI DIỆN\nNgười Khác", "revision": draft.revision}
    client.post(f"/documents/drafts/{draft.pk}/words/", sent)
    draft.refresh_from_db()
    typed = {"body": "Đã sửa", "counterpart": "ĐẠI DIỆN\nNgười Khác"}
    assert draft.text == {**typed, "head_until": "2022-12-31"}


def test_the_minutes_of_another_handover_are_others(as_user, secretariat, handover, unit):
    later = begin_handover(on=dt.date(2024, 1, 1), lead=unit, deputy=UnitFactory(), by=secretariat, now=NOW)
    client = as_user(secretariat)

    addresses = {client.post(f"/documents/handover/{each.pk}/minutes/").url for each in (handover, later)}

    assert len(addresses) == 2


@pytest.mark.parametrize("date", [None, dt.date(2022, 11, 1), ON, dt.date(2023, 2, 1)])
def test_who_gives_the_lead_away_signs_the_minutes_whenever_they_are_issued(handover, secretariat, date):
    Cluster.objects.update(signer_name="Người Giao")
    head = {"issuer_line": "CỤM MỚI", "place": "Sóc Sơn", "signer_name": "Trần Văn Sau", "starts_on": ON}
    begin_letterhead(values=head, by=secretariat, now=NOW)

    draft = written(text=handover_text(handover, today=ON))

    shown = content.compose_content(draft, date=date)
    assert (shown.head.letterhead.signer_name, shown.counterpart[-1]) == ("Người Giao", "Trần Văn Sau")
    assert content.compose_content(own_words(), date=ON).head.letterhead.signer_name == "Trần Văn Sau"


def test_what_was_typed_on_several_lines_is_one_line_of_the_annex(handover, unit, secretariat):
    Task.objects.create(meeting=None, text="Rà soát\nPhụ lục\nI. Khác")

    text = handover_text(handover, today=NOW.date())

    assert "1. Rà soát Phụ lục I. Khác (Các đơn vị thành viên);" in text["body"]
    assert [annex.subject for annex in split_annexes(text["body"])[1]] == ["Công việc, hồ sơ bàn giao"]


def test_the_report_on_a_meeting_begins_with_its_record(as_user, secretariat, cluster, unit):
    meeting = held_meeting(unit, secretariat, results="Giữ vững địa bàn.")
    Task.objects.create(meeting=meeting, text="Rà soát camera.")
    client = as_user(secretariat)
    address = f"/meetings/{meeting.pk}/documents/report/begin/"
    assert address in client.get(f"/meetings/{meeting.pk}/documents/").text

    client.post(address)

    draft = DocumentDraft.objects.get()
    assert (draft.kind, draft.subject) == ("BCK", f"Kết quả {meeting.title}")
    for told in ("Giữ vững địa bàn.", "Rà soát camera", "Phụ lục I", str(unit)):
        assert told in draft.text["body"]
    assert content.compose_content(draft).annexes[0].subject == meeting_summary(meeting).attendance_heading


def test_a_meeting_still_to_come_has_no_report(as_user, secretariat, cluster, unit):
    meeting = planned_meeting(unit, secretariat)
    as_user(secretariat).post(f"/meetings/{meeting.pk}/documents/report/begin/")
    assert not DocumentDraft.objects.exists()
