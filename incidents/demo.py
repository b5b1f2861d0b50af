"""Sample cases: invented, plainly marked, and each filling the same. Fewer than the sample reports state."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import make_aware

from cluster_portal.periods import CutOffRule, Period
from incidents.actions import record_incident
from incidents.models import Category, Incident
from members.models import Unit, User

PERIODS = tuple(Period.parse(text) for text in ("2020-H1", "2020-H2", "2021-H1", "2021-H2", "2022-H1"))
PLACES = ("Thôn mẫu Đông", "Thôn mẫu Tây", "Khu chợ mẫu", "Đường liên xã mẫu", "Xóm mẫu Trên")

#: Category, what happened, and how many of it in a commune's half-year.
STORIES = (
    ("trom-cap-tai-san", "(Dữ liệu mẫu) Kẻ gian đột nhập lấy {} trong lúc gia đình đi vắng.", 2),
    ("tai-nan-giao-thong", "(Dữ liệu mẫu) Va chạm giữa xe máy và {} tại ngã ba.", 1),
    ("vi-pham-hanh-chinh", "(Dữ liệu mẫu) Nhắc nhở, lập biên bản vì {}.", 1),
)
DETAILS = {
    "trom-cap-tai-san": ("xe đạp điện", "máy bơm nước", "gà, vịt", "điện thoại", "dây điện", "xe máy"),
    "tai-nan-giao-thong": ("ô tô tải", "xe đạp", "xe công nông", "ô tô con"),
    "vi-pham-hanh-chinh": ("đổ rác không đúng nơi quy định", "gây ồn sau 22 giờ", "lấn chiếm lòng đường"),
}
HANDLING = "(Dữ liệu mẫu) Tổ tự quản có mặt, báo công an xã; đã xác minh và giải quyết."


def seed_incidents(*, by: User, now: dt.datetime) -> None:
    """Record the sample cases of the communes that happened before `now`."""
    categories = Category.objects.in_bulk(field_name="code")
    for unit in Unit.objects.filter(kind=Unit.Kind.COMMUNE).in_order():
        for period in PERIODS:
            for values in _cases(unit, period, categories):
                recorded_at = make_aware(dt.datetime.combine(values["happened_on"], dt.time(20))) + dt.timedelta(days=1)
                if recorded_at < now:
                    record_incident(values=values, by=by, now=recorded_at)


def _cases(unit: Unit, period: Period, categories: dict[str, Category]) -> Iterator[dict[str, Any]]:
    dice = random.Random(f"{unit.name}|{period}")  # noqa: S311 – sample cases, no secrets
    first, last = period.first_day(CutOffRule.CALENDAR), period.last_day(CutOffRule.CALENDAR)
    for code, story, number in STORIES:
        for place_in_row in range(number):
            is_old = period != PERIODS[-1]
            yield {
                "unit": unit,
                "category": categories[code],
                "happened_on": first + dt.timedelta(days=dice.randrange((last - first).days + 1)),
                "happened_at": dt.time(dice.choice((1, 2, 3, 7, 12, 17, 19, 20, 21, 22, 23)), dice.choice((0, 15, 30))),
                "place": dice.choice(PLACES),
                "narrative": story.format(dice.choice(DETAILS[code])),
                "handling": HANDLING if is_old else "",
                "state": Incident.State.CLOSED if is_old else dice.choice(("reported", "handling", "handed_over")),
                "is_solved": is_old and place_in_row == 0,
                "source": dice.choice(Incident.Source.values),
            }
