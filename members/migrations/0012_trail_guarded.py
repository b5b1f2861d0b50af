"""What was entered so far gets its place in the chain; from now on nothing of it can be altered (guards.py)."""

from django.db import migrations

from members.infrastructure import guards
from members.infrastructure.trail import Head, links

TABLES = ("members_auditentry", "members_traillink")


def chain(apps, schema_editor):
    entries = apps.get_model("members", "AuditEntry").objects.filter(link=None).order_by("pk")
    TrailLink = apps.get_model("members", "TrailLink")
    last = TrailLink.objects.order_by("-position").first()
    for position, entry, digest in links(entries.iterator(), Head(last.position, last.digest) if last else Head()):
        TrailLink.objects.create(position=position, entry=entry, digest=digest)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def guard(apps, schema_editor):
    guards.guard(schema_editor.connection, TABLES)


def unguard(apps, schema_editor):
    guards.unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("members", "0011_trail_with_links")]

    operations = [
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
