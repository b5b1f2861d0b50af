"""Who may do what: one table, asked by views and templates alike.

A view names its capability with `@requires`; one that names none is refused by a
test that walks every URL. Which *rows* a user sees is another question, answered by
each QuerySet's `visible_to`, which asks the same table whose rows the role sees. A
role that isn't in the table may do nothing and sees nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from members.models import User


Rows = TypeVar("Rows", bound="QuerySet[Any]")


class Can(enum.Enum):
    # members
    SEE_UNITS = "see units"
    LIST_UNITS = "list all units"
    MANAGE_UNITS = "manage units"
    MANAGE_PEOPLE = "manage people"
    MANAGE_CLUSTER = "manage the cluster's settings"
    READ_AUDIT = "read the audit trail"
    HELP_WITH_SIGN_IN = "ask for, or confirm, that a colleague's lost second factor is taken away"
    WATCH_MAIL = "see which e-mails wait or failed, and send them again"
    # meetings
    SEE_MEETINGS = "see meetings"
    READ_MEETING_RECORDS = "read a meeting's documents and how ready it is"
    MANAGE_MEETINGS = "plan, hold and record meetings"
    ANSWER_INVITATIONS = "reply to invitations, register speeches, propose awards, tell progress"
    # incidents
    SEE_INCIDENTS = "see the register of cases"
    RECORD_INCIDENTS = "record and change cases"
    REMOVE_INCIDENTS = "remove cases recorded by mistake"
    RECEIVE_ALERTS = "be told of grave cases at once"
    # reports
    SEE_HOME = "see the home page"
    SEE_REPORTS = "see half-year reports"
    FILL_REPORTS = "fill in half-year reports"
    WATCH_ROUNDS = "watch who has reported"
    REVIEW_REPORTS = "open rounds, return and accept reports"
    ANSWER_PROPOSALS = "enter and answer the units' proposals"
    IMPORT_FIGURES = "import figures of earlier years"
    READ_SUMMARY = "read the comparison of the cluster"
    READ_ARCHIVE = "read issued documents"
    READ_SENT_DOCUMENTS = "read issued documents that the own unit was sent, or all units may see"
    READ_DRAFTS = "read documents before they are issued"
    SIGN_OFF_DOCUMENTS = "approve documents that others prepared, or return them"
    NAME_DEPUTIES = "let somebody else approve documents for some days"
    ISSUE_DOCUMENTS = "prepare, issue and correct documents"
    READ_LIBRARY = "read the library's papers that are meant for the role"
    MANAGE_LIBRARY = "add papers to the library, change and remove them"
    MANAGE_CATALOGUE = "manage categories and indicators"


SHARED = frozenset(
    {Can.SEE_HOME, Can.SEE_UNITS, Can.SEE_REPORTS, Can.SEE_MEETINGS, Can.SEE_INCIDENTS, Can.READ_LIBRARY}
)


#: Of who answers for a document: never also of who writes it.
APPROVAL = frozenset({Can.SIGN_OFF_DOCUMENTS, Can.NAME_DEPUTIES})


class Sees(enum.Enum):
    """Whose rows a role is shown on the pages it may open."""

    NOTHING = enum.auto()
    OWN_UNIT = enum.auto()
    EVERYTHING = enum.auto()


#: What can't be done without something else: its pages are reached from there, and lead back.
NEEDS = {
    Can.LIST_UNITS: Can.SEE_UNITS,
    Can.MANAGE_UNITS: Can.LIST_UNITS,
    Can.MANAGE_CLUSTER: Can.LIST_UNITS,
    Can.READ_MEETING_RECORDS: Can.SEE_MEETINGS,
    Can.MANAGE_MEETINGS: Can.READ_MEETING_RECORDS,
    Can.ANSWER_INVITATIONS: Can.SEE_MEETINGS,
    Can.RECORD_INCIDENTS: Can.SEE_INCIDENTS,
    Can.REMOVE_INCIDENTS: Can.RECORD_INCIDENTS,
    Can.SEE_REPORTS: Can.SEE_UNITS,
    Can.FILL_REPORTS: Can.SEE_REPORTS,
    Can.WATCH_ROUNDS: Can.SEE_REPORTS,
    Can.REVIEW_REPORTS: Can.WATCH_ROUNDS,
    Can.ANSWER_PROPOSALS: Can.SEE_REPORTS,
    Can.IMPORT_FIGURES: Can.WATCH_ROUNDS,
    Can.MANAGE_CATALOGUE: Can.WATCH_ROUNDS,
    Can.READ_SUMMARY: Can.WATCH_ROUNDS,
    Can.MANAGE_LIBRARY: Can.READ_LIBRARY,
    Can.READ_DRAFTS: Can.READ_ARCHIVE,
    Can.SIGN_OFF_DOCUMENTS: Can.READ_DRAFTS,
    Can.NAME_DEPUTIES: Can.SIGN_OFF_DOCUMENTS,
    Can.ISSUE_DOCUMENTS: Can.READ_DRAFTS,
}


def with_needed(*capabilities: Can) -> frozenset[Can]:
    """The capabilities and all that they need."""
    found = set(capabilities)
    for can in capabilities:
        while can in NEEDS:
            can = NEEDS[can]
            found.add(can)
    return frozenset(found)


@dataclass(frozen=True)
class Rights:
    """What one role may do, and whose rows it sees; what isn't said is refused.

    Raises `ValueError` where something is given without what it needs.
    """

    may: frozenset[Can] = frozenset()
    sees: Sees = Sees.NOTHING
    #: In production nobody of the role gets by with a password alone (`members/second_factor.py`).
    needs_second_factor: bool = False
    #: In production a session that isn't used for so long is over (`members/idle.py`).
    idle_minutes: int = 120

    def __post_init__(self) -> None:
        if lacking := with_needed(*self.may) - self.may:
            raise ValueError(f"not given, but needed: {sorted(can.name for can in lacking)}")


ROLES: dict[str, Rights] = {
    "liaison": Rights(
        SHARED
        | {Can.FILL_REPORTS, Can.READ_AUDIT, Can.ANSWER_INVITATIONS, Can.RECORD_INCIDENTS, Can.READ_SENT_DOCUMENTS},
        Sees.OWN_UNIT,
    ),
    "chair": Rights(
        SHARED
        | {Can.LIST_UNITS, Can.WATCH_ROUNDS, Can.READ_SUMMARY, Can.READ_MEETING_RECORDS, Can.RECEIVE_ALERTS}
        | {Can.READ_ARCHIVE, Can.READ_DRAFTS, *APPROVAL, Can.HELP_WITH_SIGN_IN},
        Sees.EVERYTHING,
        needs_second_factor=True,
        idle_minutes=30,
    ),
    "secretariat": Rights(frozenset(Can) - APPROVAL, Sees.EVERYTHING, needs_second_factor=True, idle_minutes=30),
}


def rights_of(user: Any) -> Rights:
    """What `user` (possibly anonymous) may do and see; nothing for a role that isn't in the table."""
    return ROLES.get(getattr(user, "role", ""), Rights())


