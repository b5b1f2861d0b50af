"""A row that somebody deletes between the page's look and the act is told of, on either database; never an error."""

from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from incidents.models import Incident
from meetings.models import Attendance, Award, Meeting, OpenQuestion, Photo, Speech, Task, TaskProgress
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.refusals import refusal_of
from members.models import LeadTerm, TableImport, Unit, UnitMerger, UnitSuccession, User
from reports.models import DocumentDraft, SignedCopy
from tests.support.factories import NOW, UserFactory
from tests.support.forms import fields_of
from tests.support.sitemap import routes
from tests.support.url_args import values_for

GONE = "đã bị xóa trong lúc đó"
#: Which row an argument names. (An issued document can't be deleted, whoever tries.)
ROWS = {
    "unit_id": Unit,
    "person_id": User,
    "letter_id": Letter,
    "term_id": LeadTerm,
    "succession_id": UnitSuccession,
    "merger_id": UnitMerger,
    "draft_id": DocumentDraft,
    "copy_id": SignedCopy,
    "import_id": TableImport,
    "pk": Incident,
    "meeting_id": Meeting,
    "invitee_id": Attendance,
    "speech_id": Speech,
    "award_id": Award,
    "task_id": Task,
    "question_id": OpenQuestion,
    "photo_id": Photo,
}
CHANGING = [
    route for route in routes()
    if route.capability and route.arguments & ROWS.keys() and not route.name.startswith("reports:catalogue")
]  # fmt: skip


@contextmanager
def vanishing(row, monkeypatch):
    """The row is deleted as soon as anything is to be stored."""
    begin, left = transaction.Atomic.__enter__, [row]

    def delete_then_begin(self):
        if left:
            gone = left.pop()
            type(gone)._base_manager.filter(pk=gone.pk)._raw_delete(connection.alias)
        return begin(self)

    with monkeypatch.context() as patched:
        patched.setattr(transaction.Atomic, "__enter__", delete_then_begin)
        yield left


@pytest.fixture
def client(secretariat):
    client = Client(raise_request_exception=False)
    client.force_login(secretariat)
    return client


def test_no_act_on_a_vanished_row_is_an_error(client, secretariat, cluster, unit, monkeypatch):
    values = values_for(unit)
    secretariat.unit = unit
    secretariat.save()
    answers = {}
    for route in CHANGING:
        for argument in sorted(route.arguments & ROWS.keys()):
            row = ROWS[argument]._base_manager.get(pk=values[route.key(argument, values)])
            url = route.url(values)
            with transaction.atomic():
                page = client.get(url, follow=True)
                sent = fields_of(b"".join(page).decode(errors="ignore"))
                with vanishing(row, monkeypatch) as left:
                    answers[f"{route.name} {argument}"] = client.post(url, sent).status_code, not left
                transaction.set_rollback(True)

    assert {name: status for name, (status, _gone) in answers.items() if status >= 500} == {}
    assert sum(gone for _status, gone in answers.values()) > 40


@pytest.mark.parametrize(
    ("argument", "address", "sent"),
    [
        ("incidents:incident.pk", "/incidents/{}/remove/", {"reason": "nhập trùng"}),
        ("invitee_id", "/meetings/invitees/{}/remove/", {}),
        ("invitee_id", "/meetings/invitees/{}/mark/", {"presence": "present"}),
        ("draft_id", "/documents/drafts/{}/discard/", {"revision": 2}),
        ("photo_id", "/meetings/photos/{}/edit/", {"caption": "Khai mạc", "revision": 1}),
    ],
    ids=["case", "invitee", "attendance", "draft", "photo"],
)
def test_it_is_told(client, cluster, unit, monkeypatch, argument, address, sent):
    key = values_for(unit)[argument]
    row = ROWS[argument.rpartition(".")[2]]._base_manager.get(pk=key)

    with transaction.atomic():
        with vanishing(row, monkeypatch):
            answer = client.post(address.format(key), sent)
        told = [str(message) for message in get_messages(answer.wsgi_request)]
        transaction.set_rollback(True)

    assert GONE in " ".join([*told, answer.content.decode()])


def test_whichever_way_an_act_meets_the_gap(transactional_db):
    teller = UserFactory(role="secretariat")

    def of(act):
        try:
            with transaction.atomic():
                act()
        except (DatabaseError, Task.DoesNotExist) as fault:
            return refusal_of(fault)

    attempts = {
        "read": lambda: Task.objects.get(pk=7),
        "saved": lambda: Task(pk=7, order=1).save(update_fields=["order"]),
        "what it belongs to": lambda: TaskProgress.objects.create(
            task_id=7, unit_id=7, note="x", told_at=NOW, told_by=teller
        ),
    }
    assert {how: GONE in of(act).sentence for how, act in attempts.items()} == dict.fromkeys(attempts, True)


def test_an_error_of_the_portal_stays_one(db):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Task.objects.create(text=None)

    assert refusal_of(broken.value) is None
    assert refusal_of(ValueError()) is None
