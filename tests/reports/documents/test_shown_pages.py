"""A document's pages where it is read and decided on: of the very PDF, under its guard, made by the worker if long."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cluster_portal.files import finished_files
from cluster_portal.models import FinishedFile, WorkerBeat
from reports.documents import actions
from reports.documents.content import write_files
from reports.documents.free_text import BODY
from reports.models import Dispatch, IssuedDocument, IssuedFile, Kind
from tests.support.documents import issue, issued_report, own_words, prepared_draft, sign_off, submitted
from tests.support.factories import NOW
from tests.support.reporting import THEFT, accepted_report
from tests.support.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})


def pages_address(draft):
    return reverse("reports:draft-pages", args=[draft.pk])


def pictures(page):
    return [address for _page, address in page.context["paper"].lines]


def texts(page):
    return " ".join(" ".join(shown.text for shown, _address in page.context["paper"].lines).split())


def test_the_issued_document_shows_the_pages_of_its_pdf(as_user, chair, reported):
    document = issued_report(write=write_files)
    client = as_user(chair)
    page = client.get(document.get_absolute_url())
    pdf = bytes(IssuedFile.objects.get(form="pdf").content)

    as_others_read = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    assert sorted(texts(page).split()) == sorted(as_others_read.split())
    for address in pictures(page):
        answer = client.get(address)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "private, no-store")
        assert f'src="{address}"' in page.content.decode()


def test_a_page_that_is_not_there_is_not_found(as_user, chair, reported):
    document = issued_report(write=write_files)
    assert as_user(chair).get(reverse("reports:document-page", args=[document.pk, 99])).status_code == 404


def test_a_document_without_a_pdf_shows_none(as_user, chair, cluster):
    """One that was taken over without its files."""
    document = IssuedDocument.objects.create(
        kind="KH", year=2022, number=78, notation="78/KH-CĐBAT", subject="Kế hoạch", issuer="CỤM THỬ",
        issued_on=NOW.date(), issued_at=NOW, code="TEST-TEST-TES2", search_text="",
    )  # fmt: skip
    page = as_user(chair).get(document.get_absolute_url())
    assert page.context["paper"] is None
    assert "paper-pages" not in page.content.decode()


def test_the_units_pages_are_those_of_what_it_was_sent(as_user, liaison, other_liaison, cluster, unit):
    draft = actions.prepare_free_text(
        kind=Kind.PLAN, subject="Tuần tra", text={BODY: "Các đơn vị tuần tra."}, by=None, now=NOW
    )
    document = issue(sign_off(draft), write=write_files)
    Dispatch.objects.create(document=document, unit=unit, recipient=unit.name, way="portal", sent_at=NOW)
    client = as_user(liaison)
    page = client.get(reverse("reports:sent-detail", args=[document.pk]))
    assert document.notation in texts(page)
    assert client.get(pictures(page)[0]).status_code == 200
    assert as_user(other_liaison).get(pictures(page)[0]).status_code == 404
    assert as_user(liaison).get(reverse("reports:document-page", args=[document.pk, 1])).status_code == 403


@pytest.mark.parametrize("place", ["draft-detail", "draft-read"])
def test_a_draft_page_asks_for_its_pages_and_leads_to_them(as_user, chair, reported, place):
    draft = submitted(prepared_draft(), to=chair)
    page = as_user(chair).get(reverse(f"reports:{place}", args=[draft.pk])).content.decode()
    assert f'hx-get="{pages_address(draft)}"' in page
    assert f'href="{pages_address(draft)}"' in page


def test_the_drafts_pages_show_how_it_prints_now(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    page = client.get(pages_address(draft))
    assert "DỰ THẢO" in texts(page).upper()
    assert "tăng 05 vụ" in texts(page)
    assert {client.get(address).status_code for address in pictures(page)} == {200}
    part = client.get(pages_address(draft), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")


def test_a_document_of_own_words_has_pages_too(as_user, secretariat, cluster):
    draft = own_words()
    page = as_user(secretariat).get(pages_address(draft))
    assert draft.subject.split()[0] in texts(page)


def test_a_drafts_picture_is_of_that_draft_alone(as_user, chair, secretariat, reported):
    mine, other = submitted(prepared_draft(), to=chair), own_words()
    client = as_user(chair)
    page = client.get(pages_address(mine))
    of = pictures(page)[0].split("/")[-3]

    assert client.get(reverse("reports:draft-page", args=[mine.pk, of, 1])).status_code == 200
    assert as_user(secretariat).get(reverse("reports:draft-page", args=[other.pk, of, 1])).status_code == 404
    assert client.get(reverse("reports:draft-page", args=[mine.pk, of.replace("~", "~x"), 1])).status_code == 404


def test_a_picture_the_shelf_let_go_of_is_not_found(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    first = pictures(client.get(pages_address(draft)))[0]
    FinishedFile.objects.all().delete()
    assert client.get(first).status_code == 404


def test_who_may_not_read_the_draft_sees_no_page_of_it(as_user, chair, liaison, reported):
    draft = submitted(prepared_draft(), to=chair)
    first = pictures(as_user(chair).get(pages_address(draft)))[0]
    assert as_user(liaison).get(first).status_code == 403
    assert as_user(liaison).get(pages_address(draft)).status_code == 403


def test_an_issued_drafts_pages_are_the_documents(as_user, chair, reported):
    draft = issued_report().draft
    assert as_user(chair).get(pages_address(draft)).headers["Location"] == draft.issued.get_absolute_url()


@pytest.fixture
def _a_worker(monkeypatch):
    """One lives, and every PDF takes long."""
    monkeypatch.setattr(finished_files, "MOST_AT_ONCE", 1)
    WorkerBeat.objects.create(worker="alive", seen_at=timezone.now())


@pytest.mark.usefixtures("_a_worker")
def test_a_long_draft_is_made_by_the_worker_and_asked_for_again(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    scripts = {"HX-Request": "true"}
    page = client.get(pages_address(draft))
    assert "Đang tạo các trang." in page.content.decode()
    again = f"{pages_address(draft)}?of={page.context['of']}"
    assert again in client.get(again, headers=scripts).content.decode()

    work()

    assert "tăng 05 vụ" in texts(client.get(again, headers=scripts))


@pytest.mark.usefixtures("_a_worker")
def test_without_scripts_the_page_looks_again_by_itself(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    assert '<noscript><meta http-equiv="refresh" content="3">' in client.get(pages_address(draft)).content.decode()
    work()
    assert "http-equiv" not in client.get(pages_address(draft)).content.decode()


@pytest.mark.usefixtures("_a_worker")
def test_a_pdf_that_could_not_be_made_is_told(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    of = client.get(pages_address(draft)).context["of"]
    FinishedFile.objects.filter(key=of).update(asked_at=timezone.now() - dt.timedelta(hours=1))
    assert "Chưa tạo được tệp PDF." in client.get(f"{pages_address(draft)}?of={of}").content.decode()


def test_an_address_that_waits_for_nothing_shows_the_pages(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    assert as_user(chair).get(f"{pages_address(draft)}?of=x").context["paper"].lines


def test_the_checksums_are_folded_and_the_pdf_opens_or_is_saved(as_user, chair, reported):
    document = issued_report(write=write_files)
    page = as_user(chair).get(document.get_absolute_url()).content.decode()
    file = reverse("reports:document-file", args=[document.pk, "pdf"])
    sha = IssuedFile.objects.get(form="pdf").sha256
    assert f'href="{file}" download' in page
    assert page.rindex("<details", 0, page.index(sha)) > page.rindex("</details>", 0, page.index(sha))
