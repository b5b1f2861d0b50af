from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0033_marks_of_documents")]

    operations = [
        migrations.AddField(
            model_name="documentdraft", name="signed_off_signer", field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
