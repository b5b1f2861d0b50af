"""A random cluster put into the portal's own tables, many rows at a time."""

from __future__ import annotations

import datetime as dt

from cluster_portal.periods import Period
from incidents.models import AskedMeasures, Category, CategoryGroup, Polarity
from members.models import Cluster, Unit, UnitSuccession
from reports.models import Figure, Indicator, IndicatorValue, ReportingRound, Submission, SubmissionVersion
from tests.support.factories import NOW, ClusterFactory
from tests.truth import naive
from tests.truth.cells import NEUTRAL_CATEGORIES
from tests.truth.worlds import Half, World

#: Why reports are not waited for any longer.
CLOSE_REASON = "còn thiếu báo cáo"


def store(world: World) -> None:
    """The world beside an empty catalogue; units keep their ids."""
    if not Cluster.objects.exists():
        ClusterFactory()
    _store_members(world)
    categories = _store_catalogue(world)
    indicators = _store_indicators(world)
    rounds = _store_rounds(world)
    _store_reports(world, rounds, categories, indicators)


def _store_members(world: World) -> None:
    Unit.objects.bulk_create(
        Unit(
            id=member.id,
            name=member.name,
            short_name=f"ĐV {member.name}",
            kind=member.kind,
            order=member.id,
            joined_on=member.joined,
            left_on=member.left,
        )
        for member in world.members
    )
    UnitSuccession.objects.bulk_create(
        UnitSuccession(predecessor_id=one.old, successor_id=one.new, on=one.on, is_partial=one.partial)
        for one in world.handovers
    )


def _store_catalogue(world: World) -> dict[str, Category]:
    Category.objects.all().delete()
    CategoryGroup.objects.all().delete()
    groups = {
        group.code: CategoryGroup.objects.create(code=group.code, name=group.name, order=place)
        for place, group in enumerate(world.groups)
    }
    categories = {
        category.code: Category.objects.create(
            code=category.code,
            name=category.name,
            group=groups[category.group],
            order=place,
            polarity=Polarity.NEUTRAL if category.code in NEUTRAL_CATEGORIES else Polarity.FEWER_IS_BETTER,
        )
        for place, category in enumerate(world.categories)
    }
    AskedMeasures.objects.bulk_create(
        AskedMeasures(
            category=categories[category.code],
            since=Period(*ask.since),
            measures=sorted(ask.measures),
            is_investigated=ask.investigated,
        )
        for category in world.categories
        for ask in category.asks
    )
    return categories


def _store_indicators(world: World) -> dict[str, Indicator]:
    Indicator.objects.all().delete()
    return {
        indicator.code: Indicator.objects.create(
            code=indicator.code, name=indicator.name, noun=indicator.noun, order=place
        )
        for place, indicator in enumerate(world.indicators)
    }


def _store_rounds(world: World) -> dict[Half, ReportingRound]:
    rounds = {}
    for one in world.rounds:
        year, number = one.half
        rounds[one.half] = ReportingRound.objects.create(
            period=Period(year, number),
            starts_on=dt.date(year, 1 if number == 1 else 7, 1),
            ends_on=naive.cut_off(one.half),
            due_on=naive.cut_off(one.half) + dt.timedelta(days=7),
            opened_at=NOW,
            closed_at=NOW if one.closed else None,
            close_reason=CLOSE_REASON if one.closed else "",
        )
    return rounds


def _store_reports(
    world: World,
    rounds: dict[Half, ReportingRound],
    categories: dict[str, Category],
    indicators: dict[str, Indicator],
) -> None:
    submissions = Submission.objects.bulk_create(
        Submission(round=rounds[report.half], unit_id=report.unit, status=Submission.Status.SUBMITTED)
        for report in world.reports
    )
    versions = SubmissionVersion.objects.bulk_create(
        SubmissionVersion(submission=submission, number=1, submitted_at=NOW) for submission in submissions
    )
    Figure.objects.bulk_create(
        Figure(version=version, category=categories[code], **row)
        for report, version in zip(world.reports, versions, strict=True)
        for code, row in report.rows.items()
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(version=version, indicator=indicators[code], value=value)
        for report, version in zip(world.reports, versions, strict=True)
        for code, value in report.indicators.items()
    )
    counted = []
    for report, submission, version in zip(world.reports, submissions, versions, strict=True):
        if report.accepted:
            submission.status, submission.accepted_version = Submission.Status.ACCEPTED, version
            counted.append(submission)
    Submission.objects.bulk_update(counted, ["status", "accepted_version"])
