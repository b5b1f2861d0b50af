"""The parts of a report as the office's own: arranged in a draft, and kept for those of later periods."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from members.infrastructure.refusals import Refused
from members.models import User
from reports.documents.actions import reword
from reports.models import DocumentDraft, ReportTemplate
from reports.prose.outline import SCOPE, Outline, as_values, rank_fault


@transaction.atomic
def arrange_parts(
    *, draft: DocumentDraft, outline: Outline, addressees: str, revision: int, by: User, now: dt.datetime
) -> None:
    """Give the draft these parts in this order, and begin the reports of later periods with them.

    What stands in a part that is left out stays and isn't printed. A correction says nothing
    of later reports. Raises `StaleEdit`, and `Refused` where a part stands below nothing.
    """
    if fault := rank_fault(outline):
        told = _("“%(part)s” stands below no part it could belong to; give it a higher rank or move it.")
        raise Refused(told % {"part": fault.heading}, f"rank:{fault.code}", about=draft)
    if not any(part.code == SCOPE and not part.is_left_out for part in outline):
        raise ValueError("what the figures cover is always told")
    values = {"outline": as_values(outline), "addressees": addressees}
    reword(draft, values, verb="document.parts_arranged", revision=revision, by=by, now=now, withheld=("outline",))
    if draft.corrects_id is None:
        ReportTemplate.keep_parts(draft)
