"""The half-year of the whole cluster, compared with the same period a year before.

`summarise()` gives one finished object of plain values; the page, the PDF and the
other files only lay it out, so that they can't disagree. `None` means "not reported".
"""

from __future__ import annotations

from cluster_portal.periods import Period
from cluster_portal.remembered import remembered
from reports.comparison import sources
from reports.comparison.reading import Reading
from reports.comparison.rows import compose_summary
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import Sources
from reports.comparison.values import Summary

__all__ = ["Summary", "summarise"]

HISTORY_LENGTH = 6
#: So many summaries a process remembers; each takes some 300 KB.
REMEMBERED = 12


def summarise(
    *, current: Period, baseline: Period | None = None, scope: Scope = WHOLE_CLUSTER, is_collecting: bool = False
) -> Summary:
    """Compare the accepted reports of `current` with those of `baseline` (a year before, unless said otherwise).

    `scope` takes only units of a kind, or one with what it took over. The two periods
    must be of one length; a ValueError says so, also where there is no such unit. Nothing is
    compared while the period is being collected, which `period_states` knows.
    """
    baseline = baseline or current.same_period_last_year
    if current.is_full_year != baseline.is_full_year or baseline == current:
        raise ValueError(f"{current} can't be compared with {baseline}")
    found = sources.load(current, baseline, past=HISTORY_LENGTH)
    return compose(found, scope=scope, is_collecting=is_collecting)


@remembered(REMEMBERED)
def compose(found: Sources, *, scope: Scope = WHOLE_CLUSTER, is_collecting: bool = False) -> Summary:
    """The summary of what was fetched: for the same figures it is put together once."""
    return compose_summary(Reading.of(found, scope=scope, is_collecting=is_collecting))
