"""The comparison of a period: as a page, as files, and the figures behind each number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.periods import Period
from incidents.lookups import cases_url
from members.infrastructure.capabilities import Can, requires
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison import sources
from reports.comparison.asked import asked_scope, asked_summary
from reports.comparison.baselines import offered_baselines
from reports.comparison.period_states import states_of
from reports.comparison.scope import offered_scopes
from reports.comparison.values import Summary
from reports.documents.standing import drafts_on_period, issued_on_period
from reports.files import json_file as json_export
from reports.files import pdf_file, word_file, workbook_file
from reports.files.summary_report import KEY, SummaryReport, build_report
from reports.layout.half_year_chart import draw_half_year_chart
from reports.layout.rows_behind import Selection, list_figures
from reports.layout.summary_tables import build_tables
from reports.layout.tiles import build_tiles
from reports.layout.trend_tables import trend_url
from reports.models import WordBase
from reports.prose import narrative, phrases


@requires(Can.READ_SUMMARY)
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Lead to the period asked for, or to the newest half-year that is complete."""
    periods = sources.reported_periods()
    by_text = {str(period): period for period in periods}
    states = states_of(periods)
    asked = by_text.get(request.GET.get("period", ""), states.newest_complete())
    if asked is None:
        collecting = [states.halves[half] for half in periods if half in states.halves]
        return render(request, "reports/comparison_empty.html", {"collecting": collecting})
    baseline = by_text.get(request.GET.get("baseline", ""))
    choices = {}
    if baseline and baseline != asked and baseline.is_full_year == asked.is_full_year:
        choices["baseline"] = str(baseline)
    choices |= asked_scope(request).choices
    query = f"?{urlencode(choices)}" if choices else ""
    return redirect(reverse("reports:comparison-detail", args=[asked]) + query)


@requires(Can.READ_SUMMARY)
def comparison_detail(request: HttpRequest, period: Period) -> HttpResponse:
    states = states_of([period])
    summary = asked_summary(request, period, states=states)
    tables, reported = build_tables(summary), sources.reported_periods()
    context = {
        "summary": summary,
        "collecting": [state for state in states.of(period) if not state.is_complete],
        "headline": narrative.headline(summary),
        "passages": narrative.narrative(summary),
        "described": phrases.described(summary),
        "cases_url": cases_url(summary.registered.first_day, summary.registered.last_day, **summary.scope.choices),
        "warnings": phrases.warnings(summary),
        "key": KEY,
        "tiles": build_tiles(summary),
        "tables": tables,
        "contents": tables.of_the_page,
        "chart": draw_half_year_chart(summary),
        "trend_url": trend_url(summary),
        "periods": reported if period in reported else (period, *reported),
        "baselines": offered_baselines(summary),
        "scopes": offered_scopes(summary.scope),
        "query": request.GET.urlencode(),
        "issued": list(issued_on_period(summary)) if summary.scope.is_whole else [],
        "drafts": drafts_on_period(summary, request.user) if summary.scope.is_whole else [],
    }
    return render(request, "reports/comparison_detail.html", context)


@requires(Can.READ_SUMMARY)
@sends_file
def comparison_pdf(request: HttpRequest, period: Period) -> HttpResponseBase:
    report = _report(request, period)
    return _download(pdf_file.write(report), report.summary, "pdf", pdf_file.CONTENT_TYPE)


@requires(Can.READ_SUMMARY)
@sends_file
def comparison_docx(request: HttpRequest, period: Period) -> HttpResponseBase:
    report = _report(request, period)
    return _download(
        word_file.write(report, base=WordBase.content_in_use()), report.summary, "docx", word_file.CONTENT_TYPE
    )


@requires(Can.READ_SUMMARY)
@sends_file
def comparison_xlsx(request: HttpRequest, period: Period) -> HttpResponseBase:
    report = _report(request, period)
    return _download(workbook_file.write(report), report.summary, "xlsx", workbook_file.CONTENT_TYPE)


@requires(Can.READ_SUMMARY)
@sends_file
def comparison_json(request: HttpRequest, period: Period) -> HttpResponseBase:
    summary = asked_summary(request, period)
    return _download(json_export.write(summary), summary, "json", "application/json")


@requires(Can.READ_SUMMARY)
def figure_list(request: HttpRequest, period: Period) -> HttpResponse:
    """The accepted figures that add up to one number of the summary."""
    try:
        figures = list_figures(Selection.parse(period, request.GET))
    except ValueError as error:
        raise Http404(str(error)) from error
    return render(request, "reports/figure_list.html", {"figures": figures, "selection": figures.selection})


def _report(request: HttpRequest, period: Period) -> SummaryReport:
    return build_report(asked_summary(request, period), build_letterhead(Cluster.get()))


def _download(content: bytes, summary: Summary, suffix: str, content_type: str) -> HttpResponseBase:
    name = f"so-sanh-{summary.period}-voi-{summary.baseline}{summary.scope.in_file_names}.{suffix}"
    return send_file(content, name=name, content_type=content_type)
