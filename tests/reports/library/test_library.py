"""Papers of others: kept with validity and readers, found again, superseded."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from meetings.uploads import SpeechFile
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.library import actions
from reports.models import LibraryPaper
from tests.support.factories import NOW
from tests.support.library import described, library_paper, plain_pdf
from tests.support.refusing import refusal
from tests.support.tables import xlsx

pytestmark = pytest.mark.django_db


def word():
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


LIST = "/library/"
DAY = dt.date(2022, 7, 4)


def typed(file=None, **values):
    sent = {name: value for name, value in described(**values).items() if value is not None}
    return sent if file is None else {**sent, "upload": file}


def upload(content, name="ke hoach.pdf"):
    return SimpleUploadedFile(name, content)


def listed(client, **asked):
    return [paper.subject for paper, _state in client.get(LIST, asked).context["rows"]]


def test_a_paper_is_added_read_and_downloaded(as_user, secretariat):
    client = as_user(secretariat)

    added = client.post(reverse("reports:library-add"), typed(upload(plain_pdf())))

    paper = LibraryPaper.objects.get()
    assert added.url == paper.get_absolute_url()
    assert "12/KH-UBND" in client.get(added.url).text
    file = client.get(reverse("reports:library-file", args=[paper.pk]))
    assert (file["Content-Type"], b"".join(file.streaming_content)[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(("name", "make"), [("mau.docx", word), ("mau.xlsx", lambda: xlsx(["Đơn vị"]))])
def test_word_and_excel_files_are_taken(as_user, secretariat, name, make):
    as_user(secretariat).post(reverse("reports:library-add"), typed(upload(make(), name)))

    assert LibraryPaper.objects.get().file_name == name


@pytest.mark.parametrize("content", [b"khong phai van ban", b"%PDF-1.7 hong"])
def test_another_file_is_refused_and_what_was_typed_stays(as_user, secretariat, content):
    response = as_user(secretariat).post(reverse("reports:library-add"), typed(upload(content)))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["upload"])
    assert "Kế hoạch bảo đảm an ninh" in response.text
    assert not LibraryPaper.objects.exists()


def test_a_paper_stays_in_force_until_its_successor_takes_effect(as_user, secretariat):
    tomorrow = DAY + dt.timedelta(1)
    coming = library_paper(subject="Kế hoạch mới", valid_from=tomorrow)
    paper = library_paper(superseded_by=coming)

    assert [paper.state_on(day) for day in (DAY, tomorrow)] == ["valid", "superseded"]
    assert [LibraryPaper.objects.in_force_on(day).get() for day in (DAY, tomorrow)] == [paper, coming]


def test_the_page_of_a_paper_says_from_when_on_another_supersedes_it(as_user, secretariat):
    coming = library_paper(subject="Kế hoạch mới", valid_from=dt.date(2022, 3, 1))
    paper = library_paper(superseded_by=coming, valid_from=dt.date(2022, 1, 5))

    page = as_user(secretariat).get(paper.get_absolute_url()).text
    assert "có hiệu lực từ ngày 01/03/2022" in page
    assert "đến khi có thông báo khác" not in page


def test_the_same_file_described_otherwise_is_told_of(as_user, secretariat):
    library_paper(content=word())
    client, url = as_user(secretariat), reverse("reports:library-add")

    response = client.post(url, typed(upload(LibraryPaper.objects.get().file.read(), "b.docx"), readers="office"))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["upload"])
    assert "12/KH-UBND" in refusal(response)
    assert LibraryPaper.objects.get().readers == "all"


def test_the_same_paper_is_kept_once(secretariat):
    assert library_paper(by=secretariat) == library_paper(by=secretariat)
    assert library_paper(subject="Kế hoạch khác").pk != LibraryPaper.objects.first().pk


@pytest.mark.parametrize("words", ["ke hoach", "BẢO ĐẢM", "12/kh soc son", "an ninh ubnd"])
def test_papers_are_found_with_and_without_diacritics(as_user, chair, words):
    library_paper()
    library_paper(subject="Quy chế phối hợp", number="03/QC", issuer="Công an thành phố")

    assert listed(as_user(chair), q=words) == ["Kế hoạch bảo đảm an ninh"]


def test_papers_are_listed_by_kind_and_validity(as_user, secretariat):
    library_paper()
    library_paper(subject="Hết hạn", valid_until=dt.date(2022, 2, 1))
    library_paper(subject="Quy chế", kind="regulation")
    client = as_user(secretariat)

    assert listed(client) == ["Quy chế", "Kế hoạch bảo đảm an ninh"]
    assert listed(client, kind="regulation") == ["Quy chế"]
    assert listed(client, status="all", q="het han") == ["Hết hạn"]
    assert listed(client, kind="khong-co") == ["Quy chế", "Kế hoạch bảo đảm an ninh"]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "valid"),
        ({"valid_from": DAY, "valid_until": DAY}, "valid"),
        ({"valid_from": DAY + dt.timedelta(1)}, "ahead"),
        ({"valid_until": DAY - dt.timedelta(1)}, "expired"),
        ({"superseded_by": True}, "superseded"),
    ],
)
def test_the_list_and_the_state_of_a_paper_agree(values, state):
    if values.pop("superseded_by", False):
        values["superseded_by"] = library_paper(subject="Kế hoạch mới")
    paper = library_paper(**values)

    assert paper.state_on(DAY) == state
    assert LibraryPaper.objects.in_force_on(DAY).filter(pk=paper.pk).exists() is (state == "valid")


def test_units_read_what_is_meant_for_them(as_user, liaison, secretariat):
    shared = library_paper()
    office = library_paper(subject="Nội bộ", readers="office", superseded_by=shared)
    client = as_user(liaison)

    assert listed(client, status="all") == ["Kế hoạch bảo đảm an ninh"]
    assert "Nội bộ" not in client.get(shared.get_absolute_url()).text
    assert client.get(office.get_absolute_url()).status_code == 404
    assert client.get(reverse("reports:library-file", args=[office.pk])).status_code == 404
    page = as_user(secretariat).get(office.get_absolute_url()).text
    assert shared.get_absolute_url() in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_the_same_queries_however_many_papers(as_user, chair, count, django_assert_num_queries):
    for number in range(count):
        library_paper(subject=f"Kế hoạch {number}")
    client = as_user(chair)

    with django_assert_num_queries(6):  # session, user, cluster, count, papers, alerts
        assert client.get(LIST).status_code == 200


def test_a_paper_is_described_anew_with_another_file(as_user, secretariat, django_capture_on_commit_callbacks):
    paper = library_paper(by=secretariat)
    old, storage = str(paper.file), paper.file.storage
    client = as_user(secretariat)
    url = reverse("reports:library-edit", args=[paper.pk])
    assert "12/KH-UBND" in client.get(url).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {**typed(upload(plain_pdf()), subject="Kế hoạch mới"), "revision": paper.revision})

    paper.refresh_from_db()
    assert (paper.subject, paper.file_name) == ("Kế hoạch mới", "ke hoach.pdf")
    assert not storage.exists(old)


def test_without_another_file_the_paper_keeps_its_own(as_user, secretariat):
    paper = library_paper(by=secretariat)

    sent = {**typed(valid_until="2022-12-31"), "revision": paper.revision}
    as_user(secretariat).post(reverse("reports:library-edit", args=[paper.pk]), sent)

    paper.refresh_from_db()
    assert (paper.valid_until, paper.file_name) == (dt.date(2022, 12, 31), "ke hoach.docx")


@pytest.mark.parametrize(
    "days", [{"valid_from": "2022-05-01", "valid_until": "2022-04-30"}, {"valid_until": "2022-01-04"}]
)
def test_a_faulty_description_is_told_beside_its_field(as_user, secretariat, days):
    paper = library_paper(by=secretariat)
    sent = {**typed(**days), "revision": paper.revision}

    response = as_user(secretariat).post(reverse("reports:library-edit", args=[paper.pk]), sent)

    assert list(response.context["form"].errors) == ["valid_until"]


def test_papers_do_not_supersede_each_other_in_a_ring(as_user, secretariat):
    first, second, third = (library_paper(subject=f"Kế hoạch {number}") for number in range(3))
    for old, new in [(first, second), (second, third)]:
        actions.change_paper(paper=old, values={"superseded_by": new}, revision=1, by=None, now=NOW)
    sent = {**typed(subject=third.subject), "superseded_by": first.pk, "revision": third.revision}

    response = as_user(secretariat).post(reverse("reports:library-edit", args=[third.pk]), sent)

    assert list(response.context["form"].errors) == ["superseded_by"]


def test_the_second_of_two_editors_overwrites_nothing(secretariat):
    paper = library_paper(by=secretariat)
    actions.change_paper(paper=paper, values={"issuer": "Một"}, revision=1, by=secretariat, now=NOW)

    with pytest.raises(StaleEdit):
        actions.change_paper(paper=paper, values={"issuer": "Hai"}, revision=1, by=secretariat, now=NOW)


def test_the_second_of_two_files_replaces_nothing_unseen(secretariat):
    paper = library_paper(by=secretariat)
    first, second = (SpeechFile(upload(name.encode(), name), name, "docx") for name in ("a.docx", "b.docx"))
    actions.change_paper(paper=paper, values={}, file=first, revision=1, by=secretariat, now=NOW)

    with pytest.raises(StaleEdit):
        actions.change_paper(paper=paper, values={}, file=second, revision=1, by=secretariat, now=NOW)
    paper.refresh_from_db()
    assert (paper.file_name, paper.file.read()) == ("a.docx", b"a.docx")


def test_a_paper_is_removed_after_asking_with_its_file(as_user, secretariat, django_capture_on_commit_callbacks):
    paper = library_paper(by=secretariat)
    client, url = as_user(secretariat), reverse("reports:library-remove", args=[paper.pk])
    assert paper.subject in client.get(url).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)

    assert not LibraryPaper.objects.exists()
    assert not paper.file.storage.exists(str(paper.file))


def test_a_paper_that_supersedes_another_stays(as_user, secretariat):
    new = library_paper(subject="Kế hoạch mới")
    library_paper(superseded_by=new)

    assert "thay thế" in refusal(as_user(secretariat).post(reverse("reports:library-remove", args=[new.pk])))
    with pytest.raises(Refused):
        actions.remove_paper(paper=new, by=None, now=NOW)


def test_a_library_of_outdated_papers_is_not_called_empty(as_user, liaison):
    library_paper(valid_until=dt.date(2022, 2, 1))

    page = as_user(liaison).get(LIST).text
    assert "Không có văn bản nào còn hiệu lực" in page
    assert "?status=all" in page


def test_an_empty_library_says_how_it_fills(as_user, liaison):
    assert "Chưa có văn bản" in as_user(liaison).get(LIST).text
    assert "Chưa có văn bản" not in as_user(liaison).get(LIST, {"q": "x"}).text
