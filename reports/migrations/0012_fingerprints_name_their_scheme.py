"""A fingerprint names the scheme it was made by, which takes room; one without a name stays as it is."""

from django.db import migrations, models


def keep(apps, schema_editor):
    """Nothing is known of the schemes of before that their fingerprints could be given."""


def without_schemes(apps, schema_editor):
    """So that they fit the narrower column again."""
    for name, field in (("IssuedDocument", "fingerprint"), ("DocumentDraft", "signed_off_fingerprint")):
        for row in apps.get_model("reports", name).objects.filter(**{f"{field}__contains": ":"}).only(field):
            setattr(row, field, getattr(row, field).rpartition(":")[2])
            row.save(update_fields=[field])


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_late_texts_and_no_tab")]

    operations = [
        migrations.AlterField("documentdraft", "signed_off_fingerprint", models.CharField(blank=True, max_length=80)),
        migrations.AlterField("issueddocument", "fingerprint", models.CharField(blank=True, max_length=80)),
        migrations.RunPython(keep, without_schemes),
    ]
