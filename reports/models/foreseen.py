"""What acts of the floors below mean for reports and comparisons, told before they are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from members.infrastructure.foreseeing import foresees
from members.models import Cluster, Unit, UnitMerger
from reports.models.issued import IssuedDocument
from reports.models.submissions import ReportingRound


@foresees(UnitMerger)
def merger_and_reports(merger: UnitMerger) -> Iterator[str]:
    """Who reports in rounds that are being collected, and what is compared with what from then on."""
    successions = list(merger.successions.select_related("predecessor", "successor").order_by("pk"))
    ended = {each.predecessor_id for each in successions}
    issued = IssuedDocument.objects.locked_halves()
    for opened in ReportingRound.objects.filter(closed_at=None).order_by("period"):
        if opened.period not in issued:
            yield from _round(opened, merger, ended)
    period = Period.half_containing(merger.on, Cluster.get().cut_off_rule)
    base_ends = period.same_period_last_year.last_day(Cluster.get().cut_off_rule)
    late = [each for each in successions if not each.predecessor.is_member_on(base_ends)]
    if len({each.successor_id for each in late}) < len({each.successor_id for each in successions}):
        told = _("From the %(period)s on, each new unit is compared with the figures of its former units, added up.")
        yield told % {"period": period.label}
    if late:
        told = _("No comparison with the year before for %(new)s: not members then were %(old)s.")
        yield told % {
            "new": _names(each.successor for each in late),
            "old": _names(each.predecessor for each in late),
        }


def _round(opened: ReportingRound, merger: UnitMerger, ended: set[int]) -> Iterator[str]:
    accepted = opened.submissions.accepted().values("unit")
    owed = opened.expected_units().filter(pk__in=ended).exclude(pk__in=accepted)
    if opened.ends_on < merger.on:
        if names := _names(owed):
            told = _(
                "%(period)s: still owed for the days before by %(units)s; "
                "accept these reports, or enter them from paper."
            )
            yield told % {"period": opened.period.label.capitalize(), "units": names}
        return
    sent = opened.submissions.sent().filter(unit__in=ended).select_related("unit").order_by("unit__order", "unit")
    new = Unit.objects.filter(pk__in=merger.successions.values("successor")).in_order()
    told = _("%(period)s: the report is now expected of %(units)s.")
    yield told % {"period": opened.period.label.capitalize(), "units": _names(new)}
    if names := _names(report.unit for report in sent):
        told = _("%(period)s: what %(units)s sent already counts besides; see that nothing is counted twice.")
        yield told % {"period": opened.period.label.capitalize(), "units": names}


def _names(units: Iterable[Unit]) -> str:
    return "; ".join(dict.fromkeys(str(unit) for unit in units))
