"""How ready a meeting is, as facts a page can show: what is done, what is missing, where to go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Attendance, Award, Meeting, Speech


@dataclass(frozen=True)
class Fact:
    """`detail` says how far it is; `url` leads the secretariat to where it is done."""

    label: str
    detail: str
    is_done: bool
    url: str


def readiness(meeting: Meeting) -> tuple[Fact, ...]:
    """What a meeting needs at its stage: before it, its preparation; from its day on, its record."""
    if meeting.is_called_off:
        return ()
    return _preparation(meeting) if meeting.is_planned else _record(meeting)


def next_step(meeting: Meeting, facts: tuple[Fact, ...], *, today: dt.date) -> Fact | None:
    """The first thing still to be done; none once all is, or when the day has come to begin the meeting."""
    if meeting.is_planned and meeting.held_on <= today:
        return None
    return next((fact for fact in facts if not fact.is_done), None)


def _url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def _preparation(meeting: Meeting) -> tuple[Fact, ...]:
    rows = meeting.attendances.units().aggregate(
        units=Count("pk"),
        confirmed=Count("pk", filter=Q(reply=Attendance.Reply.CONFIRMED)),
        declined=Count("pk", filter=Q(reply=Attendance.Reply.DECLINED)),
    )
    speeches = _speeches(meeting)
    return (
        Fact(
            _("Hours and place"),
            meeting.place if meeting.starts_at else _("the hour is not set"),
            meeting.starts_at is not None,
            _url("meeting-edit", meeting),
        ),
        _invitations_fact(meeting),
        Fact(
            _("Replies"),
            _("%(confirmed)d of %(units)d units come, %(declined)d do not") % rows,
            rows["units"] > 0 and rows["confirmed"] + rows["declined"] == rows["units"],
            _url("invitee-list", meeting),
        ),
        Fact(
            _("Speeches"),
            _contributions(speeches, _("%(unfiled)d without a file")),
            speeches["discussions"] > 0 and not speeches["unfiled"],
            _url("speech-list", meeting),
        ),
        _awards_fact(meeting),
    )


def _invitations_fact(meeting: Meeting) -> Fact:
    told = meeting.announcements.last()
    if told is None:
        detail = _("not issued yet")
    else:
        detail = _("issued, with another time or place") if told.is_outdated else _("issued")
    return Fact(_("Invitations"), detail, told is not None and not told.is_outdated, _url("invitee-list", meeting))


def _record(meeting: Meeting) -> tuple[Fact, ...]:
    rows = meeting.attendances.aggregate(invited=Count("pk"), open=Count("pk", filter=Q(presence="")))
    speeches = _speeches(meeting)
    tasks = meeting.tasks.aggregate(all=Count("pk"), undated=Count("pk", filter=Q(due_on=None)))
    photos = meeting.photos.aggregate(all=Count("pk"), bare=Count("pk", filter=Q(caption="")))
    written = [bool(text) for text in (meeting.results, meeting.shortcomings, meeting.conclusion)]
    return (
        Fact(
            _("Attendance"),
            _("%(open)d of %(invited)d invitees not ticked") % rows if rows["open"] else _("every invitee is ticked"),
            not rows["open"],
            _url("hall", meeting),
        ),
        Fact(
            _("Speeches"),
            _contributions(speeches, _("%(empty)d without main points")),
            not speeches["empty"],
            _url("hall", meeting),
        ),
        Fact(
            _("Results, shortcomings, conclusion"),
            _("%(done)d of %(all)d written") % {"done": sum(written), "all": len(written)},
            all(written),
            _url("record", meeting),
        ),
        Fact(
            _("Tasks"),
            _("%(all)d, %(undated)d without a due date") % tasks,
            tasks["all"] > 0 and not tasks["undated"],
            _url("record", meeting),
        ),
        _awards_fact(meeting),
        Fact(
            _("Photos"),
            _("%(all)d, %(bare)d without a caption") % photos,
            photos["all"] > 0 and not photos["bare"],
            _url("photo-list", meeting),
        ),
    )


def _speeches(meeting: Meeting) -> dict[str, int]:
    """Papers and guests' addresses apart; only a paper is expected as a file beforehand."""
    is_paper = Q(kind=Speech.Kind.DISCUSSION)
    return meeting.speeches.aggregate(
        discussions=Count("pk", filter=is_paper),
        addresses=Count("pk", filter=~is_paper),
        unfiled=Count("pk", filter=is_paper & Q(file="")),
        empty=Count("pk", filter=Q(main_points="")),
    )


def _contributions(speeches: dict[str, int], lacking: str) -> str:
    """``7 tham luận, 1 bài phát biểu; …``: addresses only where there is one, then what is lacking."""
    papers, addresses = speeches["discussions"], speeches["addresses"]
    told = [ngettext("%(discussions)d discussion paper", "%(discussions)d discussion papers", papers) % speeches]
    if addresses:
        told.append(ngettext("%(addresses)d guest's address", "%(addresses)d guests' addresses", addresses) % speeches)
    return f"{', '.join(told)}; {lacking % speeches}"


def _awards_fact(meeting: Meeting) -> Fact:
    awards = meeting.awards.aggregate(all=Count("pk"), open=Count("pk", filter=Q(status=Award.Status.PROPOSED)))
    return Fact(
        _("Awards"),
        _("%(all)d, %(open)d still to be settled") % awards,
        not awards["open"],
        _url("award-list", meeting),
    )
