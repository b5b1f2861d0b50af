"""Sample data: the cluster of the published meeting of 16/8/2022, its host, and 27 units with invented,
plainly sample names that report over six half-years.

Everything goes through the actions a user's click goes through, and every figure is a
function of unit, period and category, so that each filling is the same.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.timezone import make_aware

from cluster_portal.periods import CutOffRule, Period
from cluster_portal.serving import SAMPLE_DOMAIN
from incidents.demo import seed_incidents
from meetings.demo import HELD_ON, seed_meeting
from members.actions import cluster as cluster_actions
from members.actions import lead_terms, people
from members.actions import units as unit_actions
from members.models import Cluster, LeadTerm, Unit, User
from reports.content import CategoryFigures, IndicatorFigure, Measure, SubmissionContent, Values
from reports.demo_texts import sections_of
from reports.documents.demo import seed_plan
from reports.models import ReportingRound
from reports.proposals.demo import seed_proposals
from reports.submissions import actions, leaps
from reports.submissions.catalogue import Catalogue, CategoryEntry, IndicatorEntry
from reports.submissions.due_dates import proposed_dates
from reports.submissions.figure_import import ImportedSubmission
from reports.submissions.typed import typed_from

PERIODS = tuple(Period.parse(text) for text in ("2019-H2", "2020-H1", "2020-H2", "2021-H1", "2021-H2", "2022-H1"))
NEWEST = PERIODS[-1]
#: Half-years from before the portal: entered by import, as an office would.
IMPORTED = PERIODS[:3]

HOST = "Công ty TNHH một thành viên cơ khí 17 (Nhà máy Z117)"
KINDS = (
    (Unit.Kind.COMMUNE, "Xã mẫu {:02d}", "Xã mẫu {:02d}", 10),
    (Unit.Kind.AGENCY, "Cơ quan mẫu {}", "CQ mẫu {}", 5),
    (Unit.Kind.SCHOOL, "Trường THPT mẫu {}", "THPT mẫu {}", 6),
    (Unit.Kind.ENTERPRISE, "Doanh nghiệp mẫu {}", "DN mẫu {}", 4),
    (Unit.Kind.ARMED_FORCES, "Đơn vị quân đội mẫu {}", "QĐ mẫu {}", 2),
)
FOUNDED = dt.date(2015, 1, 1)

NEVER_BEGUN = "Xã mẫu 03"
WAITING = "Cơ quan mẫu 2"
RETURNED = "Trường THPT mẫu 5"
SILENT_LAST_YEAR = "Trường THPT mẫu 2"
CLOSED_BECAUSE = "(Dữ liệu mẫu) còn đơn vị chưa gửi báo cáo hoặc đang chỉnh sửa theo đề nghị của thư ký"
SAME_AS_BEFORE = ("Xã mẫu 06", "Cơ quan mẫu 4")
LATE_JOINER, JOINED = "Doanh nghiệp mẫu 4", dt.date(2021, 9, 1)

#: Happened in the newest half-year only, so that the table has a category with base 0.
NEW_CATEGORY = "cuop-tai-san"
WEIGHT = {"commune": 1.0, "agency": 0.06, "school": 0.1, "enterprise": 0.2, "armed_forces": 0.04}
CASES = {
    "trom-cap-tai-san": 7.0,
    "co-y-gay-thuong-tich": 2.6,
    "lua-dao-chiem-doat-tai-san": 2.2,
    "danh-bac": 2.8,
    "gay-roi-trat-tu-cong-cong": 1.4,
    "ma-tuy": 4.0,
    "tai-nan-giao-thong": 3.0,
    "chay-no": 0.9,
    "vi-pham-hanh-chinh": 24.0,
    "te-nan-xa-hoi": 1.6,
    "moi-truong": 1.2,
    "kinh-te-tham-nhung": 0.5,
}
ACTIVITIES = {
    "buoi-tuyen-truyen": 22,
    "luot-nguoi-du-tuyen-truyen": 1400,
    "buoi-tuan-tra": 60,
    "luot-nguoi-tuan-tra": 420,
    "mo-hinh-duy-tri": 6,
    "mo-hinh-xay-moi": 1,
    "tin-bao-tiep-nhan": 18,
    "tin-bao-da-giai-quyet": 16,
}
NARRATIVE = {
    "advantages": "(Dữ liệu mẫu) Cấp ủy, chính quyền quan tâm lãnh đạo; cán bộ, nhân dân đồng thuận.",
    "difficulties": "(Dữ liệu mẫu) Địa bàn rộng, lực lượng còn mỏng, nhiều người tạm trú.",
    "leadership": "(Dữ liệu mẫu) Ban hành kế hoạch thực hiện Quy chế cụm địa bàn an toàn, phân công từng bộ phận.",
    "outreach": "(Dữ liệu mẫu) Tuyên truyền phòng, chống tội phạm qua hệ thống truyền thanh và hội nghị.",
    "movement": "(Dữ liệu mẫu) Duy trì các mô hình tự quản về an ninh trật tự.",
    "coordination": "(Dữ liệu mẫu) Phối hợp tuần tra, trao đổi thông tin với các đơn vị giáp ranh.",
    "violations": "(Dữ liệu mẫu) Tình hình cơ bản ổn định; các vụ việc được tiếp nhận, giải quyết kịp thời.",
    "shortcomings": "(Dữ liệu mẫu) Công tác tuyên truyền có lúc, có nơi chưa thường xuyên.",
    "tasks": "(Dữ liệu mẫu) Tiếp tục thực hiện Quy chế, tăng cường tuần tra, tuyên truyền.",
}
REMARK = "(Dữ liệu mẫu) Số liệu nhỏ nên biến động lớn."


@dataclass(frozen=True)
class SignIn:
    role: str
    email: str


SECRETARIAT, CHAIR = f"thuky@{SAMPLE_DOMAIN}", f"chutri@{SAMPLE_DOMAIN}"
LIAISON = f"daumoi04@{SAMPLE_DOMAIN}"
SIGN_INS = (SignIn("Thư ký", SECRETARIAT), SignIn("Đầu mối (Xã mẫu 03)", LIAISON), SignIn("Chủ trì", CHAIR))


class NotSampleData(Exception):
    """The database holds a real cluster, which sample data must not be mixed with."""


@transaction.atomic
def seed(*, password: str) -> bool:
    """Fill an empty portal with sample data; False where it is filled already.

    Raises `NotSampleData` where the portal serves a real cluster.
    """
    stored = Cluster.get()
    if stored.is_sample:
        return False
    if stored.name or Unit.objects.exists() or User.objects.exists():
        raise NotSampleData("The portal holds data of its own; sample data goes into an empty one only.")
    now = _morning(dt.date(2019, 7, 1))
    secretary = _people_of_the_office(password, now)
    units = _cluster_and_units(secretary, now)
    _liaisons(units, password, secretary, now)
    for period in PERIODS:
        _report(period, units, secretary)
    seed_proposals(NEWEST, by=secretary, now=_morning(HELD_ON))
    seed_incidents(by=secretary, now=_morning(HELD_ON))
    seed_meeting(host=units[0], by=secretary, now=_morning(HELD_ON + dt.timedelta(days=1)))
    chair = User.objects.get(email=CHAIR)
    seed_plan(by=secretary, approver=chair, now=_morning(HELD_ON + dt.timedelta(days=3)))
    return True


def _morning(day: dt.date, hour: int = 8) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, dt.time(hour)))


def _people_of_the_office(password: str, now: dt.datetime) -> User:
    secretary = _person(SECRETARIAT, "Thư ký mẫu", "secretariat", password=password, by=None, now=now)
    _person(CHAIR, "Chủ trì mẫu", "chair", password=password, by=secretary, now=now)
    return secretary


def _person(
    email: str, name: str, role: str, unit: Unit | None = None, *, password: str, by: User | None, now: dt.datetime
) -> User:
    values = {"email": email, "full_name": name, "role": role, "unit": unit, "telephone": ""}
    person = people.create_person(values=values, by=by, now=now)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def _cluster_and_units(by: User, now: dt.datetime) -> list[Unit]:
    cluster_actions.set_up_cluster(
        values={
            "name": "Cụm địa bàn an toàn khu vực phía Đông Nam – huyện Sóc Sơn",
            "short_name": "Cụm Đông Nam Sóc Sơn",
            "superior_line": "HUYỆN SÓC SƠN",
            "issuer_line": "CỤM ĐỊA BÀN AN TOÀN KHU VỰC PHÍA ĐÔNG NAM",
            "place": "Sóc Sơn",
            "notation_suffix": "CĐBAT",
            "cut_off_rule": CutOffRule.CALENDAR,
            "signer_capacity": "CỤM TRƯỞNG",
            "signer_post": "CHỦ TỊCH CÔNG TY",
            "signer_name": "Hoàng Anh Quang",
            "recipients": "Các đơn vị thành viên trong cụm",
            "is_sample": True,
        },
        by=by,
        now=now,
    )
    host = {"name": HOST, "short_name": "Nhà máy Z117", "kind": Unit.Kind.ENTERPRISE, "joined_on": FOUNDED}
    rows = [{**host, "leader": "Hoàng Anh Quang", "leader_title": "Bí thư Đảng ủy, Chủ tịch Công ty"}]
    for kind, name, short_name, count in KINDS:
        for number in range(1, count + 1):
            joined_on = JOINED if name.format(number) == LATE_JOINER else FOUNDED
            rows.append(
                {
                    "name": name.format(number),
                    "short_name": short_name.format(number),
                    "kind": kind,
                    "joined_on": joined_on,
                }
            )
    units = unit_actions.import_units(rows=rows, by=by, now=now)
    for unit, year in ((units[1], 2021), (units[0], 2022)):
        lead_terms.hand_over_lead(
            unit=unit, role=LeadTerm.Role.LEAD, starts_on=dt.date(year, 1, 1), by=by, now=_morning(dt.date(year, 1, 1))
        )
    return units


def _liaisons(units: list[Unit], password: str, by: User, now: dt.datetime) -> None:
    for number, unit in enumerate(units, start=1):
        email = f"daumoi{number:02d}@{SAMPLE_DOMAIN}"
        _person(email, f"Đầu mối mẫu {number:02d}", "liaison", unit, password=password, by=by, now=now)


def _report(period: Period, units: list[Unit], secretary: User) -> None:
    """One half-year: opened, reported by the units, accepted by the secretariat."""
    catalogue = Catalogue.load(period=period)
    members = [unit for unit in units if unit.is_member_on(period.last_day(CutOffRule.CALENDAR))]
    dates = proposed_dates(period, CutOffRule.CALENDAR)
    opened = actions.open_round(period=period, **dates, by=secretary, now=_morning(dates["ends_on"]))
    if period in IMPORTED:
        reports = [ImportedSubmission(unit, period, _content(unit, period, catalogue)) for unit in members]
        actions.import_figures(reports=reports, by=secretary, now=_morning(dates["due_on"], 15))
        return
    for unit in members:
        if (unit.name, period) not in {(NEVER_BEGUN, NEWEST), (SILENT_LAST_YEAR, NEWEST.same_period_last_year)}:
            _fill_in_report(unit, opened, catalogue, secretary)
    if opened.submissions.accepted().count() < len(members):
        actions.close_round(
            round_=opened, reason=CLOSED_BECAUSE, revision=1, by=secretary, now=_morning(dates["due_on"], 20)
        )


def _fill_in_report(unit: Unit, opened: ReportingRound, catalogue: Catalogue, secretary: User) -> None:
    content = _content(unit, opened.period, catalogue)
    late = 2 if unit.order % 9 == 5 else 0
    sent_at = _morning(opened.due_on + dt.timedelta(days=late), 9)
    version = actions.submit(
        round_=opened,
        unit=unit,
        typed=typed_from(content),
        content=content,
        revision=0,
        by=unit.people.get(),
        now=sent_at,
    )
    submission = version.submission
    review_at = sent_at + dt.timedelta(hours=6)
    if opened.period == NEWEST and unit.name == WAITING:
        return
    if opened.period == NEWEST and unit.name == RETURNED:
        comment = "(Dữ liệu mẫu) Đề nghị bổ sung kết quả tuyên truyền trong quý II."
        actions.return_report(
            submission=submission, comment=comment, revision=submission.revision, by=secretary, now=review_at
        )
        return
    actions.accept(submission=submission, revision=submission.revision, by=secretary, now=review_at)


def _content(unit: Unit, period: Period, catalogue: Catalogue) -> SubmissionContent:
    """The unit's report, with a remark wherever the portal warns of a figure."""
    content = _figures(unit, period, catalogue)
    base = _figures(unit, period.same_period_last_year, catalogue)
    return SubmissionContent(
        narrative=_narrative(unit, period),
        categories={
            code: replace(figures, remark=REMARK if _leaped(figures, base.categories.get(code)) else "")
            for code, figures in content.categories.items()
        },
        indicators={
            code: replace(figure, remark=REMARK if _indicator_leaped(figure, base.indicators.get(code)) else "")
            for code, figure in content.indicators.items()
        },
    )


