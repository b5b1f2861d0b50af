"""The rows of the outbox."""

from __future__ import annotations

import datetime as dt
import uuid
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.infrastructure.capabilities import Can, visible_rows
from members.infrastructure.outbox.kinds import label_of

if TYPE_CHECKING:
    from members.models import User


#: Characters of an address in a letter's key.
ROOM = 100


def about(target: models.Model) -> str:
    """What a letter is about, for finding all letters about one thing."""
    return f"{target._meta.label_lower}-{target.pk}"


def key_part(address: str) -> str:
    """An address as part of a letter's key, which has less room than the longest address needs."""
    return address if len(address) <= ROOM else sha256(address.encode()).hexdigest()


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """Who keeps the post sees all of it, others nothing."""
        return visible_rows(self, user, own_unit=lambda _unit: models.Q(pk__in=[]), whole=Can.WATCH_MAIL)

    def about(self, target: models.Model) -> LetterQuerySet:
        return self.filter(about=about(target))

    def waiting(self) -> LetterQuerySet:
        """On their way: waiting, or in the hands of a worker."""
        return self.filter(state__in=(Letter.State.WAITING, Letter.State.SENDING))

    def due(self, now: dt.datetime) -> LetterQuerySet:
        due = self.filter(state=Letter.State.WAITING, due_at__lte=now).order_by("due_at", "pk")
        return due.filter(models.Q(until=None) | models.Q(until__gt=now))

    def over(self, now: dt.datetime) -> LetterQuerySet:
        """Those of no use any more that aren't marked so yet."""
        unsent = (Letter.State.WAITING, Letter.State.FAILED, Letter.State.UNCLEAR)
        return self.filter(state__in=unsent, until__lte=now)

    def void(self, now: dt.datetime) -> LetterQuerySet:
        """Those that certainly went to nobody and won't: the same may be posted anew."""
        state, fault = Letter.State, Letter.Fault
        over = models.Q(state=state.OVER) | models.Q(state__in=(state.WAITING, state.FAILED), until__lte=now)
        unwritten = models.Q(state=state.FAILED, fault=fault.UNWRITTEN)
        return self.filter(models.Q(state=state.WITHDRAWN) | unwritten | over & ~models.Q(fault=fault.BROKEN_OFF))

    def standing(self, now: dt.datetime) -> LetterQuerySet:
        """Those that went or are on their way: nobody needs to write the same again."""
        under_way = (Letter.State.WAITING, Letter.State.SENDING, Letter.State.UNCLEAR)
        in_time = models.Q(until=None) | models.Q(until__gt=now)
        return self.filter(models.Q(state=Letter.State.SENT) | models.Q(state__in=under_way) & in_time)

    def ended(self) -> LetterQuerySet:
        """Those with which nothing more happens."""
        return self.filter(state__in=(Letter.State.SENT, Letter.State.WITHDRAWN, Letter.State.OVER))

    def to_send_again(self) -> LetterQuerySet:
        """Those that failed and can be tried as they are."""
        return self.filter(state=Letter.State.FAILED).exclude(fault=Letter.Fault.UNWRITTEN)

    def latest_first(self) -> LetterQuerySet:
        return self.select_related("posted_by").order_by("-posted_at", "-pk")


class Letter(models.Model):
    """One e-mail to one address. `key` says what it is for: nobody is sent the same thing twice.

    `data` is what the floor that posted it needs when it was taken. The text and the files
    are removed as soon as the mail server has taken them, or after `until`: links in them
    open accounts.
    `claim` names the attempt that is under way; `said` is the mail server's answer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        UNCLEAR = "unclear", _("unclear whether sent")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OVER = "over", _("its time is over")

    class Fault(models.TextChoices):
        AWAY = "away", _("the mail server does not answer")
        LATER = "later", _("the mail server asks to try later")
        REFUSED = "refused", _("the mail server does not take it")
        EXPIRED = "expired", _("its time is over")
        BROKEN_OFF = "broken_off", _("the sending was broken off")
        UNWRITTEN = "unwritten", _("it could not be written")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80, db_index=True, blank=True)
    data = models.JSONField(default=dict)
    unit_id = models.BigIntegerField(null=True)
    name = models.CharField(_("addressee"), max_length=250, blank=True)
    address = models.EmailField(_("e-mail"))
    subject = models.CharField(_("subject of the e-mail"), max_length=500)
    body = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    said = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="sent_letter_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)

    @property
    def may_be_sent_again(self) -> bool:
        if self.state == self.State.WAITING:
            return self.attempts > 0
        return self.state in (self.State.FAILED, self.State.UNCLEAR) and self.fault != self.Fault.UNWRITTEN

    @property
    def may_have_gone(self) -> bool:
        """Nobody knows, or not yet."""
        return self.state in (self.State.SENDING, self.State.UNCLEAR, self.State.OVER)


class LetterFile(models.Model):
    """A file that goes with a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


def new_message_id() -> str:
    """Of the office's domain; it stays the same however often the letter is tried, so that mailboxes know a double."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    return f"<{uuid.uuid4().hex}@{domain}>"
