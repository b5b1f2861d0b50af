"""Importing figures on the page: checked, shown, confirmed."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Submission
from tests.support.documents import issued_report
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
