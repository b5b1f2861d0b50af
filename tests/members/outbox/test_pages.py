"""The one page of outgoing e-mails."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster_portal.models import WorkerBeat
from members.models import AuditEntry, Letter
from tests.support.factories import NOW, UserFactory
from tests.support.letters import letter

pytestmark = pytest.mark.usefixtures("cluster")


def put(stored, **values):
    Letter.objects.filter(pk=stored.pk).update(**values)
    return stored


@pytest.fixture
def office(as_user, secretariat):
    return as_user(secretariat)


def test_it_tells_what_waits_and_what_failed_and_why(office):
    letter("waits", address="cho@example.vn")
    put(letter("failed", address="hong@example.vn"), state="failed", fault="refused", said="550 <b>no</b>")
    page = office.get("/mail/?state=look").content.decode()
    assert "hong@example.vn" in page
    assert "Máy chủ thư không nhận thư này" in page
    assert "550 &lt;b&gt;no&lt;/b&gt;" in page
    assert "cho@example.vn" not in page


def test_it_never_shows_the_text_which_may_open_an_account(office):
    letter(body="https://portal.example.vn/bi-mat/")
    assert "bi-mat" not in office.get("/mail/").content.decode()


def test_the_letters_about_one_thing_are_shown_alone(office, unit):
    letter("about it", about=unit, address="a@example.vn")
    letter("about another", about=UserFactory(), address="b@example.vn")
    page = office.get(f"/mail/?about=members.unit-{unit.pk}").content.decode()
    assert ("a@example.vn" in page, "b@example.vn" in page) == (True, False)


def test_a_letter_that_failed_is_sent_again_by_a_click_and_the_trail_tells(office, mailoutbox):
    stored = put(letter(now=timezone.now()), state="failed", fault="refused", attempts=1)
    answer = office.post(f"/mail/{stored.pk}/send-again/", {"back": "/mail/?state=look"})
    stored.refresh_from_db()
    assert (answer.url, stored.state, stored.attempts, stored.fault) == ("/mail/?state=look", "waiting", 0, "")
    assert AuditEntry.objects.get().verb == "letter.sent_again"


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com/", ""])
def test_it_leads_back_to_the_portal_alone(office, back):
    stored = put(letter(), state="failed")
    assert office.post(f"/mail/{stored.pk}/send-again/", {"back": back}).url == "/mail/"


def test_all_that_failed_are_sent_again_at_once_but_none_that_may_have_arrived(office):
    for key, state in (("one", "failed"), ("two", "failed"), ("who knows", "unclear"), ("gone", "sent")):
        put(letter(key), state=state, sent_at=NOW)
    office.post("/mail/send-again/")
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == [
        "waiting", "waiting", "unclear", "sent",
    ]  # fmt: skip


def test_a_letter_that_went_meanwhile_is_not_sent_again(office):
    stored = put(letter(), state="sent", sent_at=NOW)
    page = office.post(f"/mail/{stored.pk}/send-again/", follow=True).content.decode()
    assert "Thư này hiện đã gửi." in page


def test_of_a_letter_that_may_have_arrived_it_asks_to_ask_and_takes_the_answer(office):
    stored = put(letter(), state="unclear", claimed_at=NOW)
    assert "Vui lòng hỏi người nhận" in office.get("/mail/").content.decode()
    office.post(f"/mail/{stored.pk}/arrived/")
    stored.refresh_from_db()
    assert (stored.state, stored.sent_at) == ("sent", NOW)


@pytest.mark.parametrize(
    ("age", "says"), [(None, "Chưa khởi động tiến trình"), (10, "Tiến trình gửi thư đã dừng"), (0, None)]
)
def test_it_tells_where_no_worker_sends_them(office, age, says):
    if age is not None:
        WorkerBeat.objects.create(worker="one", seen_at=timezone.now() - dt.timedelta(minutes=age))
    page = office.get("/mail/").content.decode()
    assert says in page if says else "Tiến trình" not in page and "tiến trình" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries(office, secretariat, number, django_assert_num_queries):
    for each in range(number):
        letter(f"{each}", by=secretariat)
    with django_assert_num_queries(10):
        office.get("/mail/")


@pytest.mark.parametrize("about", ["a\0b", "x" * 4000, "meetings.meeting-" + "9" * 50, "'"])
def test_what_is_no_name_finds_nothing_and_sends_nothing(office, about):
    stored = put(letter(), state="failed")
    assert "Chưa có thư nào" in office.get("/mail/", {"about": about, "state": about, "page": about}).content.decode()
    office.post("/mail/send-again/", {"about": about})
    stored.refresh_from_db()
    assert stored.state == "failed"
