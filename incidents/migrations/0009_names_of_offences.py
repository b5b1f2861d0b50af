"""The names of the starting catalogue as the criminal code has them (Bộ luật Hình sự, Điều 168 and 171).

Only where an office has left the former name, and nothing else is called by the new one.
"""

from django.db import migrations

NAMES = {
    "cuop-tai-san": ("Cướp", "Cướp tài sản"),
    "cuop-giat-tai-san": ("Cướp giật", "Cướp giật tài sản"),
    "trat-tu-xa-hoi-khac": ("Khác", "Vi phạm khác về trật tự xã hội"),
}


def rename(apps, schema_editor):
    _rename(apps, NAMES)


def rename_back(apps, schema_editor):
    _rename(apps, {code: (name, former) for code, (former, name) in NAMES.items()})


def _rename(apps, names):
    categories = apps.get_model("incidents", "Category").objects
    for code, (former, name) in names.items():
        if not categories.filter(name=name).exists():
            categories.filter(code=code, name=former).update(name=name)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0008_starting_help")]
    operations = [migrations.RunPython(rename, rename_back)]
