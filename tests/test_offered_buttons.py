"""No page offers what will be refused: every link and button is tried, as things stand after issuing."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve, reverse

from meetings.actions import planning
from members.models import User
from reports.content import SubmissionContent
from reports.documents.actions import begin_correction, prepare_paper
from reports.submissions import actions
from tests.support.documents import issue, issued_report, sign_off
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import planned_meeting, speech_of
from tests.support.reporting import accepted_report, close_early

PAGES_OF_A_ROUTE = 4
#: What answers with a file takes long to write and offers nothing.
FILES = re.compile(r"-(pdf|docx|xlsx|csv|json|file|folder|preview|template|sheet|notice)$|:paper-(?!list|prepare)")
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
FORM = re.compile(r'<form([^>]*\smethod="post"[^>]*)>(.*?)</form>', re.DOTALL | re.IGNORECASE)
FIELD = re.compile(r"<(?:input|button)([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
#: Signing out would end the walk.
LEFT_ALONE = {"account_logout", "set_language"}


@pytest.fixture
def period(cluster, unit, secretariat):
    """A half-year issued early, with a report at every status."""
    accepted = accepted_report(unit, "2022-H1", {"ma-tuy": 3})
    others = [UnitFactory(joined_on=unit.joined_on) for _status in ("submitted", "returned", "begun", "not begun")]
    act = {"round_": accepted.round, "revision": 0, "by": secretariat, "now": NOW}
    _submitted, returned = [
        actions.submit(**act, unit=other, typed={}, content=SubmissionContent()).submission for other in others[:2]
    ]
    actions.return_report(submission=returned, comment="Sai", revision=returned.revision, by=secretariat, now=NOW)
    actions.save_typed(**act, unit=others[2], typed={})
    close_early("2022-H1")
    return issued_report("2022-H1")


@pytest.fixture
def meeting(cluster, unit, secretariat):
    """A meeting that was held, with all its papers issued."""
    record = {"conclusion": "Thống nhất.", "secretary_name": "Người Ghi", "held_on": dt.date(2022, 7, 4)}
    meeting = planned_meeting(unit, secretariat, **record)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    meeting.attendances.update(presence="present")
    speech_of(unit, meeting)
    for kind in ("GM", "BB", "TB"):
        draft = prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
        issue(sign_off(draft))
    return meeting


def name_of(address):
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None


def attributes(text):
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(text)}


def told(response):
    """What somebody who clicked is refused with, where they are led."""
    if response.status_code != 302 or not response.url.startswith("/"):
        return []
    page = response.client.get(response.url, follow=True)
    shown = page.context["messages"] if page.context else ()
    return [str(message) for message in shown if message.level_tag == "error"]


def buttons(text, address):
    """Each button of the page's forms: where it leads, and what is sent along with what is hidden in its form."""
    for head, body in FORM.findall(text):
        fields = [attributes(field) for field in FIELD.findall(body)]
        hidden = {field["name"]: field.get("value", "") for field in fields if field.get("type") == "hidden"}
        yield attributes(head).get("action") or address, hidden


def refused_offers(client):
    """From the home page on: the pages that offer something which is then refused, with the sentence."""
    waiting, seen, taken, found = [reverse("reports:home")], set(), {}, set()
    while waiting:
        address = waiting.pop()
        name = name_of(address)
        if (
            address in seen
            or name is None
            or name in LEFT_ALONE
            or FILES.search(name)
            or taken.get(name, 0) >= PAGES_OF_A_ROUTE
        ):
            continue
        seen.add(address)
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > PAGES_OF_A_ROUTE:
            continue
        with transaction.atomic():
            answer = client.get(address)
            found |= {(name, "", sentence) for sentence in told(answer)}
            transaction.set_rollback(True)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, the file is closed
        if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        for target, data in buttons(text, address):
            if name_of(target) in LEFT_ALONE:
                continue
            with transaction.atomic():
                found |= {(name, name_of(target), sentence) for sentence in told(client.post(target, data))}
                transaction.set_rollback(True)
        waiting += [unescape(link) for link in LINK.findall(text)]
    return found


@pytest.mark.parametrize("role", User.Role.values)
def test_after_issuing_nothing_is_offered_that_is_refused(role, request, as_user, period, meeting):
    assert refused_offers(as_user(request.getfixturevalue(role))) == set()


@pytest.mark.parametrize("role", User.Role.values)
def test_of_a_closed_meeting_nothing_is_offered_that_is_refused(role, request, as_user, meeting, secretariat):
    planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert refused_offers(as_user(request.getfixturevalue(role))) == set()


def test_during_a_correction_nothing_is_offered_that_is_refused(as_user, period, secretariat):
    begin_correction(document=period, by=None, now=NOW)
    assert refused_offers(as_user(secretariat)) == set()
