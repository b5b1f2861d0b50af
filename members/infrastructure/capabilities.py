"""Who may do what: one table, asked by views and templates alike.

A view names its capability with `@requires`; one that names none is refused by a
test that walks every URL. Which *rows* a user sees is another question, answered by
each QuerySet's `visible_to`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from members.models import User


class Can(enum.Enum):
    # members
    SEE_UNITS = "see units"
    LIST_UNITS = "list all units"
    MANAGE_UNITS = "manage units"
    MANAGE_PEOPLE = "manage people"
    MANAGE_CLUSTER = "manage the cluster's settings"
    READ_AUDIT = "read the audit trail"
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
    IMPORT_FIGURES = "import figures of earlier years"
    READ_SUMMARY = "read the comparison of the cluster"
    READ_ARCHIVE = "read issued documents"
    SIGN_OFF_DOCUMENTS = "sign off documents before they are issued"
    ISSUE_DOCUMENTS = "prepare, issue and correct documents"
    MANAGE_CATALOGUE = "manage categories and indicators"


SHARED = frozenset({Can.SEE_HOME, Can.SEE_UNITS, Can.SEE_REPORTS, Can.SEE_MEETINGS, Can.SEE_INCIDENTS})

ROLE_CAPABILITIES: dict[str, frozenset[Can]] = {
    "liaison": SHARED | {Can.FILL_REPORTS, Can.READ_AUDIT, Can.ANSWER_INVITATIONS, Can.RECORD_INCIDENTS},
    "chair": SHARED
    | {Can.LIST_UNITS, Can.WATCH_ROUNDS, Can.READ_SUMMARY, Can.READ_MEETING_RECORDS, Can.RECEIVE_ALERTS}
    | {Can.READ_ARCHIVE, Can.SIGN_OFF_DOCUMENTS},
    "secretariat": frozenset(Can),
}


def allowed(user: Any, capability: Can) -> bool:
    """Whether `user` (possibly anonymous) holds the capability through their role."""
    return capability in ROLE_CAPABILITIES.get(getattr(user, "role", ""), frozenset())


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
