"""Files are made once: sent again byte for byte, made anew where anything they are made of changed, by the worker
where that takes long."""

import datetime as dt
import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cluster_portal.files import finished, finished_files, pdf, sending
from cluster_portal.files.finished_files import KEPT_FOR, KeptOnShelf, Progress, ask_worker, keep, progress_of
from cluster_portal.models import FinishedFile, WorkerBeat
from cluster_portal.worker import take_turn
from members.models import Cluster
from tests.support.factories import NOW
from tests.support.meetings import held_meeting, planned_meeting, text_of
from tests.support.worker import work

SHORT = "<html lang='vi'><title>Thử</title><p>Một dòng"
LONG = f"<html lang='vi'><title>Thử</title>{'<p>Một dòng</p>' * 301}"


@pytest.fixture
def written(monkeypatch):
    """The HTML of every PDF that is laid out, quickly; each is another file."""
    pages = []

    def lay_out(html):
        pages.append(html)
        return pdf_of_number(len(pages))

    def pdf_of_number(number):
        return type("Laid", (), {"write_pdf": lambda self, **kwargs: f"%PDF {number}".encode()})()

    monkeypatch.setattr(pdf, "_laid_out", lay_out)
    return pages


@pytest.fixture
def _a_worker(db, monkeypatch):
    monkeypatch.setattr(finished_files, "PATIENCE", 0)
    WorkerBeat.objects.create(worker="alive", seen_at=timezone.now())


def on_shelf(now=NOW):
    return finished.looking_on(KeptOnShelf(now=now))


def make(html=SHORT, now=NOW):
    with on_shelf(now):
        return pdf.html_to_pdf(html)


def invitations(as_user, secretariat, unit):
    meeting = planned_meeting(unit, secretariat)
    return as_user(secretariat), reverse("meetings:paper-invitations", args=[meeting.pk])


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    "address",
    ["/summaries/2022-H1/summary.pdf", "/summaries/2022-H1/summary.docx", "/summaries/2022-H1/summary.xlsx",
     "/rounds/2022-H1/units/1/sheet.docx", "/trend/trend.xlsx", "/meetings/1/papers/summary/docx/",
     "/meetings/1/papers/agenda/docx/", "/meetings/1/papers/news/docx/", "/meetings/1/papers/folder/"],
)  # fmt: skip
def test_the_kept_file_is_the_written_one_byte_for_byte(address, sample, as_user, secretariat, monkeypatch):
    client = as_user(secretariat)
    first, kept = (content_of(client.get(address)) for _time in range(2))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "looking_on", lambda _shelf: finished.looking_on(None))
        written = content_of(client.get(address))

    assert FinishedFile.objects.filter(made_at__isnull=False).exists()
    assert first == kept == written


def test_a_file_is_written_once(db, written):
    assert make() == make() == b"%PDF 1"
    assert written == [SHORT]


def test_what_is_issued_is_written_without_looking(db, written):
    make()
    assert pdf.html_to_pdf(SHORT) == b"%PDF 2"


def test_a_changed_letterhead_makes_another_file(as_user, secretariat, unit, cluster):
    client, address = invitations(as_user, secretariat, unit)
    before = client.get(address).content
    Cluster.objects.update(signer_name="Người Ký Mới")
    after = client.get(address).content

    assert "Người Ký Mới" not in text_of(before)
    assert "Người Ký Mới" in text_of(after)


def test_another_program_makes_another_file(db, written, monkeypatch):
    make()
    monkeypatch.setattr(finished, "_edition", lambda: "of tomorrow")
    assert make() == b"%PDF 2"


def test_the_edition_is_another_with_another_style_sheet_and_another_package(settings, tmp_path, monkeypatch):
    settings.BASE_DIR, settings.DEBUG = tmp_path, True
    sheet = tmp_path / "static" / "document.css"
    sheet.parent.mkdir()
    editions = []
    for text in ("p {}", "p {}", "b {}"):
        sheet.write_text(text)
        editions.append(finished.edition())
    monkeypatch.setattr(finished, "distributions", list)
    editions.append(finished.edition())

    assert [editions.index(one) for one in editions] == [0, 0, 2, 3]


