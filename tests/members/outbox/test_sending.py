"""Each letter goes once, whatever the mail server, the worker or the clerks do meanwhile."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import OperationalError, connection, transaction

from members.infrastructure.outbox import kinds, posting, sending
from members.infrastructure.outbox.posting import File, post
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter, LetterFile
from tests.support.factories import NOW
from tests.support.letters import draft, letter
from tests.support.smtp import REFUSED, Office, free_port, serving
from tests.support.worker import work

HOUR = dt.timedelta(hours=1)


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_is_of_the_office_and_asks_no_machine_to_answer(secretariat, settings, mailoutbox):
    settings.DEFAULT_FROM_EMAIL = "Cụm mẫu <portal@cum.example.vn>"
    stored = letter(by=secretariat)
    work(now=NOW)
    (sent,) = mailoutbox
    head = sent.message()
    assert head["Message-ID"] == stored.message_id
    assert stored.message_id.endswith("@cum.example.vn>")
    assert (head["Auto-Submitted"], head["Reply-To"]) == ("auto-generated", secretariat.email)


def test_answers_go_to_the_office_where_it_has_an_address_for_them(secretariat, settings, mailoutbox):
    settings.REPLY_TO_EMAIL = "vanphong@cum.example.vn"
    letter(by=secretariat)
    work(now=NOW)
    assert mailoutbox[0].reply_to == ["vanphong@cum.example.vn"]


def test_a_letter_nobody_wrote_is_answered_to_the_secretariat(secretariat, chair, settings, mailoutbox):
    settings.REPLY_TO_EMAIL = ""
    letter(by=None)
    work(now=NOW)
    assert mailoutbox[0].reply_to == [secretariat.email]


def test_each_letter_says_who_sends_it_and_whom_to_ask(cluster, mailoutbox):
    letter(body="Kính gửi.\n\n")
    type(cluster).objects.update(short_name="Cụm mẫu", contact="đồng chí Thư Ký, điện thoại 024 0000")
    work(now=NOW)
    closing = "Trân trọng.\nThư ký Cụm mẫu\nLiên hệ: đồng chí Thư Ký, điện thoại 024 0000\n"
    assert mailoutbox[0].body == f"Kính gửi.\n\n{closing}"


def test_a_cluster_without_a_contact_names_none(cluster, mailoutbox):
    letter(body="Kính gửi.")
    work(now=NOW)
    assert mailoutbox[0].body == f"Kính gửi.\n\nTrân trọng.\nThư ký {cluster.short_name}\n"


def test_a_letter_of_the_same_key_is_sent_once(db, mailoutbox):
    assert [post(draft("same"), about=None, by=None, now=NOW) for _time in range(2)] == [True, False]
    work(now=NOW)
    assert not post(draft("same"), about=None, by=None, now=NOW, again=True)
    work(now=NOW)
    assert len(mailoutbox) == 1


def test_an_act_that_is_taken_back_sends_nothing(db, mailoutbox):
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    work(now=NOW)
    assert mailoutbox == []


def test_what_was_sent_leaves_neither_text_nor_files(db, mailoutbox):
    letter(files=(File("a.txt", b"x", "text/plain"),))
    work(now=NOW)
    assert mailoutbox[0].attachments == [("a.txt", "x", "text/plain")]
    assert (Letter.objects.get().body, LetterFile.objects.count()) == ("", 0)
    assert AuditEntry.objects.get().verb == "letter.sent"


def test_what_follows_a_sending_and_fails_does_not_make_it_look_unsent(db, mailoutbox, monkeypatch, caplog):
    def broken(letter, now):
        raise ValueError("told")

    monkeypatch.setitem(kinds._KINDS, "account", kinds.Kind("account", broken))
    letter()
    work(now=NOW)
    work(now=NOW + HOUR)
    assert (states(), len(mailoutbox)) == (["sent"], 1)
    assert "failed" in caplog.text


def test_what_is_of_no_use_any_more_is_not_sent(db, mailoutbox, secretariat):
    late = letter(until=NOW + HOUR)
    work(now=NOW + HOUR)
    assert (states(), mailoutbox) == (["over"], [])
    late.refresh_from_db()
    with pytest.raises(Refused):
        posting.send_again(late, by=secretariat, now=NOW + HOUR)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def port(settings):
    settings.EMAIL_BACKEND = "members.infrastructure.outbox.server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 0.5
    return settings.EMAIL_PORT


def test_a_refused_letter_is_told_with_the_answer_and_keeps_no_other_from_going(db, office, port):
    letter("refused", address=REFUSED)
    letter("other")
    with serving(office, port):
        work(now=NOW)
        work(now=NOW + HOUR)
    assert (states(), office.addresses) == (["failed", "sent"], ["donvi@example.vn"])
    assert Letter.objects.first().said == "550 no such mailbox"


def test_a_text_the_server_dislikes_is_refused_for_good(db, office, port):
    letter()
    office.mood = "dislikes the text"
    with serving(office, port):
        work(now=NOW)
    assert (states(), Letter.objects.get().said) == (["failed"], "554 looks like spam")


def test_the_pauses_grow_while_nobody_answers(db, port):
    stored = letter()
    pauses, now = [], NOW
    for _try in range(7):
        work(now=now)
        stored.refresh_from_db()
        pauses.append((stored.due_at - now) // dt.timedelta(minutes=1))
        now = stored.due_at
    assert pauses == [1, 2, 5, 15, 30, 60, 60]


def test_a_letter_is_given_up_after_days_and_may_be_sent_again(db, port, secretariat):
    stored = letter()
    Letter.objects.update(attempts=sending.TRIES)
    work(now=NOW)
    stored.refresh_from_db()
    assert (stored.state, stored.fault) == ("failed", "expired")
    posting.send_again(stored, by=secretariat, now=NOW + 30 * 24 * HOUR)
    work(now=NOW + 30 * 24 * HOUR)
    assert states() == ["waiting"]


def test_a_letter_is_not_tried_before_its_time(db, office, port):
    letter()
    work(now=NOW)
    with serving(office, port):
        work(now=NOW + dt.timedelta(seconds=59))
        assert office.seen == 0
        work(now=NOW + dt.timedelta(seconds=60))
    assert states() == ["sent"]


def test_a_server_may_take_its_time_over_the_text_though_not_over_a_greeting(db, office, port):
    letter()
    office.mood = "reads slowly"
    with serving(office, port):
        work(now=NOW)
    assert (states(), len(office.taken)) == (["sent"], 1)


def test_a_server_that_breaks_off_over_two_letters_running_is_given_no_third(db, office, port):
    for number in range(5):
        letter(f"{number}", address=f"{number}@example.vn")
    office.mood = "dies with the text"
    with serving(office, port):
        work(now=NOW)
        assert states() == ["unclear"] * 2 + ["waiting"] * 3
        office.mood = ""
        work(now=NOW + HOUR)
    assert states() == ["unclear"] * 2 + ["sent"] * 3


@pytest.mark.parametrize("mood", ["hangs", "hangs up", "tries later"])
def test_a_server_that_takes_nothing_gets_each_letter_once_it_does(db, office, port, mood):
    for number in range(3):
        letter(f"{number}", address=f"{number}@example.vn")
    office.mood = mood
    with serving(office, port):
        work(now=NOW)
        assert states() == ["waiting"] * 3
        office.mood = ""
        work(now=NOW + HOUR)
    assert sorted(office.addresses) == ["0@example.vn", "1@example.vn", "2@example.vn"]


def test_a_letter_whose_answer_never_came_is_sent_again_only_by_a_person(db, office, port, secretariat):
    stored = letter()
    office.mood = "dies with the text"
    with serving(office, port):
        work(now=NOW)
        office.mood = ""
        work(now=NOW + HOUR)
        assert (states(), len(office.taken)) == (["unclear"], 1)
        stored.refresh_from_db()
        posting.send_again(stored, by=secretariat, now=NOW + HOUR)
        work(now=NOW + HOUR)
    assert states() == ["sent"]
    assert [message["Message-ID"] for message in office.taken] == [stored.message_id] * 2


def test_a_worker_killed_before_it_noted_the_sending_leaves_a_question_not_a_second_letter(
    db, mailoutbox, monkeypatch, secretariat
):
    stored = letter()

    def killed(*told, **values):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_mark", killed)
        with pytest.raises(SystemExit):
            work(now=NOW)
    work(now=NOW + dt.timedelta(minutes=9))
    assert states() == ["sending"]
    work(now=NOW + dt.timedelta(minutes=11))
    assert (states(), len(mailoutbox)) == (["unclear"], 1)
    stored.refresh_from_db()
    posting.note_arrival(stored, by=secretariat, now=NOW + HOUR)
    assert (states(), AuditEntry.objects.get().verb) == (["sent"], "letter.arrived")


def test_a_server_that_refuses_hangs_dies_and_recovers_gets_every_letter_exactly_once(db, office, port):
    now = NOW
    for number in range(12):
        letter(f"{number}", address=f"{number:02d}@example.vn")
    for mood in ("away", "hangs", "", "hangs up", "tries later", "away", ""):
        now += HOUR
        letter(f"at {now}", address=f"{now:%H}-moi@example.vn", now=now)
        office.mood = mood
        if mood == "away":
            work(now=now)
        else:
            with serving(office, port):
                work(now=now)
    assert set(states()) == {"sent"}
    assert len(office.addresses) == len(set(office.addresses)) == 12 + 7


def test_a_letter_over_which_the_server_stumbles_keeps_no_other_from_going(db, office, port, monkeypatch):
    async def stumble(server, session, envelope, address, options):
        if address == "doc@example.vn":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    monkeypatch.setattr(office, "handle_RCPT", stumble)
    letter("poison", address="doc@example.vn")
    letter("other")
    with serving(office, port):
        work(now=NOW)
    assert (states(), office.addresses) == (["waiting", "sent"], ["donvi@example.vn"])


def test_a_letter_that_can_not_be_written_keeps_no_other_from_going(db, mailoutbox, caplog):
    broken = letter("broken", files=(File("a.bin", b"\xff", "nonsense"),))
    letter("other")
    work(now=NOW)
    broken.refresh_from_db()
    assert (broken.state, len(mailoutbox)) == ("failed", 1)
    assert "can't be written" in caplog.text


def test_a_letter_that_could_not_be_read_is_not_taken_for_sent(db, mailoutbox, monkeypatch):
    letter()

    def away(*names):
        raise OperationalError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Letter.objects.all().__class__, "select_related", away)
        with pytest.raises(OperationalError), transaction.atomic():
            work(now=NOW)
    work(now=NOW)
    assert (states(), len(mailoutbox)) == (["sent"], 1)


def in_threads(act, count=2):
    together = Barrier(count)

    def attempt(_number):
        together.wait()
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as people:
        list(people.map(attempt, range(count)))


def test_two_workers_send_each_letter_once(transactional_db):
    for number in range(20):
        letter(f"{number}", address=f"{number}@example.vn")
    in_threads(lambda: sending.send_due(now=NOW))
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"{number}@example.vn" for number in range(20))
    assert set(states()) == {"sent"}


def test_two_clerks_who_post_the_same_at_once_make_one_letter(transactional_db):
    in_threads(lambda: post(draft("same"), about=None, by=None, now=NOW))
    sending.send_due(now=NOW)
    assert len(mail.outbox) == 1
