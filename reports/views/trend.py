"""How the figures went over the last periods: as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.periods import Period
from members.infrastructure.capabilities import Can, requires
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison import sources
from reports.comparison.period_states import PeriodStates, states_of
from reports.comparison.scope import Scope, offered_scopes
from reports.comparison.trend import LENGTHS, USUAL_LENGTH, Trend, trend
from reports.content import MEASURES, Measure
from reports.files import trend_workbook
from reports.layout.titles import measure_title
from reports.layout.trend_tables import build_trend_table, draw_trend_charts, trend_notes, trend_span, trend_title


@requires(Can.READ_SUMMARY)
def trend_detail(request: HttpRequest) -> HttpResponse:
    """The trend the URL names: `?until=`, `length`, `by=year`, `measure`, and `kind` or `unit`."""
    halves = _reported_halves()
    states = states_of(halves)
    if not request.GET.get("until") and states.newest_complete() is None:
        return render(request, "reports/trend_empty.html", {"collecting": [states.halves[half] for half in halves]})
    found = _asked(request.GET, states)
    if "scope" in request.GET:  # sent by the form, whose fields are not yet an address to pass on
        return redirect(f"{reverse('reports:trend-detail')}?{urlencode(found.choices)}")
    context = {
        "trend": found,
        "title": trend_title(found),
        "span": trend_span(found),
        "notes": trend_notes(found),
        "table": build_trend_table(found),
        "charts": draw_trend_charts(found),
        "newest": found.steps[-1].period,
        "query": urlencode(found.choices),
        "scope_query": urlencode(found.scope.choices),
        "halves": sorted({*halves, found.until}, reverse=True),
        "lengths": LENGTHS,
        "measures": [(measure.value, measure_title(measure)) for measure in MEASURES],
        "scopes": offered_scopes(found.scope),
    }
    return render(request, "reports/trend_detail.html", context)


@requires(Can.READ_SUMMARY)
@sends_file
def trend_xlsx_file(request: HttpRequest) -> HttpResponseBase:
    found = _asked(request.GET, states_of(_reported_halves()))
    steps = f"{found.steps[0].period}-den-{found.steps[-1].period}"
    name = f"dien-bien-{found.measure.value}-{steps}{found.scope.in_file_names}.xlsx"
    content = trend_workbook.write(found, build_letterhead(Cluster.get(), on=None))
    return send_file(content, name=name, content_type=trend_workbook.CONTENT_TYPE)


def _reported_halves() -> list[Period]:
    """The half-years with accepted reports, newest first."""
    return [period for period in sources.reported_periods() if not period.is_full_year]


def _newest_complete(states: PeriodStates) -> Period:
    newest = states.newest_complete()
    if newest is None:
        raise ValueError("no half-year is complete")
    return newest


def _asked(query: Mapping[str, str], states: PeriodStates) -> Trend:
    """The trend a query string names, up to the newest complete half unless it says so; 404 for what can't be."""
    try:
        until = Period.parse(query["until"]) if query.get("until") else _newest_complete(states)
        length = int(query.get("length", USUAL_LENGTH))
        if until.is_full_year or length not in LENGTHS:
            raise ValueError(f"no such trend: {query!r}")
        return trend(
            until=until,
            length=length,
            by_year=query.get("by") == "year",
            measure=Measure(query.get("measure", Measure.CASES.value)),
            scope=Scope.chosen(query),
            states=states,
        )
    except (ValueError, IndexError) as error:
        raise Http404(str(error)) from error
