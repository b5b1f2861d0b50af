"""The one table of measures: what is counted of a category, and all that is known of each measure.

A measure is added here, as a column of `reports.models.Figure`, and in `REGISTERED` of
`incidents.models.register`, which says how the register counts it; everything else – heads of
tables, forms, imports, files – is made from this table. A test walks every table that is keyed
by a measure.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """What is known of a measure.

    `label` heads its column as printed, `title` is the page's word, `meaning` says what counts; `noun` follows and
    `verb` precedes the number in prose; `none_happened` is said instead of a nought.
    `polarity` says what a rise means, None where it means what a rise of the cases does;
    `is_part_of_cases`: it can't exceed the cases; `leaps_by`: from which change on a leap of
    it is asked about, so that 1 to 3 isn't; `aliases` are further heads an imported table may
    give it, beside label and code.
    """

    label: str
    title: StrOrPromise
    meaning: StrOrPromise
    noun: str
    verb: str
    none_happened: str
    leaps_by: int
    polarity: str | None
    is_part_of_cases: bool
    is_money: bool = False
    aliases: tuple[str, ...] = ()


class Measure(enum.Enum):
    """What is counted of a category. Damage is in đồng, everything else are counts."""

    CASES = "cases"
    SERIOUS = "serious"
    SOLVED = "solved"
    PERSONS = "persons"
    DEATHS = "deaths"
    INJURIES = "injuries"
    DAMAGE = "damage"

    @property
    def facts(self) -> MeasureFacts:
        return FACTS[self]

    @property
    def label(self) -> str:
        """The head of the measure's column, as printed."""
        return self.facts.label

    @property
    def title(self) -> str:
        """The page's word for the measure."""
        return str(self.facts.title)

    @property
    def noun(self) -> str:
        """What one counts, after a number in prose."""
        return self.facts.noun

    @property
    def counted_in(self) -> str:
        """The bare noun of the figure: “vụ”, also where the noun says which cases; empty for money."""
        if self.facts.is_money:
            return ""
        return Measure.CASES.noun if self.facts.is_part_of_cases else self.noun

    @property
    def verb(self) -> str:
        """What precedes the number in prose: “xảy ra” 41 vụ."""
        return self.facts.verb

    @property
    def none_happened(self) -> str:
        """What is said instead of a nought, after which nothing more is counted."""
        return self.facts.none_happened

    def amount(self, value: int) -> str:
        """The value with its noun, as written in prose: ``07 vụ``, ``1,2 tỷ đồng``."""
        return formatting.money(value) if self.facts.is_money else f"{formatting.count(value)} {self.noun}"

    def amount_of_change(self, value: int) -> str:
        """The same of a change, beside the figure: “01 vụ nghiêm trọng, giảm 02 vụ”."""
        return self.amount(value) if self.facts.is_money else f"{formatting.count(value)} {self.counted_in}"


FEWER_IS_BETTER, MORE_IS_BETTER, NEUTRAL = "fewer", "more", "neutral"


@dataclass(frozen=True)
class CaseWords:
    """What cases do, as reports of the police put it, and what is said of none."""

    verb: str
    none_happened: str
    noun: str = "vụ"

    def amount(self, value: int) -> str:
        return f"{formatting.count(value)} {self.noun}"


#: Whatever the cases are of: some happened and some were found.
OVERALL = CaseWords("ghi nhận", "không ghi nhận vụ việc nào", "vụ việc")
#: Thefts and accidents happen; of drugs, smuggling or offences against the law of administration
#: one knows what was found, and so a rise of them is no rise of crime.
CASES_BY_POLARITY = {
    FEWER_IS_BETTER: CaseWords("xảy ra", "không xảy ra"),
    MORE_IS_BETTER: CaseWords("phát hiện", "không phát hiện vụ nào"),
    NEUTRAL: CaseWords("phát hiện", "không phát hiện vụ nào"),
}

FACTS = {
    Measure.CASES: MeasureFacts(
        label="Số vụ",
        title=_("Number of cases"),
        meaning=_("Cases in the unit's area within the half-year; each counts in one category only, the gravest."),
        noun="vụ",
        verb="xảy ra",
        none_happened="không xảy ra",
        leaps_by=4,
        polarity=None,
        is_part_of_cases=False,
        aliases=("số vụ việc", "tổng số vụ", "vụ"),
    ),
    Measure.SERIOUS: MeasureFacts(
        label="Vụ nghiêm trọng",
        title=_("Serious cases"),
        meaning=_("Cases that the police call serious or more (Penal Code, Article 9); part of the cases."),
        noun="vụ nghiêm trọng",
        verb="có",
        none_happened="không có vụ nghiêm trọng",
        leaps_by=3,
        polarity=None,
        is_part_of_cases=True,
        aliases=("nghiêm trọng", "số vụ nghiêm trọng"),
    ),
    Measure.SOLVED: MeasureFacts(
        label="Điều tra làm rõ",
        title=_("Solved"),
        meaning=_("Cases of the half-year of which the police found out who did it; part of the cases."),
        noun="vụ",
        verb="điều tra làm rõ",
        none_happened="chưa làm rõ vụ nào",
        leaps_by=5,
        polarity=MORE_IS_BETTER,
        is_part_of_cases=True,
        aliases=(
            "làm rõ",
            "đã làm rõ",
            "số vụ làm rõ",
            "số vụ đã làm rõ",
            "khám phá",
            "số vụ khám phá",
            "khám phá làm rõ",
            "giải quyết",
            "đã giải quyết",
            "số vụ giải quyết",
            "số vụ đã giải quyết",
        ),
    ),
    Measure.PERSONS: MeasureFacts(
        label="Đối tượng",
        title=_("Persons handled"),
        meaning=_("Persons who were punished, charged or arrested for it; they are counted, never named."),
        noun="đối tượng",
        verb="xử lý",
        none_happened="không có đối tượng",
        leaps_by=8,
        polarity=NEUTRAL,
        is_part_of_cases=False,
        aliases=("số đối tượng", "số đối tượng xử lý"),
    ),
    Measure.DEATHS: MeasureFacts(
        label="Người chết",
        title=_("Deaths"),
        meaning=_("Persons who died of it."),
        noun="người",
        verb="làm chết",
        none_happened="không có người chết",
        leaps_by=2,
        polarity=FEWER_IS_BETTER,
        is_part_of_cases=False,
        aliases=("số người chết", "chết", "số chết"),
    ),
    Measure.INJURIES: MeasureFacts(
        label="Người bị thương",
        title=_("Injuries"),
        meaning=_("Persons who were injured and survived."),
        noun="người",
        verb="bị thương",
        none_happened="không có người bị thương",
        leaps_by=4,
        polarity=FEWER_IS_BETTER,
        is_part_of_cases=False,
        aliases=("số người bị thương", "bị thương", "số bị thương"),
    ),
    Measure.DAMAGE: MeasureFacts(
        label="Thiệt hại (đồng)",
        title=_("Damage (đồng)"),
        meaning=_("What was lost or damaged, as estimated, in đồng – not in thousands or millions."),
        noun="đồng",
        verb="thiệt hại về tài sản",
        none_happened="không thiệt hại về tài sản",
        leaps_by=50_000_000,
        polarity=FEWER_IS_BETTER,
        is_part_of_cases=False,
        is_money=True,
        aliases=("thiệt hại", "thiệt hại tài sản", "thiệt hại về tài sản", "tài sản thiệt hại"),
    ),
}
MEASURES = tuple(Measure)
#: The measures that can't exceed the number of cases.
PARTS_OF_CASES = tuple(measure for measure in MEASURES if measure.facts.is_part_of_cases)
