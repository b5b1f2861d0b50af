"""The plan of a meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import HourField, PlannedDayField
from cluster_portal.formatting import date
from cluster_portal.identifiers import AskAboutIdentifiers, nobody_told
from cluster_portal.period_fields import PeriodChoiceField
from cluster_portal.periods import Period
from meetings.forms.widgets import field_label, lines
from meetings.models import Meeting
from meetings.models.meeting import WORDS, proposed_title
from meetings.programme import read_item
from members.forms.revision import RevisionForm
from members.letterhead import Heads
from members.models import Cluster, LeadTerm, Unit, ranked

#: The usual course of a review meeting; the head unit's handover belongs to the annual one.
USUAL_AGENDA = """Khai mạc, giới thiệu đại biểu
Báo cáo kết quả hoạt động của cụm
Tham luận, thảo luận
Khen thưởng
Phát biểu chỉ đạo
Kết luận của chủ trì
Bế mạc"""

#: What a new meeting takes over from the last one.
COPIED = ("place", "host", "chair_name", "chair_title", "secretary_name", "secretary_title")


class MeetingForm(RevisionForm):
    #: Asked where a plan gets a day that has passed, which is mostly a slip of the year.
    reason = forms.CharField(label=gettext_lazy("Why on a day that has passed"), required=False, max_length=200)

    class Meta:
        model = Meeting
        fields = [
            "kind",
            "period",
            "title",
            "held_on",
            "starts_at",
            "ends_at",
            "place",
            "host",
            "chair_name",
            "chair_title",
            "secretary_name",
            "secretary_title",
            "agenda",
        ]
        field_classes = {"held_on": PlannedDayField, "starts_at": HourField, "ends_at": HourField}
        widgets = {"agenda": lines(8)}
        help_texts = {
            "title": gettext_lazy("Left empty, it is made from kind and period."),
            "agenda": gettext_lazy(
                "One item a line. Hours stand before it and who does it behind a bar, once they are settled: "
                "8:00–8:30 Khai mạc | Bà Lê Thị A"
            ),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["title"].required = False
        self.fields["period"] = PeriodChoiceField(
            label=field_label(Meeting, "period"), years=reviewable_years(today), also=self.instance.period or None
        )
        self.fields["host"] = forms.ModelChoiceField(Unit.objects.in_order(), label=field_label(Meeting, "host"))

    @property
    def values(self) -> dict[str, Any]:
        """What the meeting holds; the reason is for the trail."""
        return {name: value for name, value in super().values.items() if name != "reason"}

    @property
    def plan(self) -> dict[str, Any]:
        """What the action takes that plans a meeting."""
        return {"values": self.values, "reason": self.cleaned_data["reason"]}

    @property
    def edit(self) -> dict[str, Any]:
        return {**super().edit, "reason": self.cleaned_data["reason"]}

    def clean_reason(self) -> str:
        reason = nobody_told(self.cleaned_data["reason"])
        if not reason and self._is_set_to_the_past():
            raise forms.ValidationError(_("This day has passed. Correct it above, or say why it is right."))
        return reason

    def _is_set_to_the_past(self) -> bool:
        """Whether a plan gets a day that has passed; it may keep one."""
        held_on = self.cleaned_data.get("held_on")
        is_past = held_on is not None and held_on < self.today
        return is_past and self.instance.is_planned and held_on != self._former("held_on")

    @property
    def shows_reason(self) -> bool:
        """Whether there is something to ask, or an answer that must not be lost."""
        return bool(self["reason"].errors or self["reason"].value())

    def clean_agenda(self) -> str:
        agenda: str = self.cleaned_data["agenda"]
        for line in agenda.splitlines():
            if read_item(line).ends_before_it_begins:
                raise forms.ValidationError(_("“%(line)s”: an item must end after it begins."), params={"line": line})
        return agenda

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The meeting must end after it starts."))
        if cleaned.get("period") and (fault := period_fault(cleaned.get("kind"), cleaned["period"])):
            self.add_error("period", fault)
        held_on, period = cleaned.get("held_on"), cleaned.get("period")
        if held_on and period and held_on < (begins_on := period.first_day(Cluster.get().cut_off_rule)):
            sentence = _("The period reviewed begins on %(day)s; the meeting can't be before that.")
            self.add_error("held_on", sentence % {"day": date(begins_on)})
        if cleaned.get("kind") and cleaned.get("period"):
            self._follow(cleaned)
        return cleaned

    def _follow(self, cleaned: dict[str, Any]) -> None:
        """Let agenda and title name the kind and period chosen, unless somebody has just typed them otherwise."""
        kind, period = cleaned["kind"], cleaned["period"]
        former_kind, former_period = self._former("kind"), self._former("period")
        if former_kind and former_period:
            if cleaned.get("agenda", "").splitlines() == str(self._former("agenda") or "").splitlines():
                cleaned["agenda"] = _reworded(
                    cleaned["agenda"], former_kind=former_kind, former_period=former_period, kind=kind, period=period
                )
            if cleaned.get("title") == proposed_title(former_kind, former_period):
                cleaned["title"] = ""
        cleaned["title"] = cleaned.get("title") or proposed_title(kind, period)

    def _former(self, name: str) -> Any:
        """What the form was opened with."""
        return self.get_initial_for_field(self.fields[name], name)


class CallOffForm(AskAboutIdentifiers, forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Why a meeting won't take place; the reason is sent to all who were invited."""

    free_text = ("call_off_reason",)

    class Meta:
        model = Meeting
        fields = ["call_off_reason"]
        help_texts = {"call_off_reason": gettext_lazy("It stands in the e-mail to all who were invited.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call_off_reason"].required = True


def reviewable_years(today: dt.date) -> range:
    """From the year the first unit joined until the next one."""
    joined_on = Unit.objects.order_by("joined_on").values_list("joined_on", flat=True).first() or today
    return range(min(joined_on, today).year, today.year + 2)


def period_fault(kind: str | None, period: Period) -> str | None:
    """A year is reviewed at its end, a half-year after the half; a briefing may be about either."""
    if kind == Meeting.Kind.ANNUAL and not period.is_full_year:
        return _("An annual review looks back on a whole year.")
    if kind == Meeting.Kind.SEMIANNUAL and period.is_full_year:
        return _("A semiannual review looks back on half a year.")
    return None


def proposed_plan(day: dt.date) -> dict[str, Any]:
    """What a new meeting's form starts with: a copy of the last one, or of the cluster's settings.

    Host and chair are those of now where another unit leads, or another head signs, since.
    """
    cluster = Cluster.get()
    period = Period.half_containing(day, cluster.cut_off_rule).previous
    last = Meeting.objects.latest_first().first()
    heads = Heads.of(cluster)
    kind = Meeting.Kind.SEMIANNUAL if period.half == 1 else Meeting.Kind.ANNUAL
    reviewed = period if kind == Meeting.Kind.SEMIANNUAL else Period(period.year)
    if last is not None:
        copied: dict[str, Any] = {name: getattr(last, name) for name in COPIED}
        copied["agenda"] = agenda_for(last, kind=kind, period=reviewed)
        leads = _who_leads(heads, day)
        if leads != _who_leads(heads, last.held_on):
            copied |= {**leads, "secretary_name": "", "secretary_title": ""}
    else:
        copied = {**_who_leads(heads, day), "agenda": USUAL_AGENDA}
    return {**copied, "kind": kind, "period": reviewed}


def _who_leads(heads: Heads, day: dt.date) -> dict[str, Any]:
    """Host and chair, as the lead unit and the letterhead of the day have them."""
    term = LeadTerm.objects.current_on(day).filter(role=LeadTerm.Role.LEAD).first()
    signs = heads.on(day)
    return {
        "host": term and term.unit_id,
        "chair_name": ranked(signs.signer_rank, signs.signer_name),
        "chair_title": signs.signer_post,
    }


def agenda_for(last: Meeting, *, kind: str, period: Period) -> str:
    """The last meeting's agenda where it names kind and period by those of the next."""
    return _reworded(
        last.agenda or USUAL_AGENDA, former_kind=last.kind, former_period=last.period, kind=kind, period=period
    )


def _reworded(agenda: str, *, former_kind: str, former_period: Period, kind: str, period: Period) -> str:
    return agenda.replace(former_period.printed, period.printed).replace(WORDS[former_kind], WORDS[kind])
