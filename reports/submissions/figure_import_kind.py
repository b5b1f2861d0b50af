"""Figures of earlier years in the flow of tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.tables.layout import Table
from cluster_portal.tables.reading import Reading
from incidents.models import Category
from members.importing.kinds import Created, ImportKind, NextStep, Storing
from members.models import Unit, User
from reports.comparison.period_states import PeriodState, Stage, states_of
from reports.models import Submission
from reports.submissions import actions, undoing
from reports.submissions.figure_import import FIGURES, FigureRow, check_figures, imported_submissions


def _check(table: Table, _by: User | None, today: dt.date) -> Reading[FigureRow]:
    return check_figures(table, today=today)


def _store(reading: Reading[FigureRow], storing: Storing) -> Created:
    stored = actions.import_figures(reports=imported_submissions(reading.things), by=storing.by, now=storing.now)
    return undoing.undoable(stored)


def _next_steps(created: Created) -> Sequence[NextStep]:
    """Each half-year in which units are left without figures: more is imported, or it is closed with the reason."""
    reports = Submission.objects.filter(pk__in=[pk for pk, _revision, _version in created])
    halves = sorted(set(reports.values_list("round__period", flat=True)))
    states = [state for state in states_of(halves).halves.values() if state.stage is Stage.COLLECTING]
    return [_next_step(state) for state in states]


def _next_step(state: PeriodState) -> NextStep:
    without = _("Nothing is compared with other periods until then.")
    label = _("Use the figures of the %(period)s as they are") % {"period": state.period.label}
    return NextStep(
        f"{state.told} {without} {state.way_on}", label, reverse("reports:round-close", args=[state.period])
    )


FIGURE_IMPORT = ImportKind(
    table=FIGURES,
    prefix="reports:figure-import",
    home="reports:round-list",
    home_title=gettext_lazy("Reporting rounds"),
    title=gettext_lazy("Import figures of earlier years"),
    hint=gettext_lazy(
        "An empty cell means “not reported”, 0 means none happened. The reports are stored as accepted and marked as "
        "imported."
    ),
    check=_check,
    store=_store,
    undo=undoing.undo_figures,
    next_steps=_next_steps,
    told=lambda count: (
        ngettext("%(count)d report was imported.", "%(count)d reports were imported.", count) % {"count": count}
    ),
    example={
        "unit": "Xã Mẫu 01",
        "period": "6 tháng đầu năm 2021",
        "category": "Trộm cắp tài sản",
        "cases": "12",
        "solved": "9",
        "damage": "35000000",
    },
    lists=lambda: {
        "unit": [unit.name for unit in Unit.objects.in_order()],
        "category": [category.name for category in Category.objects.in_use().in_order()],
    },
    file_name="so-lieu-cac-nam-truoc",
)
