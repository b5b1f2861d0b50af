"""The comparison of a period: as a page, as files, and the figures behind each number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cluster_portal.files.sending import send_file, sends_file, show_pdf
from cluster_portal.periods import Period
from incidents.lookups import cases_url
from members.infrastructure.capabilities import Can, requires
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison import sources
from reports.comparison.asked import asked_scope, asked_summary
from reports.comparison.period_states import states_of
from reports.comparison.values import Summary
from reports.files import json_file as json_export
from reports.files import pdf_file, word_file, workbook_file
from reports.files.summary_report import KEY, SummaryReport, build_report
from reports.layout.folded_rows import fold
from reports.layout.half_year_chart import draw_half_year_chart, draw_half_year_sparkline
from reports.layout.rows_behind import Selection, list_figures
from reports.layout.tiles import build_tiles
from reports.layout.trend_tables import trend_url
from reports.layout.unit_grid import build_unit_grid
from reports.models import WordBase
from reports.prose import narrative, phrases
from reports.views.comparison_page import Page


@requires(Can.READ_SUMMARY)
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Lead to the period asked for, or to the newest half-year that is complete."""
    periods = sources.reported_periods()
    by_text = {str(period): period for period in periods}
    states = states_of(periods)
    asked = by_text.get(request.GET.get("period", ""), states.newest_complete())
    if asked is None:
        collecting = [states.halves[half] for half in periods if half in states.halves]
        return render(request, "reports/comparison/empty.html", {"collecting": collecting})
    baseline = by_text.get(request.GET.get("baseline", ""))
    choices = {}
    if baseline and baseline != asked and baseline.is_full_year == asked.is_full_year:
        choices["baseline"] = str(baseline)
    choices |= asked_scope(request).choices
    query = f"?{urlencode(choices)}" if choices else ""
    return redirect(reverse("reports:comparison-detail", args=[asked]) + query)


@requires(Can.READ_SUMMARY)
def comparison_detail(request: HttpRequest, period: Period) -> HttpResponse:
    """The essential: large numbers, what to know before trusting them, the cases by category, their course."""
    page = Page.of(request, period)
    return page.render(
        "overview",
        tiles=build_tiles(page.summary),
        sparkline=draw_half_year_sparkline(page.summary),
        described=phrases.described(page.summary),
        cases_url=cases_url(
            page.summary.registered.first_day, page.summary.registered.last_day, **page.summary.scope.choices
        ),
        warnings=phrases.warnings(page.summary),
        key=KEY,
        categories=fold(page.tables.categories),
        chart=draw_half_year_chart(page.summary),
        trend_url=trend_url(page.summary),
    )


@requires(Can.READ_SUMMARY)
def comparison_units(request: HttpRequest, period: Period) -> HttpResponse:
    page = Page.of(request, period)
    return page.render("units", grid=build_unit_grid(page.summary), units=fold(page.tables.units))


@requires(Can.READ_SUMMARY)
def comparison_activities(request: HttpRequest, period: Period) -> HttpResponse:
    return Page.of(request, period).render("activities")


@requires(Can.READ_SUMMARY)
def comparison_figures(request: HttpRequest, period: Period) -> HttpResponse:
    """Every figure of every category and unit, in wide tables."""
    return Page.of(request, period).render("figures")


@requires(Can.READ_SUMMARY)
def comparison_text(request: HttpRequest, period: Period) -> HttpResponse:
    page = Page.of(request, period)
    return page.render("text", passages=narrative.narrative(page.summary))


@requires(Can.READ_SUMMARY)
@sends_file
def comparison_pdf(request: HttpRequest, period: Period) -> HttpResponseBase:
    report = _report(request, period)
    return show_pdf(pdf_file.write(report), name=_file_name(report.summary, "pdf"))


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
    return build_report(asked_summary(request, period), build_letterhead(Cluster.get(), on=None))


def _download(content: bytes, summary: Summary, suffix: str, content_type: str) -> HttpResponseBase:
    return send_file(content, name=_file_name(summary, suffix), content_type=content_type)


def _file_name(summary: Summary, suffix: str) -> str:
    return f"so-sanh-{summary.period}-voi-{summary.baseline}{summary.scope.in_file_names}.{suffix}"
