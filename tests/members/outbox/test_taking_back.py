"""What isn't true any more is not sent, also where it is under way; what becomes true again is."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from members.infrastructure.outbox import kinds, posting
from members.infrastructure.outbox.letters import key_part
from members.infrastructure.outbox.posting import File, post, withdraw
from members.infrastructure.outbox.result import choices, post_about
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter, LetterFile
from tests.support.factories import NOW
from tests.support.letters import draft, letter
from tests.support.worker import work

HOUR = dt.timedelta(hours=1)
State = Letter.State


def put(stored, state, **values):
    Letter.objects.filter(pk=stored.pk).update(state=state, **values)
    stored.refresh_from_db()
    return stored


def take_back(unit, now=NOW):
    withdraw(about=unit, kinds=("account",), now=now)


def post_anew(unit):
    return post(draft(body="anew", until=NOW + 5 * HOUR), about=unit, by=None, now=NOW + HOUR)


def test_what_was_taken_back_and_is_true_again_goes_as_it_is_now(unit, mailoutbox):
    letter(about=unit)
    take_back(unit)
    assert post_anew(unit)
    work(now=NOW + HOUR)
    assert [message.body for message in mailoutbox] == ["anew"]


def test_what_was_taken_back_while_it_was_being_sent_is_not_tried_again(unit, mailoutbox):
    stored = put(letter(about=unit), State.SENDING, claimed_at=NOW, claim="x")
    take_back(unit)
    put(stored, State.WAITING)
    work(now=NOW)
    work(now=NOW + HOUR)
    assert (Letter.objects.get().state, mailoutbox) == (State.OVER, [])


def test_what_was_taken_back_while_it_was_being_sent_and_is_true_again_is_tried_on(unit, mailoutbox):
    stored = put(letter(about=unit), State.SENDING, claimed_at=NOW, claim="x")
    take_back(unit)
    assert post_anew(unit)
    put(stored, State.WAITING)
    work(now=NOW + HOUR)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("is_settled", [False, True])
def test_of_what_may_have_gone_before_it_was_taken_back_somebody_is_asked_once_it_is_true_again(
    unit, secretariat, mailoutbox, is_settled
):
    stored = put(letter(about=unit), State.UNCLEAR, claimed_at=NOW, fault="broken_off")
    take_back(unit)
    with pytest.raises(Refused):
        posting.send_again(stored, by=secretariat, now=NOW + HOUR)
    if is_settled:
        work(now=NOW + HOUR)
        assert Letter.objects.get().state == State.OVER
    assert not post_anew(unit)
    stored.refresh_from_db()
    assert (stored.state, stored.body) == (State.UNCLEAR, "anew")
    posting.send_again(stored, by=secretariat, now=NOW + HOUR)
    work(now=NOW + HOUR)
    assert [message.body for message in mailoutbox] == ["anew"]


def test_what_arrived_is_followed_by_what_its_kind_wants_and_told_once(unit, secretariat, monkeypatch):
    followed = []
    plain = put(letter("plain"), State.UNCLEAR, claimed_at=NOW)
    posting.note_arrival(plain, by=secretariat, now=NOW + HOUR)
    monkeypatch.setitem(kinds._KINDS, "account", kinds.Kind("account", lambda *told: followed.append(told)))
    stored = put(letter("other"), State.UNCLEAR, claimed_at=NOW)
    posting.note_arrival(stored, by=secretariat, now=NOW + HOUR)
    assert followed == [(stored, NOW)]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["letter.arrived"] * 2


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED, State.UNCLEAR])
def test_what_is_over_keeps_no_link_and_nobody_is_to_look_after_it(as_user, secretariat, unit, state):
    now = timezone.now()
    stored = letter(about=unit, until=now, files=(File("a.txt", b"x", "text/plain"),), now=now - HOUR)
    put(stored, state, attempts=1, fault="broken_off")
    work(now=now)
    stored.refresh_from_db()
    assert (stored.state, stored.body, LetterFile.objects.count()) == (State.OVER, "", 0)
    assert (stored.may_be_sent_again, post_about(unit).to_look_after) == (False, 0)
    assert {choice.name: choice.count for choice in choices(Letter.objects.all())}["look"] == 0
    page = as_user(secretariat).get("/mail/").content.decode()
    assert "Gửi lại" not in page
    assert "over" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_longest_address_fits_into_a_key():
    long, other = (f"{'a' * 60}@{'b' * 180}.{end}" for end in ("vn", "com"))
    assert (len(key_part(long)), key_part("donvi@example.vn")) == (64, "donvi@example.vn")
    assert key_part(long) != key_part(other)


def test_what_ended_a_year_ago_is_removed_and_nothing_else(db, capsys):
    now = timezone.now()
    long_ago, lately = now - dt.timedelta(days=366), now - dt.timedelta(days=364)
    for state in State:
        put(letter(f"old {state}", now=long_ago), state, sent_at=long_ago)
        put(letter(f"new {state}", now=lately), state, sent_at=lately)
    call_command("remove_old_letters")
    left = set(Letter.objects.values_list("key", flat=True))
    gone = {f"{age} {state}" for age in ("old", "new") for state in State} - left
    assert gone == {"old sent", "old withdrawn", "old over"}
    assert capsys.readouterr().out == "3 e-mails removed.\n"
