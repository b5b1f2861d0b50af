"""Cases as rows of a table: what an export writes, an import reads.

The heads and words are Vietnamese on the English pages too, as files pass from hand to
hand; field names and codes are read as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import override

from cluster_portal.files.spreadsheets import Cell
from cluster_portal.names import Names
from incidents.models import Incident

#: Field → the head of its column.
COLUMNS = {
    "unit": "đơn vị",
    "category": "loại vụ việc",
    "happened_on": "ngày",
    "happened_at": "giờ",
    "place": "địa điểm",
    "narrative": "diễn biến",
    "severity": "mức độ",
    "state": "tình trạng",
    "handling": "việc xử lý",
    "is_solved": "đã làm rõ",
    "persons": "số đối tượng",
    "deaths": "số người chết",
    "injuries": "số người bị thương",
    "damage": "thiệt hại (đồng)",
    "source": "nguồn tin",
    "further_units": "đơn vị liên quan khác",
}
REQUIRED = ("unit", "category", "happened_on", "narrative")
OPTIONAL = tuple(field for field in COLUMNS if field not in REQUIRED)
YES = "có"

#: Between the units of one cell.
BETWEEN = ";"


def words(choices: Iterable[tuple[Any, Any]]) -> Names[object]:
    """What may stand for each choice: its code and its Vietnamese name."""
    with override("vi"):
        return Names([(str(word), value) for value, label in choices for word in (value, label)])


def labels(choices: Iterable[tuple[Any, Any]]) -> list[str]:
    """The Vietnamese names of the choices, for a drop-down list."""
    with override("vi"):
        return [str(label) for _value, label in choices]


def incident_rows(incidents: Iterable[Incident]) -> Iterator[list[Cell]]:
    """The cases as rows under `COLUMNS`; their units, categories and further units are read with them."""
    with override("vi"):
        severities = {value: str(label) for value, label in Incident.Severity.choices if value}
        states = {value: str(label) for value, label in Incident.State.choices}
        sources = {value: str(label) for value, label in Incident.Source.choices}
    for case in incidents:
        yield [
            case.unit.name,
            case.category.name,
            case.happened_on,
            case.happened_at.strftime("%H:%M") if case.happened_at else None,
            case.place,
            case.narrative,
            severities.get(case.severity),
            states[case.state],
            case.handling,
            YES if case.is_solved else None,
            case.persons,
            case.deaths,
            case.injuries,
            case.damage,
            sources.get(case.source),
            f"{BETWEEN} ".join(unit.name for unit in case.further_units.all()),
        ]