def test_what_is_old_is_let_go(db, written):
    make(SHORT, NOW - KEPT_FOR - dt.timedelta(seconds=1))
    make(SHORT + "!", NOW)
    assert FinishedFile.objects.get().made_at == NOW


@pytest.mark.usefixtures("written")
def test_the_worker_lets_go_of_what_is_old_where_nobody_asks_for_another(db):
    make(SHORT, NOW)
    ask_worker("unfinished", LONG, now=NOW)
    DBTaskResult.objects.all().delete()

    take_turn("w", now=NOW + KEPT_FOR)
    assert FinishedFile.objects.count() == 2
    take_turn("w", now=NOW + KEPT_FOR + dt.timedelta(seconds=1))
    assert not FinishedFile.objects.exists()


def test_the_shelf_lets_go_of_what_was_made_first(db, monkeypatch):
    monkeypatch.setattr(finished_files, "MOST_BYTES", 10)
    for number, key in enumerate("abc"):
        keep(key, b"1234", now=NOW + dt.timedelta(seconds=number))
    assert list(FinishedFile.objects.order_by("key").values_list("key", flat=True)) == ["b", "c"]


def test_a_file_that_can_not_be_kept_is_sent_all_the_same(db, written, monkeypatch):
    def refuse(now):
        raise DatabaseError("full")

    monkeypatch.setattr(finished_files, "make_room", refuse)
    assert make() == b"%PDF 1"
    assert not FinishedFile.objects.exists()


def test_without_a_worker_a_long_file_is_made_at_once(db, written):
    assert make(LONG) == b"%PDF 1"


@pytest.mark.usefixtures("_a_worker")
def test_a_long_file_is_made_by_the_worker_and_asked_for_again(
    as_user, secretariat, unit, cluster, written, monkeypatch
):
    monkeypatch.setattr(finished_files, "MOST_AT_ONCE", 5)
    client, address = invitations(as_user, secretariat, unit)
    first = client.get(address)
    assert (written, first.status_code) == ([], 302)

    waiting = client.get(first.url)
    assert "Tệp đang được lập" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert "đang chờ" in client.get(first.url, headers={"HX-Request": "true"}).text

    work()
    assert client.get(first.url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    ready = client.get(first.url)
    assert ready["Refresh"] == f"0; url={address}"
    assert "Tệp đã sẵn sàng" in ready.text
    assert client.get(address).content == b"%PDF 1"
    assert len(written) == 1


@pytest.mark.usefixtures("_a_worker")
def test_what_the_worker_makes_within_seconds_is_sent_at_once(
    as_user, secretariat, unit, cluster, written, monkeypatch
):
    monkeypatch.setattr(finished_files, "MOST_AT_ONCE", 5)
    monkeypatch.setattr(finished_files, "PATIENCE", 60)
    monkeypatch.setattr(finished_files.time, "sleep", lambda _seconds: work())
    client, address = invitations(as_user, secretariat, unit)

    assert client.get(address).content == b"%PDF 1"


@pytest.mark.usefixtures("_a_worker")
def test_what_was_waited_for_and_let_go_again_is_made_at_once(
    as_user, secretariat, unit, cluster, written, monkeypatch
):
    monkeypatch.setattr(finished_files, "MOST_AT_ONCE", 5)
    monkeypatch.setattr(finished_files, "progress_of", lambda _keys, now: Progress(1, 1, 0, has_failed=False))
    client, address = invitations(as_user, secretariat, unit)

    assert client.get(address).content == b"%PDF 1"


@pytest.mark.usefixtures("_a_worker")
def test_all_papers_of_a_folder_are_asked_for_at_once(as_user, secretariat, unit, cluster, written, monkeypatch):
    monkeypatch.setattr(finished_files, "MOST_AT_ONCE", 5)
    meeting = held_meeting(unit, secretariat)
    client, address = as_user(secretariat), reverse("reports:meeting-folder", args=[meeting.pk])
    answer = client.get(address)
    keys = parse_qs(urlsplit(answer.url).query)["of"][0].split(".")

    assert len(keys) == DBTaskResult.objects.count() > 4
    assert f"0 / {len(keys)}" in client.get(answer.url).text
    work()
    assert content_of(client.get(address))[:2] == b"PK"


def test_two_who_ask_have_it_made_once(db):
    ask_worker("a", LONG, now=NOW)
    ask_worker("a", LONG, now=NOW)
    assert DBTaskResult.objects.count() == 1


def test_a_task_that_runs_twice_makes_it_once(db, written):
    ask_worker(finished.key_of_html(LONG), LONG, now=timezone.now())
    finished_files.make_pdf.enqueue(key=finished.key_of_html(LONG))
    work()
    assert written == [LONG]


def test_the_page_being_laid_out_is_told(db):
    key = finished.key_of_html(LONG)
    FinishedFile.objects.create(key=key, html=LONG, asked_at=NOW)
    row = FinishedFile.objects.get()
    with finished_files._noting_pages(row.pk):
        for line in ("Step 3 - Applying CSS", "Step 5 - Creating layout - Page 7", "Step 5 - Creating layout - Page 8"):
            logging.getLogger("weasyprint.progress").info(line)

    told = progress_of([key], now=NOW)
    assert (told.page, told.finished, told.of, told.is_done) == (7, 0, 1, False)


def test_a_file_that_failed_says_so_and_is_begun_anew(db, as_user, secretariat, monkeypatch):
    def fail(_html):
        raise ValueError("no font")

    key = finished.key_of_html(LONG)
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "_laid_out", fail)
        ask_worker(key, LONG, now=timezone.now())
        work(may_fail=True)
    page = as_user(secretariat).get(reverse("members:file-progress"), {"of": key, "file": "/trend/trend.xlsx"})
    assert "Không lập được tệp" in page.text
    assert "Refresh" not in page.headers

    ask_worker(key, LONG, now=timezone.now())
    work(may_fail=True)
    assert progress_of([key], now=timezone.now()).is_done


