"""Rows to arrange a test with; what a test is about is said in the test itself."""

import datetime as dt

import factory

from cluster_portal.periods import CutOffRule, Period
from cluster_portal.text import fold
from incidents.models import Category, Incident
from members.models import Cluster, Unit, User
from reports.models import ReportingRound

NOW = dt.datetime(2022, 7, 4, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster

    id = Cluster.SINGLETON
    name = "Cụm địa bàn an toàn thử nghiệm"
    short_name = "Cụm thử nghiệm"
    superior_line = "UBND HUYỆN SÓC SƠN"
    issuer_line = "CỤM ĐỊA BÀN AN TOÀN"
    place = "Sóc Sơn"
    notation_suffix = "CĐBAT"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Đơn vị thử {n:02d}")
    short_name = factory.Sequence(lambda n: f"ĐV{n:02d}")
    kind = Unit.Kind.COMMUNE
    order = factory.Sequence(lambda n: n)
    joined_on = dt.date(2015, 1, 1)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"nguoi{n}@example.vn")
    full_name = factory.Sequence(lambda n: f"Người thử {n}")
    role = User.Role.SECRETARIAT


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportingRound

    period = Period(2022, 1)
    starts_on = factory.LazyAttribute(lambda r: r.period.first_day(CutOffRule.CALENDAR))
    ends_on = factory.LazyAttribute(lambda r: r.period.last_day(CutOffRule.CALENDAR))
    due_on = factory.LazyAttribute(lambda r: r.ends_on + dt.timedelta(days=7))
    opened_at = NOW


def category(code: str = "trom-cap-tai-san") -> Category:
    """A category of the starting catalogue."""
    return Category.objects.get(code=code)


class IncidentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incident

    unit = factory.SubFactory(UnitFactory)
    category = factory.LazyFunction(category)
    happened_on = dt.date(2022, 3, 5)
    place = "Thôn Mẫu"
    narrative = factory.Sequence(lambda n: f"Mất xe đạp mẫu số {n}")
    search_text = factory.LazyAttribute(lambda row: fold(f"{row.narrative} {row.place}"))
    recorded_at = NOW
