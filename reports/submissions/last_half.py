"""What a unit wrote half a year before: to take over and change, and to be asked about where nothing was changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cluster_portal.periods import Period
from reports.models import SubmissionVersion

#: A shorter text may well be the same twice, such as “Không có”.
FEWEST_WORDS = 6


@dataclass(frozen=True)
class LastHalf:
    """The sections of the report before, by their code; empty where the unit sent none."""

    label: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, unit_id: int, period: Period) -> LastHalf:
        """The newest version the unit sent on the half-year before (one query)."""
        sent = SubmissionVersion.objects.filter(
            submission__unit_id=unit_id, submission__round__period=period.previous, withdrawn_at__isnull=True
        )
        version = sent.order_by("-number").first()
        return cls(period.previous.label, dict(version.narrative)) if version else cls()

    @classmethod
    def of_units(cls, units: Iterable[int], period: Period) -> dict[int, LastHalf]:
        """The same of many units, by their key (one query)."""
        sent = SubmissionVersion.objects.filter(
            submission__unit__in=list(units), submission__round__period=period.previous, withdrawn_at__isnull=True
        )
        narratives = sent.order_by("number").values_list("submission__unit_id", "narrative")
        return {unit: cls(period.previous.label, dict(narrative)) for unit, narrative in narratives}

    def repeated_by(self, code: str, text: str) -> bool:
        """Whether a section says word for word what it said half a year before."""
        words = text.split()
        return len(words) >= FEWEST_WORDS and words == self.texts.get(code, "").split()
