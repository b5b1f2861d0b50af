"""What the starting indicators count, said of each: “Số buổi tuần tra”.

Only where an office has left the former name, and nothing else is called by the new one.
"""

from django.db import migrations

NAMES = {
    "buoi-tuyen-truyen": ("Buổi tuyên truyền", "Số buổi tuyên truyền"),
    "luot-nguoi-du-tuyen-truyen": ("Lượt người dự tuyên truyền", "Số lượt người dự tuyên truyền"),
    "buoi-tuan-tra": ("Buổi tuần tra", "Số buổi tuần tra"),
    "luot-nguoi-tuan-tra": ("Lượt người tham gia tuần tra", "Số lượt người tham gia tuần tra"),
    "mo-hinh-duy-tri": ("Mô hình được duy trì", "Số mô hình được duy trì"),
    "mo-hinh-xay-moi": ("Mô hình xây mới", "Số mô hình xây dựng mới"),
    "tin-bao-tiep-nhan": ("Tin báo tiếp nhận", "Số tin báo đã tiếp nhận"),
    "tin-bao-da-giai-quyet": ("Tin báo đã giải quyết", "Số tin báo đã giải quyết"),
}


def rename(apps, schema_editor):
    _rename(apps, NAMES)


def rename_back(apps, schema_editor):
    _rename(apps, {code: (name, former) for code, (former, name) in NAMES.items()})


def _rename(apps, names):
    indicators = apps.get_model("reports", "Indicator").objects
    for code, (former, name) in names.items():
        if not indicators.filter(name=name).exists():
            indicators.filter(code=code, name=former).update(name=name)


class Migration(migrations.Migration):
    dependencies = [("reports", "0025_starting_help")]
    operations = [migrations.RunPython(rename, rename_back)]
