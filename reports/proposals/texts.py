"""What units wrote in their section of proposals, sentence by sentence, for whoever enters them as proposals."""

from __future__ import annotations

from collections.abc import Iterator

from cluster_portal.periods import Period
from reports.models import Proposal, SubmissionVersion
from reports.proposals.actions import SECTION
from reports.prose.collation import Source, Written, collate


def written_proposals(period: Period) -> dict[str, list[Written]]:
    """Of each unit that wrote some in an accepted report on the half-year, by kind of unit (two queries)."""
    taken: dict[int, set[str]] = {}
    for version, text in Proposal.objects.filter(period=period).values_list("version", "text"):
        taken.setdefault(version, set()).add(text)
    return collate(_sources(period), taken=taken)


def _sources(period: Period) -> Iterator[Source]:
    counting = SubmissionVersion.objects.filter(accepted_for__isnull=False, submission__round__period=period)
    units = counting.select_related("submission__unit").order_by("submission__unit__order", "submission__unit_id")
    for version in units:
        unit, text = version.submission.unit, version.narrative.get(SECTION, "")
        if text:
            yield Source(unit=unit.short_name, kind=unit.get_kind_display(), version=version.pk, text=text)
