"""How measures, periods and scopes are headed."""

from __future__ import annotations

from django.utils.translation import get_language

from cluster_portal.periods import Period
from reports.comparison.scope import Scope
from reports.content import Measure


def measure_title(measure: Measure) -> str:
    """The measure's heading: in Vietnamese as it is printed, otherwise the page's word."""
    return measure.label if get_language() == "vi" else str(measure.title)


def period_label(period: Period) -> str:
    """``6 tháng đầu năm 2022``, in the language that is active, fit to begin a heading."""
    return capital(period.label)


def scoped(title: str, scope: Scope) -> str:
    """A title that says whose figures follow, where they are not the whole cluster's."""
    return f"{title}: {scope.label}" if scope.label else title


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
