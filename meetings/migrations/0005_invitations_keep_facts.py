"""What an invitation told when it got its number is kept as facts, no longer as it was worded."""

import datetime as dt
import re

from django.db import migrations

HOUR = re.compile(r"(\d{2}) giờ(?: (\d{2}))?")
HOSTED = re.compile(r"(.*), do (.*) đăng cai", re.DOTALL)


def to_facts(apps, schema_editor):
    """The seven lines of before: cluster, heading, day, hours, place with host, chair, the chair's title."""
    for meeting in _numbered(apps):
        if isinstance(meeting.invitation_says, list):
            meeting.invitation_says = _facts(meeting.invitation_says, meeting.host)
            meeting.save(update_fields=["invitation_says"])


def _facts(says, host):
    _cluster, title, held_on, hours, place_with_host, chair_name, chair_title = says
    starts, ends = (*(dt.time(int(hour), int(minute or 0)) for hour, minute in HOUR.findall(hours)), None, None)[:2]
    hosted = HOSTED.fullmatch(place_with_host)
    place, is_same_host = (hosted[1], hosted[2] == host.name) if hosted else (place_with_host, host.name in place_with_host)
    return {
        "title": title,
        "held_on": held_on,
        "starts_at": starts and starts.isoformat(),
        "ends_at": ends and ends.isoformat(),
        "place": place,
        "host": host.pk if is_same_host else None,
        "chair_name": chair_name,
        "chair_title": chair_title,
    }


def to_words(apps, schema_editor):
    cluster = apps.get_model("members", "Cluster").objects.first()
    units = apps.get_model("members", "Unit").objects
    for meeting in _numbered(apps):
        if isinstance(meeting.invitation_says, dict):
            host = units.filter(pk=meeting.invitation_says["host"]).first()
            meeting.invitation_says = _words(meeting.invitation_says, cluster.name, host.name if host else "")
            meeting.save(update_fields=["invitation_says"])


def _words(says, cluster, host):
    starts, ends = (_clock(says[name]) for name in ("starts_at", "ends_at"))
    hours = f"từ {starts} đến {ends}" if starts and ends else starts
    place = says["place"]
    place_with_host = place if host in place else f"{place}, do {host} đăng cai"
    return [cluster, says["title"], says["held_on"], hours, place_with_host, says["chair_name"], says["chair_title"]]


def _clock(time):
    if time is None:
        return ""
    hour, minute, *_rest = time.split(":")
    return f"{hour} giờ" + (f" {minute} phút" if minute != "00" else "")


def _numbered(apps):
    return apps.get_model("meetings", "Meeting").objects.exclude(invitation_says=None).select_related("host").order_by("pk")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_papers_of_meetings_issued")]

    operations = [migrations.RunPython(to_facts, to_words)]
