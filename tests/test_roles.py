"""A role gets what the table of rights gives it, and nothing else; no page leads where its reader is refused."""

import re
from functools import partial
from html import unescape

import pytest
from django.apps import apps
from django.urls import Resolver404, resolve, reverse

from meetings.models import Meeting, TaskProgress
from members.infrastructure.capabilities import ROLES, Can, Rights, Sees, allowed, with_needed
from members.models import AuditEntry, User
from reports.documents import actions
from reports.models import IssuedDocument, Kind
from reports.views.home import HOMES
from tests.support.documents import issue, sign_off
from tests.support.factories import NOW, UserFactory
from tests.support.meetings import planned_meeting
from tests.support.url_args import values_for

SCOPED = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]
PAGES_OF_A_ROUTE = 3

pytestmark = pytest.mark.usefixtures("_empty_pdfs")


@pytest.fixture
def full(unit, cluster):
    """Rows of every kind that could leak."""
    values = values_for(unit)
    TaskProgress.objects.create(
        task_id=values["task_id"], unit=unit, note="Đang làm", told_at=NOW, told_by=UserFactory()
    )
    meeting = Meeting.objects.get(pk=values["meeting_id"])
    invitation = issue(sign_off(actions.prepare_paper(meeting=meeting, kind=Kind.INVITATION, by=None, now=NOW)))
    for document in (invitation, IssuedDocument.objects.get(pk=values["document_id"])):
        actions.begin_correction(document=document, by=None, now=NOW)
    actions.prepare_paper(meeting=meeting, kind=Kind.MINUTES, by=None, now=NOW)
    return values


@pytest.fixture
def observer(unit, monkeypatch):
    """A person of a role that the table doesn't know; `observer(Rights(…))` puts it there."""

    def person(rights=None):
        if rights is not None:
            person.give(rights)
        return UserFactory(role="observer", unit=unit)

    person.give = partial(monkeypatch.setitem, ROLES, "observer")
    return person


def test_the_table_of_rights_knows_every_role_and_no_other():
    assert sorted(ROLES) == sorted(User.Role.values)


def test_every_role_has_a_home():
    assert sorted(HOMES) == sorted(User.Role.values)


def test_nobody_is_given_what_needs_something_they_are_not_given():
    with pytest.raises(ValueError, match="SEE_UNITS"):
        Rights(frozenset({Can.MANAGE_UNITS, Can.LIST_UNITS}))


def seen_by(user):
    """The names of the models of which the user sees a row."""
    return {model.__name__ for model in SCOPED if model._default_manager.all().visible_to(user).exists()}


def test_who_sees_everything_sees_a_row_of_each_kind(full, secretariat):
    assert seen_by(secretariat) == {model.__name__ for model in SCOPED}


def test_a_role_nobody_gave_rights_sees_no_row(full, observer):
    assert seen_by(observer()) == set()


def test_a_role_that_may_do_all_but_was_given_no_rows_sees_none(full, observer):
    assert seen_by(observer(Rights(frozenset(Can)))) == set()


def test_who_sees_one_unit_but_has_none_sees_no_row_without_a_unit(full, observer):
    nobody = observer(Rights(frozenset(Can), Sees.OWN_UNIT))
    nobody.unit = None

    assert seen_by(nobody) == set()


def test_a_role_that_isnt_in_the_table_is_told_so(as_user, observer, cluster):
    page = as_user(observer()).get(reverse("reports:home"))

    assert page.status_code == 403
    assert "observer" in page.content.decode()


def test_a_role_without_a_home_of_its_own_gets_nobody_elses(as_user, observer, full):
    page = as_user(observer(Rights(frozenset({Can.SEE_HOME})))).get(reverse("reports:home"))

    assert page.templates[0].name == "reports/home_plain.html"
    assert not page.context["meetings"].meeting


def test_whoever_sees_all_meetings_sees_no_plan_of_one(as_user, observer, meeting_in_planning):
    reader = observer(Rights(frozenset({Can.SEE_MEETINGS}), Sees.EVERYTHING))

    assert as_user(reader).get(meeting_in_planning.get_absolute_url()).status_code == 404


def test_a_reader_of_the_archive_sees_no_drafts(as_user, observer, full):
    page = as_user(observer(Rights(frozenset({Can.READ_ARCHIVE}), Sees.EVERYTHING))).get(
        reverse("reports:document-list")
    )

    assert list(page.context["drafts"]) == []


