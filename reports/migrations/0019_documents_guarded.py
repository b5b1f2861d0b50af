"""The trail vouches for what was issued so far; from now on the database refuses to alter it (guards.py)."""

from django.db import migrations
from django.utils import timezone

from members.infrastructure import guards
from reports.documents.sealing import document_digest

TABLES = (
    "reports_issueddocument",
    "reports_issuedfile",
    "reports_signedcopy",
    "reports_signedcopywithdrawal",
)


def seal(apps, schema_editor):
    AuditEntry = apps.get_model("members", "AuditEntry")
    sealed = set(AuditEntry.objects.filter(verb="document.sealed").values_list("target_id", flat=True))
    for document in apps.get_model("reports", "IssuedDocument").objects.exclude(pk__in=sealed).order_by("pk"):
        AuditEntry.objects.create(
            at=timezone.now(),
            verb="document.sealed",
            target_type="reports.IssuedDocument",
            target_id=document.pk,
            target_label=document.notation,
            changes={"sha256": [None, document_digest(document)]},
        )


def guard(apps, schema_editor):
    guards.guard(schema_editor.connection, TABLES)


def unguard(apps, schema_editor):
    guards.unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("reports", "0018_trail_head_of_documents"), ("members", "0012_trail_guarded")]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
