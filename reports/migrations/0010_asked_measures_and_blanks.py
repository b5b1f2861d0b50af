"""A row's blanks may be stated as not known yet; and nothing that was reported ceases to be asked.

Where reports hold a figure other than 0 that its category would not ask by the starting
table, the category has asked it up to now; the table holds from the next half-year on.
"""

from django.db import migrations, models

from cluster_portal.periods import Period

ALWAYS = "1975-H1"
MEASURES = ("serious", "solved", "persons", "deaths", "injuries", "damage")


def keep_what_was_reported(apps, schema_editor):
    AskedMeasures = apps.get_model("incidents", "AskedMeasures")
    Figure = apps.get_model("reports", "Figure")
    newest = apps.get_model("reports", "ReportingRound").objects.order_by("-period").values_list("period", flat=True)
    last = newest.first()
    for row in AskedMeasures.objects.filter(since=ALWAYS).order_by("pk"):
        given = [
            measure
            for measure in MEASURES
            if measure not in row.measures
            and Figure.objects.filter(category_id=row.category_id, **{f"{measure}__gt": 0}).exists()
        ]
        if given and last:
            AskedMeasures.objects.create(
                category_id=row.category_id,
                since=Period.parse(str(last)).next,
                measures=row.measures,
                is_investigated=row.is_investigated,
            )
            row.measures = [measure for measure in MEASURES if measure in {*row.measures, *given}]
            row.save(update_fields=["measures"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_round_closed_with_a_reason"), ("incidents", "0006_asked_measures")]
    operations = [
        migrations.AddField(
            model_name="figure", name="lacks_figures", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(keep_what_was_reported, migrations.RunPython.noop),
    ]
