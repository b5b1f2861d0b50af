import django.db.models.deletion
from django.db import migrations, models


def keep_what_was_announced(apps, schema_editor):
    """Meetings announced until now: their invitations said what the plan says today."""
    Announcement = apps.get_model("meetings", "Announcement")
    for meeting in apps.get_model("meetings", "Meeting").objects.filter(invited_at__isnull=False):
        Announcement.objects.create(
            meeting=meeting,
            issued_at=meeting.invited_at,
            held_on=meeting.held_on,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
        )
        meeting.attendances.update(invited_at=meeting.invited_at)


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0001_meetings"),
    ]

    operations = [
        migrations.RenameField(
            model_name="attendance",
            old_name="invitation_sent_at",
            new_name="mailed_at",
        ),
        migrations.AddField(
            model_name="attendance",
            name="invited_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="date")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="begins at")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="ends at")),
                ("place", models.CharField(max_length=300, verbose_name="place")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announcements",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["issued_at", "pk"],
            },
        ),
        migrations.RunPython(keep_what_was_announced, migrations.RunPython.noop),
    ]
