"""The comparison a request asks for: of which period, against which, and over whom."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from members.infrastructure.refusals import Refused
from reports.comparison.period_states import PeriodStates, states_of
from reports.comparison.scope import Scope, UnknownScope
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary


def asked_summary(request: HttpRequest, period: Period, *, states: PeriodStates | None = None) -> Summary:
    """The summary the URL names by `?baseline=` and `?kind=` or `?unit=`; 404 for what can't be.

    `states` of the period where they are known already.
    """
    try:
        baseline = Period.parse(request.GET["baseline"]) if "baseline" in request.GET else None
        states = states or states_of([period])
        require_both_halves(period, states)
        require_earlier_base(period, baseline)
        is_collecting = states.is_collecting(period)
        scope = Scope.parse(request.GET)
        return summarise(current=period, baseline=baseline, scope=scope, is_collecting=is_collecting)
    except ValueError as error:
        raise Http404(str(error)) from error


def require_both_halves(period: Period, states: PeriodStates) -> None:
    """Refuse to show half a year as a year; a base that is half a year is no base, and the summary says so."""
    if told := states.half_year_told(period):
        raise Refused(told)


def require_earlier_base(period: Period, baseline: Period | None) -> None:
    """Refuse to tell a rise or fall backwards: what came later is no base.

    Who is compared with whom is read from the first day of the base on to the last of the
    period. Periods of different lengths are refused elsewhere, whatever their order.
    """
    if baseline and baseline.is_full_year == period.is_full_year and baseline > period:
        raise Refused(
            _("The %(period)s can only be compared with an earlier period, not with the %(base)s.")
            % {"period": period.label, "base": baseline.label}
        )


def asked_scope(request: HttpRequest) -> Scope:
    """Whose figures a form of choices asks for; 404 for a kind that isn't there."""
    try:
        return Scope.chosen(request.GET)
    except UnknownScope as error:
        raise Http404(str(error)) from error
