"""The text of a report from the units' own: read side by side, and taken over with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from members.infrastructure.refusals import Refused
from members.models import Cluster, Unit, User
from reports.comparison.sources import Days
from reports.documents.actions import edit_text
from reports.documents.kinds import generated_text, summarise_now
from reports.models import DocumentDraft, SubmissionVersion, TakenText
from reports.prose.collation import PASSAGE_OF, Source, piece_at
from reports.prose.outline import outline_of, told_of


def sources_of(draft: DocumentDraft, section: str) -> Iterator[Source]:
    """What each unit that belonged to the cluster wrote on the section, in the order of the units (three queries)."""
    halves = draft.period.halves
    counting = SubmissionVersion.objects.filter(accepted_for__isnull=False).select_related("submission__round")
    wanted = {*halves, *(half.previous for half in halves)}
    texts = {
        (version.submission.unit_id, version.submission.round.period): version
        for version in counting.filter(submission__round__period__in=wanted)
    }
    rounds = {period: version.submission.round for (_unit, period), version in texts.items()}
    days = Days(rounds, Cluster.get().cut_off_rule)
    for unit in Unit.objects.in_order():
        for half in halves:
            version, earlier = texts.get((unit.pk, half)), texts.get((unit.pk, half.previous))
            if version or unit.is_member_on(days.last_of(half)):
                yield Source(
                    unit=unit.short_name,
                    half=half.label if draft.period.is_full_year else "",
                    kind=unit.get_kind_display(),
                    version=version.pk if version else None,
                    text=version.narrative.get(section, "") if version else "",
                    earlier=earlier.narrative.get(section, "") if earlier else "",
                )


def taken_from(draft: DocumentDraft, section: str) -> dict[int, set[str]]:
    """What has been taken over of the section, by version."""
    found: dict[int, set[str]] = {}
    for version, text in TakenText.objects.filter(draft=draft, section=section).values_list("version", "text"):
        found.setdefault(version, set()).add(text)
    return found


@transaction.atomic
def take_text(
    *,
    draft: DocumentDraft,
    version: SubmissionVersion,
    section: str,
    place: str,
    revision: int,
    by: User,
    now: dt.datetime,
) -> TakenText:
    """Put a sentence or paragraph of a unit's report at the end of the passage it belongs to, with its source.

    Raises `StaleEdit`, and `Refused` where there is no such sentence, it was taken before, or
    the version counts no more, or not for the period.
    """
    text = piece_at(version.narrative.get(section, ""), place)
    is_of_period = version.submission.round.period in draft.period.halves
    if not text or not is_of_period or not hasattr(version, "accepted_for"):
        raise Refused(_("This sentence does not stand in the unit's report any more."), about=draft)
    if TakenText.objects.filter(draft=draft, version=version, section=section, text=text).exists():
        raise Refused(_("This sentence has been taken over already."), about=draft)
    passage = PASSAGE_OF[section]
    append_to_passage(draft, passage, text, revision=revision, by=by, now=now)
    values = {"passage": passage, "section": section, "text": text, "taken_at": now, "taken_by": by}
    return TakenText.objects.create(draft=draft, version=version, **values)


def append_to_passage(
    draft: DocumentDraft, passage: str, text: str, *, revision: int, by: User, now: dt.datetime
) -> None:
    """Put `text` at the end of a passage, below what stands there, generated or not.

    Raises `StaleEdit`, and `Refused` where the report leaves that part out.
    """
    if passage not in told_of(outline_of(draft.outline)):
        raise Refused(_("The part this belongs to is left out of the report; take it in again first."), about=draft)
    stands = draft.text[passage] if passage in draft.text else generated_text(draft, summarise_now(draft))[passage]
    edited = {**draft.text, passage: f"{stands}\n{text}".strip()}
    edit_text(draft=draft, text=edited, revision=revision, by=by, now=now)
