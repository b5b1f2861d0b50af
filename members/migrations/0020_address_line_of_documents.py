from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0019_handovers_and_planned_accounts")]

    operations = [
        migrations.AddField(
            model,
            "address_line",
            models.CharField(
                blank=True,
                default="",
                help_text="Address, telephone, e-mail; printed small at the foot of numbered documents.",
                max_length=200,
                verbose_name="address below the first page",
            ),
            preserve_default=False,
        )
        for model in ("cluster", "datedletterhead")
    ]
