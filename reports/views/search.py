"""One search over all that a person may see: units, cases, documents, papers, meetings, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting
from cluster_portal.door import LONGEST_SEARCH
from incidents.models import Incident
from meetings.models import Meeting
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.models import Unit, User
from reports.models import IssuedDocument, LibraryPaper

#: Of each kind the first so many are shown; the kind's own list has them all, or the page says that there are more.
SHOWN = 6


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search words"), required=False, max_length=LONGEST_SEARCH)


@dataclass(frozen=True)
class Hit:
    """A thing that was found: its name, what tells it from others, its page."""

    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing people look for: who may, how it is found and told, and the list that has all of it."""

    heading: Promise
    can: Can
    find: Callable[[User, str], Iterable[Any]]
    tell: Callable[[Any], Hit]
    listed: str = ""
    #: The list leaves some out, as former members, unless it is asked for all.
    asks_for_all: bool = False


@dataclass(frozen=True)
class Found:
    """The first things of a kind; where there `is_more`, `all_url` leads to the list of that kind, if it has one."""

    heading: Promise
    hits: list[Hit]
    is_more: bool
    all_url: str


def _unit(unit: Unit) -> Hit:
    return Hit(unit.name, str(unit.get_kind_display()), unit.get_absolute_url())


def _case(case: Incident) -> Hit:
    return Hit(str(case), case.place, case.get_absolute_url())


def _document(document: IssuedDocument) -> Hit:
    day = formatting.date(document.issued_on)
    return Hit(document.subject, f"{document.notation} · {day}", document.get_absolute_url())


def _sent_document(document: IssuedDocument) -> Hit:
    told = _document(document)
    return Hit(told.name, told.detail, reverse("reports:sent-detail", args=[document.pk]))


def _paper(paper: LibraryPaper) -> Hit:
    facts = (paper.number, formatting.date(paper.issued_on), paper.issuer)
    return Hit(paper.subject, " · ".join(fact for fact in facts if fact), paper.get_absolute_url())


def _meeting(meeting: Meeting) -> Hit:
    return Hit(meeting.title, f"{formatting.date(meeting.held_on)} · {meeting.place}", meeting.get_absolute_url())


def _person(person: User) -> Hit:
    of = person.unit.short_name if person.unit else str(person.get_role_display())
    return Hit(person.full_name, of, reverse("members:person-edit", args=[person.pk]))


def _documents(user: User, typed: str) -> Iterable[IssuedDocument]:
    found = IssuedDocument.objects.visible_to(user).matching(typed).in_order()
    return found.defer("summary", "search_text", "text")


def _cases(user: User, typed: str) -> Iterable[Incident]:
    found = Incident.objects.visible_to(user).with_words(typed).order_by("-happened_on", "-pk")
    return found.select_related("unit", "category")


KINDS = (
    Kind(
        _("Units"),
        Can.LIST_UNITS,
        lambda user, typed: Unit.objects.visible_to(user).matching(typed).in_order(),
        _unit,
        "members:unit-list",
        asks_for_all=True,
    ),
    Kind(_("Documents"), Can.READ_ARCHIVE, _documents, _document, "reports:document-list"),
    Kind(_("Documents"), Can.READ_SENT_DOCUMENTS, _documents, _sent_document),
    Kind(
        _("Meetings"),
        Can.SEE_MEETINGS,
        lambda user, typed: Meeting.objects.visible_to(user).matching(typed).latest_first(),
        _meeting,
    ),
    Kind(_("Cases"), Can.SEE_INCIDENTS, _cases, _case, "incidents:incident-list"),
    Kind(
        _("Library"),
        Can.READ_LIBRARY,
        lambda user, typed: LibraryPaper.objects.visible_to(user).matching(typed).in_order(),
        _paper,
        "reports:library-list",
        asks_for_all=True,
    ),
    Kind(
        _("People"),
        Can.MANAGE_PEOPLE,
        lambda user, typed: User.objects.matching(typed).in_order().select_related("unit"),
        _person,
        "members:person-list",
        asks_for_all=True,
    ),
)


@requires(Can.SEE_HOME)
def search(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    typed = cast(str, form.cleaned_data["q"]) if form.is_valid() else ""
    found = list(_found(request.user, typed)) if typed else []
    return render(request, "reports/search.html", {"form": form, "typed": typed, "found": found})


def _found(user: User, typed: str) -> Iterator[Found]:
    for kind in KINDS:
        if not allowed(user, kind.can):
            continue
        things = list(islice(kind.find(user, typed), SHOWN + 1))
        if things:
            is_more = len(things) > SHOWN
            all_url = _list_of(kind, typed) if is_more and kind.listed else ""
            yield Found(kind.heading, [kind.tell(thing) for thing in things[:SHOWN]], is_more, all_url)


def _list_of(kind: Kind, typed: str) -> str:
    asked = {"q": typed} | ({"status": "all"} if kind.asks_for_all else {})
    return f"{reverse(kind.listed)}?{urlencode(asked)}"