def test_a_worker_of_another_program_makes_nothing(db, written):
    now = timezone.now()
    ask_worker("0" * 64, LONG, now=now)
    work(may_fail=True)
    assert (written, progress_of(["0" * 64], now=now).has_failed) == ([], True)


def test_a_database_that_goes_away_fails_no_file(db, monkeypatch):
    def lose(_html):
        raise DatabaseError("away")

    monkeypatch.setattr(pdf, "_laid_out", lose)
    key, now = finished.key_of_html(LONG), timezone.now()
    ask_worker(key, LONG, now=now)
    work(may_fail=True)
    assert not progress_of([key], now=now).has_failed
    assert progress_of([key], now=now + finished_files.GIVEN_UP_AFTER * 2).has_failed


@pytest.mark.parametrize(
    "query",
    [{}, {"of": "x", "file": "/"}, {"of": "a" * 64, "file": "https://elsewhere.example/"},
     {"of": "a" * 64, "file": "//elsewhere.example"}, {"of": ".".join(["a" * 64] * 51), "file": "/"}],
)  # fmt: skip
def test_an_address_nobody_was_led_to_leads_home(query, db, as_user, secretariat):
    response = as_user(secretariat).get(reverse("members:file-progress"), query)
    assert (response.status_code, response.url) == (302, "/")


def test_an_address_with_a_line_break_breaks_no_head(db, as_user, secretariat):
    page = as_user(secretariat).get(reverse("members:file-progress"), {"of": "a" * 64, "file": "/x\r\nA: b"})
    assert page["Refresh"] == "0; url=/x%0D%0AA:%20b"


def test_a_letter_with_a_key_is_never_kept(as_user, secretariat, liaison, cluster, written, settings):
    client = as_user(secretariat)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.post(reverse("members:person-letter", args=[liaison.pk]))
    assert (len(written), FinishedFile.objects.exists()) == (1, False)