@pytest.fixture
def meeting_in_planning(unit, cluster):
    return planned_meeting(unit, by=None)


# What a page leads to

LINK = re.compile(r'(?:href|hx-get)="([^"#]*)')
FORM = re.compile(r'<form[^>]*\smethod="post"[^>]*>', re.IGNORECASE)
ACTION = re.compile(r'(?:action|hx-post)="([^"]*)"')


def asked(path):
    """What the view at the address asks for; nothing for addresses of files and of other hosts."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return None, None
    return found.view_name, getattr(found.func, "capability", None)


def refusals(client, user, starts, *, pages=PAGES_OF_A_ROUTE):
    """Every link and button met from `starts` on that is refused to the user, with the page it stands on."""
    waiting, seen, found, taken = [(start, "") for start in starts], set(), set(), {}
    while waiting:
        address, origin = waiting.pop()
        name, _capability = asked(address)
        if address in seen or name is None or taken.get(name, 0) >= pages:
            continue
        seen.add(address)
        taken[name] = taken.get(name, 0) + 1
        answer = client.get(address)
        if answer.status_code in (403, 404):
            found.add((asked(origin)[0] if origin else "start", name, answer.status_code))
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, the file is closed
        if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        for form in FORM.findall(text):
            action = ACTION.search(form)
            target, capability = asked(unescape(action[1]) if action and action[1] else address)
            if capability and not allowed(user, capability):
                found.add((name, target, "button"))
        waiting += [(unescape(link), address) for link in LINK.findall(text) if link.startswith("/")]
    return found


@pytest.mark.parametrize("role", User.Role.values)
def test_no_page_leads_a_role_where_it_is_refused(role, request, client, full):
    user = request.getfixturevalue(role)
    client.force_login(user)

    assert refusals(client, user, [reverse("reports:home")]) == set()


@pytest.mark.one_database
@pytest.mark.parametrize("sees", [Sees.EVERYTHING, Sees.OWN_UNIT])
def test_no_page_leads_a_new_role_where_it_is_refused(sees, client, observer, full):
    """A role for each capability: beside the home page it may do this one thing, and what that needs."""
    found = {}
    user = observer()
    client.force_login(user)
    for can in Can:
        observer.give(Rights(with_needed(Can.SEE_HOME, can), sees))
        if refused := refusals(client, user, [reverse("reports:home")], pages=1):
            found[can] = refused

    assert found == {}


@pytest.fixture
def pages(client, secretariat, full):
    """One page of each route, met by following links, with the capabilities that its own content leads to."""
    client.force_login(secretariat)
    waiting, routes, found = [reverse("reports:home")], set(), {}
    while waiting:
        address = waiting.pop()
        name, _capability = asked(address)
        if name is None or name in routes:
            continue
        routes.add(name)
        text = content_of(client.get(address))
        found[address] = {capability for _target, capability in led_to(text, address)}
        waiting += [unescape(link) for link in LINK.findall(text) if link.startswith("/")]
    return found


def content_of(answer):
    """What the page itself says, without the navigation around it; of a file nothing."""
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, the file is closed
        return ""
    is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
    return answer.content.decode().partition("<main")[2] if is_page else ""


def led_to(text, address):
    """What the links and buttons of a page lead to, with the capability each asks for."""
    links = [unescape(link) for link in LINK.findall(text) if link.startswith("/")]
    actions = [ACTION.search(form) for form in FORM.findall(text)]
    buttons = [unescape(action[1]) if action and action[1] else address for action in actions]
    return {asked(target) for target in (*links, *buttons)}


def test_no_page_leads_a_role_that_lacks_one_thing_where_it_is_refused(client, observer, pages):
    """A role for each capability: it may do all that doesn't need it, so that it gets to pages that ask for two."""
    found = set()
    client.force_login(observer())
    for can in Can:
        rest = frozenset(other for other in Can if can not in with_needed(other))
        observer.give(Rights(rest, Sees.EVERYTHING))
        for address, capabilities in pages.items():
            name, capability = asked(address)
            if can in capabilities and capability in rest:
                leading = led_to(content_of(client.get(address)), address)
                found |= {(can.name, name, target) for target, asks in leading if asks is can}

    assert sorted(found) == []


def test_the_trail_of_the_cluster_is_for_who_manages_it(observer, full):
    reader = observer(Rights(frozenset({Can.READ_AUDIT}), Sees.EVERYTHING))

    assert set(AuditEntry.objects.visible_to(reader).values_list("unit_id", flat=True)) <= {reader.unit_id}
