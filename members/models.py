"""The cluster, its units, the people who work with the portal, and the audit trail."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.names import Names, confusable
from cluster_portal.once import once
from cluster_portal.periods import CutOffRule
from cluster_portal.text import fold
from members.infrastructure.account_changes import AccountChange
from members.infrastructure.audit import AuditEntry
from members.infrastructure.capabilities import visible_rows
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import Revised
from members.infrastructure.handovers import Handover
from members.infrastructure.letterheads import RANK_HELP, DatedLetterhead, PrintedHead, SignerAuthority, ranked
from members.infrastructure.outbox.letters import Letter, LetterFile
from members.infrastructure.second_factor_resets import SecondFactorReset
from members.infrastructure.table_imports import TableImport
from members.infrastructure.trail import TrailLink
from members.infrastructure.unit_mergers import UnitMerger

if TYPE_CHECKING:
    pass

__all__ = [
    "AccountChange",
    "AuditEntry",
    "Cluster",
    "DatedLetterhead",
    "Handover",
    "LeadTerm",
    "Letter",
    "LetterFile",
    "PrintedHead",
    "SecondFactorReset",
    "SignerAuthority",
    "TableImport",
    "TrailLink",
    "Unit",
    "UnitMerger",
    "UnitQuerySet",
    "UnitSuccession",
    "User",
    "ranked",
]


class Cluster(PrintedHead, Revised):
    """The one cluster this installation serves: its name, rules, and the letterhead before any dated one."""

    SINGLETON = 1

    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=80)
    cut_off_rule = models.CharField(
        _("cut-off rule"), max_length=20, choices=CutOffRule.choices, default=CutOffRule.CALENDAR
    )
    units_see_comparison = models.BooleanField(
        _("units see the issued comparison"),
        default=True,
        help_text=_("Every member unit may read the summary reports that were issued, with the figures of all units."),
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="cluster_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def get(cls) -> Cluster:
        """The cluster; an unsaved, nameless one before anybody has set it up."""
        found = once("cluster", cls.objects.filter(pk=cls.SINGLETON).first)
        return copy(found) or cls(pk=cls.SINGLETON, revision=0)

    @classmethod
    def lock(cls) -> None:
        """Wait, to the end of the transaction, for whoever is checking a rule over several rows."""
        list(cls.objects.select_for_update(of=("self",)).filter(pk=cls.SINGLETON))


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: User) -> UnitQuerySet:
        """Everybody in the secretariat and the chair sees all units, a liaison their own."""
        return visible_rows(self, user, own_unit=lambda unit: Q(pk=unit))

    def members_on(self, day: dt.date) -> UnitQuerySet:
        """The units that belong to the cluster on `day`."""
        return self.filter(Q(joined_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gt=day))

    def without_account(self) -> UnitQuerySet:
        """Units in which nobody can sign in."""
        return self.exclude(pk__in=User.objects.active().filter(unit__isnull=False).values("unit"))

    def in_order(self) -> UnitQuerySet:
        return self.order_by("order", "pk")

    def matching(self, typed: str) -> UnitQuerySet:
        """Units whose name, address or leader holds what was typed, with or without diacritics.

        Folded here and not by the database: a cluster has a few dozen units, and
        SQLite and PostgreSQL fold Vietnamese differently.
        """
        if not (needle := fold(typed)):
            return self
        texts = self.values_list("pk", "name", "short_name", "address", "leader")
        return self.filter(pk__in=[pk for pk, *parts in texts if needle in fold(" ".join(parts))])

    def called(self, name: str) -> Unit | None:
        """The unit of that name or short name, or one that can be taken for it; see `confusable`."""
        names = self.order_by("pk").values_list("pk", "name", "short_name")
        found = next((pk for pk, *own in names if any(confusable(name, each) for each in own)), None)
        return self.filter(pk=found).first() if found else None

    def by_name(self) -> Names[Unit]:
        """All of these by name and short name, for looking up what people wrote (one query)."""
        return Names((name, unit) for unit in self.in_order() for name in (unit.name, unit.short_name))

    def next_place(self) -> int:
        """The `order` of a unit that is to stand last."""
        return (self.aggregate(last=Max("order"))["last"] or 0) + 1


class Unit(Revised):
    """Đơn vị thành viên: a member of the cluster, from `joined_on` until before `left_on`."""

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("commune or ward")
        AGENCY = "agency", _("agency")
        SCHOOL = "school", _("school")
        ENTERPRISE = "enterprise", _("enterprise")
        ARMED_FORCES = "armed_forces", _("armed forces")

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    address = models.CharField(_("address"), max_length=250, blank=True)
    superior_line = models.CharField(_("superior body on the letterhead"), max_length=150, blank=True)
    issuer_line = models.CharField(
        _("issuing body on the letterhead"),
        max_length=150,
        blank=True,
        help_text=_("Empty: the unit's name; of a commune its people's committee."),
    )
    notation_suffix = models.CharField(
        _("notation suffix"), max_length=30, blank=True, help_text=_("What follows the kind in “05/BC-…”")
    )
    place = models.CharField(
        _("place of issue"), max_length=80, blank=True, help_text=_("Empty: the same as the cluster's.")
    )
    leader = models.CharField(_("leader"), max_length=120, blank=True)
    leader_rank = models.CharField(_("leader's rank"), max_length=40, blank=True, help_text=RANK_HELP)
    leader_title = models.CharField(_("leader's title"), max_length=120, blank=True)
    signer_authority = models.CharField(
        _("signs"),
        max_length=5,
        choices=SignerAuthority.of_a_head(),
        default=SignerAuthority.OWN,
        blank=True,
        help_text=_("Who signs the unit's reports: its leader, or somebody for the leader."),
    )
    signer_title = models.CharField(
        _("title of who signs for it"),
        max_length=120,
        blank=True,
        help_text=_("Only where somebody signs for the leader, as in “PHÓ CHỦ TỊCH” below “KT. CHỦ TỊCH”."),
    )
    signer_name = models.CharField(_("name of who signs for the leader"), max_length=120, blank=True)
    signer_rank = models.CharField(_("rank of who signs for the leader"), max_length=40, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    joined_on = models.DateField(_("member since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        through="UnitSuccession",
        through_fields=("predecessor", "successor"),
        symmetrical=False,
        related_name="predecessors",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="unit_name_is_unique"),
            models.UniqueConstraint(Lower("short_name"), name="unit_short_name_is_unique"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("joined_on")),
                name="unit_leaves_after_it_joined",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:unit-detail", args=[self.pk])

    def is_member_on(self, day: dt.date) -> bool:
        return self.joined_on <= day and (self.left_on is None or self.left_on > day)


class UnitSuccession(models.Model):
    """One unit's area or people passed to another on `on`, wholly or in part.

    Where only a part moved, figures before and after can't be compared. A unit may give
    a part to another first and merge with it years later.
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField(_("on"))
    is_partial = models.BooleanField(_("only a part"), default=False)
    merger = models.ForeignKey(
        UnitMerger, on_delete=models.PROTECT, null=True, editable=False, related_name="successions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="succession_of_a_day_is_stated_once"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="unit_does_not_succeed_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class LeadTermQuerySet(models.QuerySet["LeadTerm"]):
    def current_on(self, day: dt.date) -> LeadTermQuerySet:
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def reaching(self, day: dt.date) -> LeadTermQuerySet:
        """Those that last until `day` or longer."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def overlapping(self, *, starts_on: dt.date, ends_on: dt.date | None) -> LeadTermQuerySet:
        terms = self.reaching(starts_on)
        return terms.filter(starts_on__lte=ends_on) if ends_on else terms


class LeadTerm(models.Model):
    """A unit's term as lead, deputy or standing unit; both days belong to it."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead unit")
        DEPUTY = "deputy", _("deputy unit")
        STANDING = "standing", _("standing unit")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lead_terms", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = LeadTermQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="term_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["role"], condition=Q(ends_on__isnull=True), name="one_open_term_for_each_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.get_role_display()}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        with refuse_twin(user):
            user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The first account of an installation: a person of the secretariat."""
        return self.create_user(email, password, **{"role": User.Role.SECRETARIAT, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def secretariat(self) -> UserQuerySet:
        return self.filter(role=User.Role.SECRETARIAT)

    def are_only(self, person: User) -> bool:
        """Whether there is this person and nobody else."""
        return [found.pk for found in self.order_by("pk")[:2]] == [person.pk]

    def matching(self, typed: str) -> UserQuerySet:
        """People whose name, address, telephone or unit holds what was typed, with or without diacritics."""
        if not (needle := fold(typed)):
            return self
        texts = self.values_list("pk", "full_name", "title", "email", "telephone", "unit__name", "unit__short_name")
        return self.filter(pk__in=[pk for pk, *parts in texts if needle in fold(" ".join(filter(None, parts)))])

    def liaisons(self) -> UserQuerySet:
        return self.filter(role=User.Role.LIAISON)

    def in_order(self) -> UserQuerySet:
        """Those of no unit, then unit by unit; of one unit by name."""
        return self.order_by(F("unit__order").asc(nulls_first=True), "unit_id", "full_name", "pk")


class User(AbstractBaseUser, Revised):
    """A person who signs in with their e-mail address; the role decides what they may do."""

    class Role(models.TextChoices):
        SECRETARIAT = "secretariat", _("secretariat")
        LIAISON = "liaison", _("liaison")
        CHAIR = "chair", _("chair")

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    title = models.CharField(_("title"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit")
    )
    is_active = models.BooleanField(_("active"), default=True)
    wants_notices = models.BooleanField(_("E-mails on due dates and accepted reports"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    #: Until then a password alone is enough, where the role needs a second factor; empty: nobody asked for one yet.
    second_factor_due = models.DateTimeField(null=True, editable=False)
    #: Counts the links to set a password that ended the older ones.
    link_turn = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(role="liaison") | Q(unit__isnull=False), name="liaison_has_a_unit"),
        ]

    def __str__(self) -> str:
        return self.full_name
