from django.db import migrations, models


def follow_those_ahead(apps, schema_editor):
    """A merger whose day is still to come, and along with which accounts were planned to move."""
    changes = apps.get_model("members", "AccountChange").objects.filter(done_at=None, merger__undone_at=None)
    mergers = changes.exclude(merger=None).values("merger")
    apps.get_model("members", "UnitMerger").objects.filter(pk__in=mergers).update(people_follow=True)


class Migration(migrations.Migration):
    dependencies = [("members", "0020_address_line_of_documents")]

    operations = [
        migrations.AddField(
            model_name="unitmerger", name="people_follow", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(follow_those_ahead, migrations.RunPython.noop),
    ]
