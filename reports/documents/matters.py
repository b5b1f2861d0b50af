"""What of reports and documents the next lead unit goes on with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from cluster_portal.formatting import date
from members.infrastructure.capabilities import Can
from members.infrastructure.open_matters import Matter, hands_over
from reports.documents.kinds import KINDS, kind_of
from reports.models import DocumentDraft, IssuedDocument, Kind, NumberSeries, Proposal, ReportingRound
from reports.submissions.board import build_board

_STATES = {
    DocumentDraft.Status.DRAFT: "đang soạn",
    DocumentDraft.Status.SUBMITTED: "đang trình duyệt",
    DocumentDraft.Status.SIGNED_OFF: "đã duyệt, chưa ban hành",
}


@hands_over
def rounds_and_documents(today: dt.date) -> Iterator[Matter]:
    """Rounds whose figures aren't issued, documents on their way, numbers given, proposals without an answer."""
    issued = IssuedDocument.objects.locked_halves()
    asked = ReportingRound.objects.with_whether_asked().order_by("period")
    rounds = [opened for opened in asked if opened.is_asked and opened.period not in issued]
    told = tuple(_round(opened, today) for opened in rounds)
    yield Matter("Đợt báo cáo", told, reverse("reports:round-list"), Can.WATCH_ROUNDS)
    drafts = DocumentDraft.objects.being_written().select_related("meeting").order_by("created_at", "pk")
    lines = [
        f"{kind_of(draft).name} {draft.subject}: {_STATES[DocumentDraft.Status(draft.status)]}" for draft in drafts
    ]
    yield Matter("Văn bản chưa ban hành", tuple(lines), reverse("reports:document-list"), Can.READ_ARCHIVE)
    series = NumberSeries.objects.filter(year=today.year, last__gt=0).order_by("kind")
    numbers = [f"{KINDS[Kind(each.kind)].name}: số cuối là {each.last:02d} năm {each.year}" for each in series]
    yield Matter("Số văn bản đã cấp", tuple(numbers), reverse("reports:series-list"), Can.ISSUE_DOCUMENTS)
    unanswered = Proposal.objects.unanswered().count()
    proposals = (f"{unanswered:02d} kiến nghị chưa trả lời",) if unanswered else ()
    yield Matter("Kiến nghị của các đơn vị", proposals, reverse("reports:proposal-list"), Can.SEE_REPORTS)


def _round(opened: ReportingRound, today: dt.date) -> str:
    board = build_board(opened, today=today)
    told = f"{opened.period.printed.capitalize()}: đã tiếp nhận {len(board.accepted)}/{len(board.rows)} báo cáo"
    return f"{told}, hạn nộp {date(opened.due_on)}" if opened.due_on >= today else told
