"""Which measures each category asks; from then on data the secretariat edits."""

import django.db.models.deletion
from django.db import migrations, models

import cluster_portal.period_fields
import cluster_portal.periods

ALWAYS = "1975-H1"
HARM = ["deaths", "injuries"]
CRIME = ["serious", "solved", "persons"]
EVERYTHING = [*CRIME, *HARM, "damage"]
#: Code of the category → what is asked beside the cases, and whether they are investigated.
ASKED = {
    "trom-cap-tai-san": ([*CRIME, "damage"], True),
    "co-y-gay-thuong-tich": ([*CRIME, *HARM], True),
    "cuop-tai-san": (EVERYTHING, True),
    "cuop-giat-tai-san": (EVERYTHING, True),
    "lua-dao-chiem-doat-tai-san": ([*CRIME, "damage"], True),
    "danh-bac": (CRIME, True),
    "gay-roi-trat-tu-cong-cong": ([*CRIME, "injuries"], True),
    "huy-hoai-tai-san": ([*CRIME, "damage"], True),
    "chong-nguoi-thi-hanh-cong-vu": ([*CRIME, *HARM], True),
    "trat-tu-xa-hoi-khac": (EVERYTHING, True),
    "ma-tuy": (CRIME, True),
    "kinh-te-tham-nhung": ([*CRIME, "damage"], True),
    "moi-truong": (CRIME, True),
    "te-nan-xa-hoi": (["persons"], False),
    "tai-nan-giao-thong": (["serious", *HARM, "damage"], False),
    "chay-no": (["serious", *HARM, "damage"], False),
    "vi-pham-hanh-chinh": (["persons"], False),
}
#: Categories an office added to these groups are investigated like those they began with.
INVESTIGATED_GROUPS = {"trat-tu-xa-hoi", "nhom-ma-tuy", "nhom-kinh-te", "nhom-moi-truong"}


def ask(apps, schema_editor):
    AskedMeasures = apps.get_model("incidents", "AskedMeasures")
    for category in apps.get_model("incidents", "Category").objects.select_related("group").order_by("pk"):
        own = (EVERYTHING, category.group.code in INVESTIGATED_GROUPS)
        measures, is_investigated = ASKED.get(category.code, own)
        AskedMeasures.objects.create(
            category=category, since=ALWAYS, measures=list(measures), is_investigated=is_investigated
        )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_earlier_place")]
    operations = [
        migrations.CreateModel(
            name="AskedMeasures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "since",
                    cluster_portal.period_fields.PeriodField(
                        default=cluster_portal.periods.Period(1975, 1), max_length=7, verbose_name="from the half-year"
                    ),
                ),
                ("measures", models.JSONField(default=list, verbose_name="figures asked")),
                ("is_investigated", models.BooleanField(default=False, verbose_name="cases are investigated")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="incidents.category"
                    ),
                ),
            ],
            options={"ordering": ["category", "since"]},
        ),
        migrations.AddConstraint(
            model_name="askedmeasures",
            constraint=models.UniqueConstraint(
                fields=("category", "since"), name="one_set_of_asked_measures_a_period"
            ),
        ),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