def allowed(user: Any, capability: Can) -> bool:
    """Whether `user` (possibly anonymous) holds the capability through their role."""
    return capability in rights_of(user).may


def roles_that_may(capability: Can) -> list[str]:
    return [role for role, rights in ROLES.items() if capability in rights.may]


def needs_unit(role: str) -> bool:
    return ROLES.get(role, Rights()).sees is Sees.OWN_UNIT


def sees_own_unit(user: Any) -> bool:
    """Whether the user's role is about one unit, so that pages needn't ask for it."""
    return needs_unit(getattr(user, "role", ""))


#: What `own_unit` is asked for a person of no unit: no row has it.
NO_UNIT = 0


def visible_rows(rows: Rows, user: User, *, own_unit: Callable[[int], Q], whole: Can | None = None) -> Rows:
    """All rows, those of the user's unit, or none, by the role: the end of every `visible_to`.

    `own_unit` names the rows of a unit by its key. `whole` is what a role must be allowed
    besides, to see more than what concerns the own unit.
    """
    sees = rights_of(user).sees
    if sees is Sees.EVERYTHING and (whole is None or allowed(user, whole)):
        return rows
    return rows.none() if sees is Sees.NOTHING else rows.filter(own_unit(user.unit_id or NO_UNIT))


class SignedInRequest(HttpRequest):
    """For annotations: what a view behind `@requires` is given."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def requires(capability: Can) -> Callable[[View], View]:
    """Guard a view: 403 for a signed-in user whose role lacks the capability."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user, capability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded

    return decorate
