from django.db import migrations, models


def name_as_before(apps, schema_editor):
    """On the way back: states that the program of before doesn't know. On the way here the worker marks them."""
    letters = apps.get_model("members", "Letter").objects
    letters.filter(state="over").update(state="failed", fault="expired")
    letters.filter(fault="unwritten").update(fault="refused")


class Migration(migrations.Migration):
    dependencies = [("members", "0008_unit_letterheads")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="fault",
            field=models.CharField(
                blank=True,
                choices=[
                    ("away", "the mail server does not answer"),
                    ("later", "the mail server asks to try later"),
                    ("refused", "the mail server does not take it"),
                    ("expired", "its time is over"),
                    ("broken_off", "the sending was broken off"),
                    ("unwritten", "it could not be written"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("failed", "not sent"),
                    ("unclear", "unclear whether sent"),
                    ("withdrawn", "withdrawn"),
                    ("over", "its time is over"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, name_as_before),
    ]
