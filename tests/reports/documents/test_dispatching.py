"""What an issued document does next: sent to its recipients, read by units, all of it in the log."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from members.infrastructure.outbox.letters import Letter
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Cluster
from reports.documents.dispatching import dispatch_log, note_reading, send_document, units_to_send
from reports.models import Dispatch, DocumentReading, IssuedDocument
from tests.support.documents import issue, issued_report, paper_sent_to, signed_off_draft
from tests.support.factories import NOW, UnitFactory, UserFactory
from tests.support.meetings import planned_meeting
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

ORIGIN = "https://portal.example.vn/"


@pytest.fixture
def document(cluster, unit, other_unit):
    for period in ("2021-H1", "2022-H1"):
        for each in (unit, other_unit):
            accepted_report(each, period, {THEFT: 4})
    return issued_report()


@pytest.fixture
def paper(document, unit, secretariat):
    """A document that one unit alone was sent and no setting shows to others."""
    return paper_sent_to(unit, planned_meeting(unit, secretariat))


def send(document, *units, others=(), by=None):
    return send_document(document=document, units=units, others=others, by=by, now=NOW, origin=ORIGIN)


def visible(person):
    return list(IssuedDocument.objects.visible_to(person).in_order())


def unread(person):
    return list(IssuedDocument.objects.unread_by(person))


# the act


def test_units_are_sent_to_in_the_portal_and_their_liaisons_written_to(document, unit, liaison, secretariat):
    sent = send(document, unit, by=secretariat)
    assert (sent.recipients, sent.letters, sent.unreachable) == (1, 1, ())
    row = Dispatch.objects.get()
    assert (row.unit, row.recipient, row.way, row.people_mailed, row.sent_by) == (
        unit,
        unit.name,
        "portal",
        1,
        secretariat,
    )
    letter = Letter.objects.get(kind="document_sent")
    assert letter.address == liaison.email
    assert f"{ORIGIN}documents/sent/{document.pk}/" in letter.body
    assert document.notation in letter.subject
    entry = AuditEntry.objects.get(verb="document.sent")
    assert entry.changes["recipients"] == [None, [unit.name]]


def test_liaisons_who_left_are_not_written_to(document, unit, liaison):
    liaison.is_active = False
    liaison.save()
    sent = send(document, unit)
    assert (sent.letters, sent.unreachable) == (0, (unit.name,))
    assert Dispatch.objects.get().people_mailed == 0


def test_whom_it_goes_to_on_paper_is_noted(document, unit):
    send(document, unit, others=["UBND huyện", "ubnd HUYỆN", unit.name])
    assert sorted(Dispatch.objects.values_list("recipient", "way")) == sorted(
        [("UBND huyện", "paper"), (unit.name, "portal")]
    )


def test_nobody_is_sent_it_twice(document, unit, other_unit, liaison):
    send(document, unit, others=["UBND huyện"])
    again = send(document, unit, other_unit, others=["UBND huyện"])
    assert again.recipients == 1
    assert (Dispatch.objects.count(), Letter.objects.filter(kind="document_sent").count()) == (3, 1)
    with pytest.raises(Refused):
        send(document, unit)


def test_the_database_keeps_one_sending_a_unit(document, unit):
    send(document, unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(document=document, unit=unit, recipient="Tên khác", way="portal", sent_at=NOW)


def test_what_was_replaced_is_not_sent_any_more(document, unit):
    issue(signed_off_draft(corrects=document))
    with pytest.raises(Refused, match="thay thế bằng 02/BC"):
        send(IssuedDocument.objects.get(pk=document.pk), unit)
    assert not Dispatch.objects.exists()


def test_members_that_were_not_sent_it_are_offered(document, unit, other_unit):
    UnitFactory(left_on=dt.date(2020, 1, 1), joined_on=dt.date(2015, 1, 1))
    send(document, unit)
    assert list(units_to_send(document, today=localdate(NOW))) == [other_unit]


# who may read


def test_a_unit_reads_what_it_was_sent_and_no_other_does(paper, liaison, other_liaison):
    Cluster.objects.update(units_see_comparison=False)
    assert visible(liaison) == [paper]
    assert visible(other_liaison) == []


@pytest.mark.parametrize("may_see", [True, False])
def test_units_see_the_issued_comparison_as_the_setting_says(document, liaison, may_see, as_user):
    Cluster.objects.update(units_see_comparison=may_see)
    assert visible(liaison) == ([document] if may_see else [])
    answer = as_user(liaison).get(reverse("reports:sent-detail", args=[document.pk]))
    assert answer.status_code == (200 if may_see else 404)


def test_the_comparison_is_shown_by_default(cluster):
    assert Cluster.get().units_see_comparison
    assert Cluster().units_see_comparison


def test_a_comparison_that_was_replaced_is_not_shown_to_who_was_not_sent_it(document, liaison):
    correction = issue(signed_off_draft(corrects=document))
    assert visible(liaison) == [correction]


@pytest.mark.parametrize(("joined", "left"), [("2022-08-01", None), ("2015-01-01", "2022-07-01")])
def test_who_was_no_member_when_it_was_issued_is_not_shown_the_comparison(document, liaison, unit, joined, left):
    unit.joined_on, unit.left_on = dt.date.fromisoformat(joined), left and dt.date.fromisoformat(left)
    unit.save()
    liaison.refresh_from_db()
    assert visible(liaison) == []


def test_a_person_of_no_unit_reads_nothing_by_it(paper, chair, secretariat):
    assert unread(chair) == unread(secretariat) == []
    assert paper in visible(chair)
    send(paper, others=["UBND huyện"])  # whose row names no unit either
    assert unread(chair) == []


# read


def test_the_first_reading_of_each_person_is_kept(paper, unit, liaison):
    colleague = UserFactory(role="liaison", unit=unit)
    for person, later in ((liaison, 0), (liaison, 5), (colleague, 1)):
        note_reading(paper, person, now=NOW + dt.timedelta(days=later))
    kept = DocumentReading.objects.values_list("person", "unit", "read_at")
    assert set(kept) == {(liaison.pk, unit.pk, NOW), (colleague.pk, unit.pk, NOW + dt.timedelta(days=1))}


def test_readings_of_who_was_not_sent_it_are_not_kept(paper, other_liaison, secretariat):
    for person in (other_liaison, secretariat):
        note_reading(paper, person, now=NOW)
    assert not DocumentReading.objects.exists()


def test_what_a_person_has_opened_is_read_by_that_person_alone(paper, unit, liaison):
    colleague = UserFactory(role="liaison", unit=unit)
    note_reading(paper, liaison, now=NOW)
    assert (unread(liaison), unread(colleague)) == ([], [paper])


def test_the_log_says_to_whom_how_and_who_has_read_it(document, unit, other_unit, liaison):
    send(document, unit, other_unit, others=["UBND huyện"])
    note_reading(document, liaison, now=NOW)
    told = [
        (
            line.dispatch.recipient,
            line.dispatch.way,
            [letter.address for letter in line.letters],
            [str(reading.person) for reading in line.readings],
        )
        for line in dispatch_log(document)
    ]
    assert sorted(told) == sorted(
        [
            (unit.name, "portal", [liaison.email], [str(liaison)]),
            (other_unit.name, "portal", [], []),
            ("UBND huyện", "paper", [], []),
        ]
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_three_queries(document, django_assert_num_queries, count):
    send(document, *(UnitFactory() for _number in range(count)))
    with django_assert_num_queries(3):
        dispatch_log(document)


# pages


def test_sent_by_the_secretariat_read_by_a_unit_and_told_in_the_log(as_user, secretariat, liaison, document, unit):
    url = reverse("reports:document-send", args=[document.pk])
    office = as_user(secretariat)
    ticked = office.get(url).context["form"]["units"].value()
    assert unit.pk in ticked
    office.post(url, {"units": ticked, "others": "UBND huyện;\n"})

    reader = as_user(liaison)
    shown = reader.get(reverse("reports:home"))
    home = shown.content.decode()
    assert shown.context["bell"].sentences == ("Có 1 văn bản chưa xem",)
    there = reverse("reports:sent-detail", args=[document.pk])
    assert there in home
    assert reader.get(there).status_code == 200
    assert there not in reader.get(reverse("reports:home")).content.decode()

    log = as_user(secretariat).get(document.get_absolute_url()).content.decode()
    assert "UBND huyện" in log
    assert "đã xem" in log
    assert str(liaison) in log


def test_nobody_named_is_told_beside_the_field(as_user, secretariat, document):
    answer = as_user(secretariat).post(reverse("reports:document-send", args=[document.pk]), {"others": " ; \n"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["units"]
    assert not Dispatch.objects.exists()


def test_a_recipient_that_is_too_long_is_told_and_stays_typed(as_user, secretariat, document):
    typed = "Rất dài " * 60
    answer = as_user(secretariat).post(reverse("reports:document-send", args=[document.pk]), {"others": typed})
    assert answer.context["form"].errors["others"]
    assert typed.strip() in answer.content.decode()


def test_units_nobody_can_be_written_to_are_named(as_user, secretariat, document, other_unit):
    url = reverse("reports:document-send", args=[document.pk])
    told = as_user(secretariat).post(url, {"units": [other_unit.pk]}, follow=True)
    assert other_unit.name in " ".join(str(message) for message in told.context["messages"])


def test_a_unit_takes_the_files_it_may_read_and_no_others(as_user, liaison, other_liaison, paper):
    url = reverse("reports:sent-file", args=[paper.pk, "pdf"])
    assert as_user(liaison).get(url).getvalue() == bytes(paper.files.get(form="pdf").content)
    assert DocumentReading.objects.get().person == liaison
    assert as_user(other_liaison).get(url).status_code == 404


def test_the_archive_stays_closed_to_units(as_user, liaison, paper):
    for name in ("document-detail", "document-send"):
        assert as_user(liaison).get(reverse(f"reports:{name}", args=[paper.pk])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_a_unit_takes_as_many_queries_for_one_as_for_three(
    as_user, liaison, unit, document, django_assert_num_queries, count, secretariat
):
    for number in range(count):
        paper = IssuedDocument.objects.create(
            kind="TB", year=2022, number=number + 1, notation=f"{number}/TB", subject="X", issuer="X",
            issued_on=NOW, issued_at=NOW, meeting=planned_meeting(unit, secretariat), code=f"C{number}", search_text="",
        )  # fmt: skip
        send(paper, unit)
    client = as_user(liaison)
    client.get(reverse("reports:sent-list"))
    with django_assert_num_queries(7):
        assert len(client.get(reverse("reports:sent-list")).context["page"].object_list) == count + 1
