"""A document is put before somebody who didn't write it, and approved or returned (docs/decisions/0015)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal.formatting import date
from members.infrastructure.audit import Changes, record
from members.infrastructure.capabilities import Can, allowed, roles_that_may
from members.infrastructure.editing import StaleEdit
from members.infrastructure.outbox.posting import post
from members.infrastructure.refusals import Refused, locked
from members.models import User, UserQuerySet
from reports.documents import mail
from reports.documents.content import compose_content, content_fingerprint, reason_not_ready, signer_of, worded
from reports.documents.kinds import Content, kind_of
from reports.models import ApprovalDeputy, ApprovalRequest, DocumentDraft

Status, Outcome = DocumentDraft.Status, ApprovalRequest.Outcome
SIGNED_OFF = (
    *("status", "signed_off_at", "signed_off_by", "signed_off_fingerprint", "signed_off_signer"),
    "is_of_one_hand",
)
#: What is to be changed: code and heading of the part, and the words.
Comment = dict[str, str]
#: Who is named for longer takes the chair's place.
LONGEST_DEPUTYSHIP = dt.timedelta(days=366)


def held_draft(draft: DocumentDraft, revision: int) -> DocumentDraft:
    """The draft under a lock, if it still stands at `revision`. Raises `StaleEdit`, and `Refused` once issued."""
    held = locked(draft)
    if held.is_issued:
        raise Refused(_("This document has been issued; it can no longer be changed."), about=held.issued)
    if held.revision != revision:
        raise StaleEdit(held)
    return held


def approvers_for(draft: DocumentDraft, *, by: User, today: dt.date) -> UserQuerySet:
    """Before whom `by` can put the draft: chairs and deputies of the day who had no hand in it."""
    deputies = ApprovalDeputy.objects.on(today).values("person")
    found = User.objects.active().filter(Q(role__in=roles_that_may(Can.SIGN_OFF_DOCUMENTS)) | Q(pk__in=deputies))
    return found.exclude(pk__in={*_hands(draft), by.pk}).in_order()


def is_approver(person: User, *, today: dt.date) -> bool:
    """Whether the person approves documents today: by their role, or as a deputy."""
    if not person.is_active or not allowed(person, Can.READ_DRAFTS):
        return False
    return allowed(person, Can.SIGN_OFF_DOCUMENTS) or ApprovalDeputy.objects.on(today).filter(person=person).exists()


def reason_not_to_decide(draft: DocumentDraft, person: User, *, today: dt.date) -> str:
    """Why the person can't approve or return the draft, in a sentence; empty where they can.

    A deputy decides in the place of the approver named; nobody decides on their own work.
    """
    request = draft.requests.open().first() if draft.is_submitted else None
    if request is None:
        return _("This document does not lie before anybody for approval.")
    if person.pk in {*draft.authors, request.asked_by_id}:
        return _own_work()
    if not is_approver(person, today=today):
        return _("Only the chair, or a deputy on the days given, approves documents.")
    if draft.approver_id != person.pk and allowed(person, Can.SIGN_OFF_DOCUMENTS):
        return _("This document lies before %(person)s.") % {"person": draft.approver}
    return _own_work() if person.pk in _hands(draft) else ""


def one_hand_fault(draft: DocumentDraft) -> str:
    """Why a signed-off draft must be approved by another, in a sentence: who wrote it signed it off."""
    if draft.is_signed_off and (draft.is_of_one_hand or draft.signed_off_by_id in _hands(draft)):
        return _("Who prepared this document signed it off; it must be approved by somebody else.")
    return ""


def _own_work() -> str:
    return _("Whoever prepared a document, changed it last or put it forward does not approve it.")


@transaction.atomic
def submit_for_approval(
    *, draft: DocumentDraft, revision: int, approver: User, by: User | None, now: dt.datetime, origin: str = ""
) -> ApprovalRequest:
    """Put the draft, as it stands now, before `approver`; `origin` is the portal's address for the link in the mail.

    Raises `StaleEdit`, and `Refused` where something is lacking, or the approver had a hand in it.
    """
    held = held_draft(draft, revision)
    content = compose_content(held)
    if lack := reason_not_ready(content, held):
        raise Refused(lack, about=held)
    check = kind_of(held).check_text(held, content)
    if check and check.unknown:
        raise Refused(check.obstacle(check.fingerprint), about=held)
    close_request(held, Outcome.TAKEN_BACK, by=by, now=now)
    held.changed_by_id = _last_hand(held)
    if approver.pk in held.authors or (by and approver.pk == by.pk):
        raise Refused(_own_work(), "approver")
    if not is_approver(approver, today=localdate(now)):
        raise Refused(_("Only the chair, or a deputy on the days given, approves documents."), "approver")
    changes: Changes = {"status": (held.status, Status.SUBMITTED), "approver": (None, approver)}
    _unsigned(held)
    held.status, held.approver = Status.SUBMITTED, approver
    held.revision += 1
    held.save(update_fields=[*SIGNED_OFF, "approver", "changed_by", "revision"])
    request = ApprovalRequest.objects.create(
        draft=held,
        approver=approver,
        asked_at=now,
        asked_by=by,
        fingerprint=content_fingerprint(content),
        shown=[part.as_values() for part in kind_of(held).parts(content)],
    )
    record(verb="document.submitted", target=held, by=by, now=now, changes=changes)
    post(mail.put_before(request, origin=origin), about=held, by=by, now=now)
    return request


def _hands(draft: DocumentDraft) -> set[int]:
    """The keys of those whose own work it is; the record of a meeting may have changed since it was put forward."""
    last = _last_hand(draft)
    return draft.authors if last is None else {*draft.authors, last}


def _last_hand(draft: DocumentDraft) -> int | None:
    """Who changed last what the document says: its words, or the record it is made of."""
    told = worded(draft).order_by("-at", "-pk").first(), kind_of(draft).last_told(draft)
    later = max(filter(None, told), key=lambda entry: (entry.at, entry.pk), default=None)
    return later.actor_id if later else draft.changed_by_id


def close_request(
    draft: DocumentDraft,
    outcome: ApprovalRequest.Outcome,
    *,
    by: User | None,
    now: dt.datetime,
    comments: Sequence[Comment] = (),
) -> ApprovalRequest | None:
    """What came of the request that is open, if there is one; no letter on the draft is true any more."""
    mail.take_back(draft, now=now)
    request = draft.requests.open().select_for_update(of=("self",)).first()
    if request is None:
        return None
    request.outcome, request.decided_at, request.decided_by = outcome, now, by
    request.comments = list(comments)
    request.save(update_fields=["outcome", "decided_at", "decided_by", "comments"])
    draft.approver = None
    return request


def _unsigned(draft: DocumentDraft) -> None:
    draft.status, draft.signed_off_fingerprint, draft.is_of_one_hand = Status.DRAFT, "", False
    draft.signed_off_at = draft.signed_off_by = None
    draft.signed_off_signer = ""


def begin_anew(draft: DocumentDraft, *, by: User | None, now: dt.datetime) -> None:
    """Its words have changed: what was signed off, or lies before somebody, must be put before them again."""
    if draft.status != Status.DRAFT:  # what was returned still is
        close_request(draft, Outcome.TAKEN_BACK, by=by, now=now)
    _unsigned(draft)
    draft.changed_by = by
    draft.save(update_fields=[*SIGNED_OFF, "approver", "changed_by"])


@transaction.atomic
def take_back(*, draft: DocumentDraft, revision: int, by: User, now: dt.datetime) -> DocumentDraft:
    """Take the draft back from its approver, to work on it."""
    held = held_draft(draft, revision)
    if not held.is_submitted:
        raise Refused(_("This document does not lie before anybody for approval."), about=held)
    close_request(held, Outcome.TAKEN_BACK, by=by, now=now)
    return _back_to_draft(held, verb="document.taken_back", by=by, now=now)


@transaction.atomic
def return_draft(
    *, draft: DocumentDraft, revision: int, comments: Sequence[Comment], by: User, now: dt.datetime, origin: str = ""
) -> DocumentDraft:
    """Send the draft back to who put it forward, with what is to be changed, part by part."""
    held = held_draft(draft, revision)
    if reason := reason_not_to_decide(held, by, today=localdate(now)):
        raise Refused(reason, about=held)
    if not comments:
        raise Refused(_("Please write beside a part what is to be changed."))
    request = close_request(held, Outcome.RETURNED, by=by, now=now, comments=comments)
    _back_to_draft(held, verb="document.returned", by=by, now=now)
    if request and request.asked_by:
        post(mail.returned(request, origin=origin), about=held, by=by, now=now)
    return held


def _back_to_draft(held: DocumentDraft, *, verb: str, by: User, now: dt.datetime) -> DocumentDraft:
    changes: Changes = {"status": (held.status, Status.DRAFT)}
    held.status = Status.DRAFT
    held.revision += 1
    held.save(update_fields=["status", "approver", "revision"])
    record(verb=verb, target=held, by=by, now=now, changes=changes)
    return held


@transaction.atomic
def sign_off(
    *, draft: DocumentDraft, revision: int, by: User, now: dt.datetime, numbers_checked: str = "", origin: str = ""
) -> DocumentDraft:
    """Approve the draft with its content as it was put forward.

    `numbers_checked` is the fingerprint of the numbers in a report's text that no figure
    stands behind, if the signer has checked them (`CheckedText.fingerprint`). Raises
    `Refused` where `by` isn't who approves it, something is lacking, or it isn't what was put forward.
    """
    held = held_draft(draft, revision)
    if reason := reason_not_to_decide(held, by, today=localdate(now)):
        raise Refused(reason, about=held)
    content = compose_content(held)
    _check_content(held, content, numbers_checked)
    request = close_request(held, Outcome.APPROVED, by=by, now=now)
    changes: Changes = {"status": (held.status, Status.SIGNED_OFF)}
    held.status, held.signed_off_at, held.signed_off_by = Status.SIGNED_OFF, now, by
    held.signed_off_fingerprint = content_fingerprint(content)
    held.signed_off_signer = signer_of(content)
    held.revision += 1
    held.save(update_fields=[*SIGNED_OFF, "approver", "revision"])
    record(verb="document.signed_off", target=held, by=by, now=now, changes=changes)
    if request and request.asked_by:
        post(mail.approved(request, origin=origin), about=held, by=by, now=now)
    return held


def _check_content(held: DocumentDraft, content: Content, numbers_checked: str) -> None:
    if lack := reason_not_ready(content, held):
        raise Refused(lack, about=held)
    check = kind_of(held).check_text(held, content)
    if check and (obstacle := check.obstacle(numbers_checked)):
        raise Refused(obstacle, about=held)
    if held.requests.open().get().fingerprint != content_fingerprint(content):
        raise Refused(changed_since_submitted(), about=held)


def changed_since_submitted() -> str:
    return _("What the document is made of has changed since it was put forward; it must be put forward again.")


@transaction.atomic
def name_deputy(*, person: User, starts_on: dt.date, ends_on: dt.date, by: User, now: dt.datetime) -> ApprovalDeputy:
    """Let somebody approve documents from `starts_on` to `ends_on`, both days included, in the place of `by`."""
    if person.pk == by.pk or not allowed(person, Can.READ_DRAFTS) or not person.is_active:
        raise Refused(_("A deputy is another person who may read drafts of documents."), "person")
    if ends_on < starts_on or ends_on < localdate(now):
        raise Refused(_("Please enter a last day that is not over, and not before the first."), "ends_on")
    if starts_on < localdate(now):
        raise Refused(_("Nobody approves in days that are past; choose today or later."), "starts_on")
    if ends_on > (latest := starts_on + LONGEST_DEPUTYSHIP):
        sentence = _("A deputy is named for a year at most: until %(day)s or earlier.")
        raise Refused(sentence % {"day": date(latest)}, "ends_on")
    deputy = ApprovalDeputy.objects.create(
        person=person, starts_on=starts_on, ends_on=ends_on, given_by=by, given_at=now
    )
    changes: Changes = {"starts_on": (None, starts_on), "ends_on": (None, ends_on)}
    record(verb="deputy.named", target=deputy, by=by, now=now, changes=changes)
    return deputy


@transaction.atomic
def end_deputyship(*, deputy: ApprovalDeputy, by: User, now: dt.datetime) -> None:
    """Take the right back at once; what was approved with it stays approved."""
    held = locked(deputy)
    changes: Changes = {"starts_on": (held.starts_on, None), "ends_on": (held.ends_on, None)}
    record(verb="deputy.ended", target=held, by=by, now=now, changes=changes)
    held.delete()
