"""The minutes of a handover of the lead unit, written beforehand from what is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cluster_portal.formatting import date, long_date, roman
from members.infrastructure.open_matters import Matter, open_matters
from members.letterhead import Heads
from members.models import Cluster, Handover, LeadTerm, Unit, ranked
from reports.documents.free_text import BODY, COUNTERPART, HEAD_UNTIL


def handover_subject(handover: Handover) -> str:
    """With the day, so that minutes of an earlier handover that lie about are never taken for these."""
    return f"Bàn giao nhiệm vụ đơn vị cụm trưởng từ ngày {date(handover.on)}"


def handover_text(handover: Handover, *, today: dt.date) -> dict[str, str]:
    """Body with annex, and who signs for the unit that takes the lead over.

    The unit that gives it away signs, too: the letterhead is that of its last day, whenever the minutes are issued.
    """
    day_before = handover.on - dt.timedelta(days=1)
    leads = LeadTerm.objects.current_on(day_before).filter(role=LeadTerm.Role.LEAD).select_related("unit").first()
    head = Heads.of(Cluster.get()).on(day_before)
    gives = _party(
        "Bên giao", leads.unit if leads else None, ranked(head.signer_rank, head.signer_name), head.signer_post
    )
    taker = handover.lead.unit
    leader = ranked(taker.leader_rank, taker.leader)
    takes = _party("Bên nhận", taker, leader, taker.leader_title)
    matters = open_matters(today)
    lines = [*_beginning(), *gives, *takes, *_content(handover, bool(matters)), *_annex(matters)]
    signs = f"ĐẠI DIỆN BÊN NHẬN\n{leader or '…'}"
    return {BODY: "\n".join(lines), COUNTERPART: signs, HEAD_UNTIL: day_before.isoformat()}


def _beginning() -> list[str]:
    cluster = Cluster.get()
    return [
        "Thời gian: ……………………",
        "Địa điểm: ……………………",
        f"Thực hiện quy chế hoạt động của {cluster.name}, hai bên bàn giao nhiệm vụ đơn vị cụm trưởng như sau:",
        "I. Thành phần",
    ]


def _party(name: str, unit: Unit | None, leader: str, title: str) -> list[str]:
    told = [f"{name}: {unit or '……………………'}."]
    if leader:
        told.append(f"Đại diện: Đồng chí {', '.join(part for part in (leader, title) if part)}.")
    return told


def _content(handover: Handover, has_annex: bool) -> list[str]:
    deputy = handover.deputy
    assists = f"; {deputy.unit} đảm nhận nhiệm vụ {deputy.get_role_display()}" if deputy else ""
    matters = "Công việc, hồ sơ đang thực hiện được bàn giao theo Phụ lục kèm theo."
    return [
        "II. Nội dung bàn giao",
        f"1. Từ {long_date(handover.on)}, {handover.lead.unit} đảm nhận nhiệm vụ đơn vị cụm trưởng{assists}.",
        f"2. {matters if has_annex else 'Không có công việc, hồ sơ dở dang.'}",
        "III. Trách nhiệm của các bên",
        f"1. Bên giao hoàn thành các việc đến hạn trước ngày {date(handover.on)}.",
        "2. Bên nhận tiếp nhận đầy đủ hồ sơ và tiếp tục thực hiện các việc đã nêu kể từ ngày bàn giao.",
        "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.",
    ]


def _annex(matters: Sequence[Matter]) -> list[str]:
    """What is open, kind by kind, each as a part of the annex."""
    if not matters:
        return []
    told = ["Phụ lục", "Công việc, hồ sơ bàn giao"]
    for place, matter in enumerate(matters, start=1):
        told.append(f"{roman(place)}. {matter.heading}")
        lines = (" ".join(line.split()) for line in matter.lines)  # a line break would begin a paragraph, or an annex
        told += [f"{number}. {line.rstrip('.;')};" for number, line in enumerate(lines, start=1)]
    return told
