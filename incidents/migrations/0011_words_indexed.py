from django.db import migrations

from cluster_portal import word_index

TABLE, COLUMN = "incidents_incident", "search_text"


def put_up(apps, schema_editor):
    word_index.put_up(schema_editor.connection, TABLE, COLUMN)


def take_down(apps, schema_editor):
    word_index.take_down(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    """Where the database can't have the index, nothing is done: words are looked for without it."""

    dependencies = [
        ("incidents", "0010_one_index_for_each_reading"),
    ]

    operations = [
        migrations.RunPython(put_up, take_down),
    ]