def _narrative(unit: Unit, period: Period) -> dict[str, str]:
    """Texts of the unit's own in the newest half-year; two units send what they sent the time before."""
    return NARRATIVE if period != NEWEST or unit.name in SAME_AS_BEFORE else sections_of(unit.name)


def _leaped(figures: CategoryFigures, base: CategoryFigures | None) -> bool:
    return base is not None and bool(leaps.leaps_of_category(figures.values, base.values))


def _indicator_leaped(figure: IndicatorFigure, base: IndicatorFigure | None) -> bool:
    return base is not None and bool(leaps.leaps_of_indicator(figure.value, base.value))


def _figures(unit: Unit, period: Period, catalogue: Catalogue) -> SubmissionContent:
    return SubmissionContent(
        narrative=NARRATIVE,
        categories={
            category.code: CategoryFigures(_values(unit, period, category)) for category in catalogue.categories
        },
        indicators={
            indicator.code: IndicatorFigure(_activity(unit, period, indicator)) for indicator in catalogue.indicators
        },
    )


def _dice(unit: Unit, period: Period, code: str) -> random.Random:
    return random.Random(f"{unit.name}|{period}|{code}")  # noqa: S311 – sample figures, no secrets


def _values(unit: Unit, period: Period, category: CategoryEntry) -> Values:
    dice = _dice(unit, period, category.code)
    trend = 1 - 0.04 * PERIODS.index(period) if period in PERIODS else 1.05
    expected = CASES.get(category.code, 0) * WEIGHT[unit.kind] * trend
    cases = int(expected * dice.uniform(0.5, 1.5) + dice.random())
    if category.code == NEW_CATEGORY:
        cases = 1 if (unit.name, period) == ("Xã mẫu 07", NEWEST) else 0
    if cases == 0:
        return dict.fromkeys(category.measures, 0)
    is_accident = category.code in ("tai-nan-giao-thong", "chay-no")
    hurt = category.code in ("tai-nan-giao-thong", "co-y-gay-thuong-tich")
    told = {
        Measure.CASES: cases,
        Measure.SERIOUS: int(cases * dice.uniform(0, 0.25)),
        Measure.SOLVED: cases - int(cases * dice.uniform(0, 0.3)),
        Measure.PERSONS: cases + dice.randrange(0, cases + 1),
        Measure.DEATHS: int(dice.random() < 0.12) if is_accident else 0,
        Measure.INJURIES: dice.randrange(0, cases + 1) if hurt else 0,
        Measure.DAMAGE: cases * dice.randrange(1, 25) * 500_000,
    }
    return {measure: told[measure] for measure in category.measures}


def _activity(unit: Unit, period: Period, indicator: IndicatorEntry) -> int:
    dice = _dice(unit, period, indicator.code)
    weight = 1.0 if unit.kind == Unit.Kind.COMMUNE else 0.3
    return int(ACTIVITIES.get(indicator.code, 0) * weight * dice.uniform(0.75, 1.25) + 0.5)
