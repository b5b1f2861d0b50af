"""Taken back as far as tasks had to belong to a meeting, those set between meetings get one that holds them.

No other meeting's record is touched, and going forward again they stand between meetings as before.
A migration of its own, as PostgreSQL alters no table in which rows have just been changed.
"""

import datetime as dt

from django.db import migrations

from cluster_portal.periods import Period

TITLE = "Nhiệm vụ giao ngoài hội nghị"
REASON = "Không phải hội nghị: nơi giữ các nhiệm vụ giao ngoài hội nghị khi cài lại phiên bản trước."
LONG_AGO = dt.date(2000, 1, 1)


def release(apps, schema_editor):
    for holder in apps.get_model("meetings", "Meeting").objects.filter(title=TITLE, call_off_reason=REASON):
        holder.tasks.update(meeting=None)
        holder.delete()


def hold(apps, schema_editor):
    between = apps.get_model("meetings", "Task").objects.filter(meeting=None)
    if not between.exists():
        return
    between.update(
        meeting=apps.get_model("meetings", "Meeting").objects.create(
            kind="briefing",
            period=Period(2000),
            title=TITLE,
            held_on=LONG_AGO,
            host=apps.get_model("members", "Unit").objects.order_by("order", "pk").first(),
            status="called_off",
            called_off_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
            call_off_reason=REASON,
        )
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_order_of_awards")]

    operations = [migrations.RunPython(release, hold)]
