"""Importing figures on the page: checked, shown, confirmed."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.periods import Period
from reports.comparison.period_states import state_of
from reports.comparison.summarise import summarise
from reports.models import Submission
from reports.prose.narrative import narrative
from tests.support.documents import issued_report
from tests.support.factories import RoundFactory
from tests.support.reporting import accepted_report

HEAD = "unit,period,category,cases\n"


def upload(client, text):
    file = SimpleUploadedFile("figures.csv", (HEAD + text).encode())
    return client.post(reverse("reports:figure-import"), {"file": file}, follow=True)


def test_a_file_is_shown_before_it_is_stored(as_user, secretariat, cluster, unit):
    client = as_user(secretariat)
    page = upload(client, "Thử Một,2021-H1,Ma túy,3\n").content.decode()
    assert "6 tháng đầu năm 2021" in page
    assert not Submission.objects.exists()
    client.post(reverse("reports:figure-import-confirm"))
    assert Submission.objects.get().source == "import"


def test_a_faulty_row_is_named_on_the_page(as_user, secretariat, cluster, unit):
    page = upload(as_user(secretariat), "Thử Một,2021-H1,Ma túy,3\nThử Một,2021-H1,Môi trường,x\n").content.decode()
    assert "Dòng 3, cột “cases”" in page


def test_what_changed_meanwhile_is_checked_again(as_user, secretariat, cluster, unit):
    client = as_user(secretariat)
    upload(client, "Thử Một,2021-H1,Ma túy,3\n")
    unit.short_name = unit.name = "Xã Khác"
    unit.save()
    response = client.post(reverse("reports:figure-import-confirm"), follow=True)
    assert "cột “unit”" in response.content.decode()
    assert not Submission.objects.exists()


def test_it_is_said_why_figures_of_an_issued_document_are_not_replaced(as_user, secretariat, cluster, unit):
    accepted_report(unit, "2022-H1", {"ma-tuy": 1})
    client = as_user(secretariat)
    upload(client, "Thử Một,2022-H1,Ma túy,3\n")
    document = issued_report()
    response = client.post(reverse("reports:figure-import-confirm"), follow=True)
    assert document.notation in response.content.decode()


def test_without_a_file_there_is_nothing_to_preview(as_user, secretariat, cluster):
    response = as_user(secretariat).get(reverse("reports:figure-import-preview"))
    assert response.url == reverse("reports:figure-import")


def imported(client, text):
    """Figures of earlier years, beside a half-year that is collected now."""
    RoundFactory()
    upload(client, text)
    return client.post(reverse("reports:figure-import-confirm"), follow=True)


def test_a_half_year_that_lacks_units_is_closed_with_the_reason_after_its_import(
    as_user, secretariat, cluster, unit, other_unit
):
    client = as_user(secretariat)
    page = imported(client, "Thử Một,2021-H1,Ma túy,3\nThử Một,2020-H1,Ma túy,3\nThử Hai,2020-H1,Ma túy,3\n")
    (step,) = page.context["next_steps"]
    assert "6 tháng đầu năm 2021 chưa đủ: 1/2" in page.content.decode()
    form = client.get(step.address).context["form"]
    assert "hồ sơ lưu" in form["close_reason"].value()
    sent = {"close_reason": form["close_reason"].value(), "revision": form["revision"].value()}
    assert client.post(step.address, sent).status_code == 302
    assert state_of(Period(2021, 1)).is_complete
    told = " ".join(text for passage in narrative(summarise(current=Period(2021, 1))) for text in passage.paragraphs)
    assert "Lý do sử dụng số liệu khi chưa đủ báo cáo: số liệu nhập từ hồ sơ lưu" in told
    again = client.get(page.redirect_chain[-1][0])
    assert again.context["next_steps"] == []


def test_an_import_that_was_undone_leaves_nothing_to_do(as_user, secretariat, cluster, unit, other_unit):
    client = as_user(secretariat)
    page = imported(client, "Thử Một,2021-H1,Ma túy,3\n")
    undone = client.post(page.context["undo"], follow=True)
    assert list(undone.context["next_steps"]) == []


def test_nobody_is_late_with_a_half_year_that_was_only_imported(as_user, secretariat, cluster, unit, other_unit):
    """Nobody was asked: no unit is called overdue, reminded, or given more time."""
    imported(as_user(secretariat), "Thử Một,2021-H1,Ma túy,3\n")
    page = as_user(secretariat).get(reverse("reports:round-board", args=["2021-H1"]))
    board = page.context["board"]
    assert (board.is_imported, board.overdue, board.with_the_units) == (True, (), ())
    assert "Đã nhập, chưa đủ: 1/2 báo cáo đã tiếp nhận" in page.content.decode()
    assert "quá hạn" not in page.content.decode()


def test_the_page_of_a_half_year_imported_in_part_says_so(as_user, secretariat, cluster, unit, other_unit):
    imported(as_user(secretariat), "Thử Một,2021-H1,Ma túy,3\n")
    page = as_user(secretariat).get(reverse("reports:comparison-detail", args=["2021-H1"])).content.decode()
    assert "Số liệu nhập của 6 tháng đầu năm 2021 chưa đủ" in page
    assert "đang được thu thập" not in page


def test_where_units_were_asked_the_reason_is_theirs_to_type(as_user, secretariat, cluster, unit, other_unit):
    accepted_report(unit, "2022-H1", {"ma-tuy": 1})
    form = as_user(secretariat).get(reverse("reports:round-close", args=["2022-H1"])).context["form"]
    assert not form["close_reason"].value()
