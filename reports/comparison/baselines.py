"""What a period is usually compared with, each one click away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from reports.comparison.values import Summary


@dataclass(frozen=True)
class Baseline:
    """A period to compare with: how it is called, and the page that does."""

    label: str
    url: str
    is_chosen: bool


def offered_baselines(summary: Summary) -> tuple[Baseline, ...]:
    """The same period a year before and, for a half-year, the half before it; other choices stay as they are."""
    same, before = summary.period.same_period_last_year, summary.period.previous
    offered = [(_("the same period a year before"), same)]
    if before != same:
        offered.append((_("the half-year before"), before))
    return tuple(
        Baseline(f"{name}: {baseline.label}", comparison_url(summary, baseline), baseline == summary.baseline)
        for name, baseline in offered
    )


def comparison_url(summary: Summary, baseline: Period) -> str:
    """The page of the summary's period beside another baseline."""
    query = replace(summary, baseline=baseline).choices
    page = reverse("reports:comparison-detail", args=[summary.period])
    return f"{page}?{urlencode(query)}" if query else page
