"""What all pages of one comparison have in common: its title, its choosers, its tabs, each with an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.periods import Period
from reports.comparison import sources
from reports.comparison.asked import asked_summary
from reports.comparison.baselines import offered_baselines
from reports.comparison.period_states import PeriodStates, states_of
from reports.comparison.scope import offered_scopes
from reports.comparison.values import Summary
from reports.documents.standing import drafts_on_period, issued_on_period
from reports.layout.summary_tables import Tables, build_tables
from reports.prose import narrative, phrases

#: The tabs: by what their template is called, the address and the words.
TABS = {
    "overview": ("reports:comparison-detail", gettext_lazy("Overview")),
    "units": ("reports:comparison-units", gettext_lazy("Units")),
    "activities": ("reports:comparison-activities", gettext_lazy("Activities")),
    "figures": ("reports:comparison-figures", gettext_lazy("All figures")),
    "text": ("reports:comparison-text", gettext_lazy("Text of the report")),
}


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    is_open: bool


@dataclass(frozen=True)
class Page:
    """One period compared, as one of its tabs shows it."""

    request: HttpRequest
    summary: Summary
    states: PeriodStates

    @classmethod
    def of(cls, request: HttpRequest, period: Period) -> Page:
        states = states_of([period])
        return cls(request, asked_summary(request, period, states=states), states)

    @cached_property
    def tables(self) -> Tables:
        return build_tables(self.summary)

    def render(self, name: str, **context: Any) -> HttpResponse:
        """The tab of that name; `context` is what it shows beside what all of them show."""
        template = f"reports/comparison/{name}.html"
        return render(self.request, template, self._common | {"tabs": list(self._tabs(name))} | context)

    def _tabs(self, name: str) -> Iterator[Tab]:
        """Those with something in them; of a single unit there is no table of units."""
        query = self.request.GET.urlencode()
        for code, (url_name, label) in TABS.items():
            if code != "units" or self.tables.units.lines or self.tables.kinds.lines:
                url = reverse(url_name, args=[self.summary.period])
                yield Tab(f"{url}?{query}" if query else url, str(label), code == name)

    @property
    def _common(self) -> dict[str, Any]:
        summary, reported = self.summary, sources.reported_periods()
        return {
            "summary": summary,
            "title": self._title,
            "collecting": [state for state in self.states.of(summary.period) if not state.is_complete],
            "headline": narrative.headline(summary),
            "coverage": phrases.coverage(summary),
            "tables": self.tables,
            "periods": reported if summary.period in reported else (summary.period, *reported),
            "baselines": offered_baselines(summary),
            "scopes": offered_scopes(summary.scope),
            "query": self.request.GET.urlencode(),
            "issued": list(issued_on_period(summary)) if summary.scope.is_whole else [],
            "drafts": drafts_on_period(summary, self.request.user) if summary.scope.is_whole else [],
        }

    @property
    def _title(self) -> str:
        title = _("Comparison of the %(period)s") % {"period": self.summary.period.label}
        return f"{title} – {self.summary.scope.label}" if self.summary.scope.label else title
