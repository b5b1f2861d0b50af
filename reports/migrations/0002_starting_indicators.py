"""The activity indicators a cluster starts with; from then on the secretariat edits them."""

from django.db import migrations

INDICATORS = [
    ("buoi-tuyen-truyen", "Buổi tuyên truyền", "buổi", "more"),
    ("luot-nguoi-du-tuyen-truyen", "Lượt người dự tuyên truyền", "lượt người", "more"),
    ("buoi-tuan-tra", "Buổi tuần tra", "buổi", "more"),
    ("luot-nguoi-tuan-tra", "Lượt người tham gia tuần tra", "lượt người", "more"),
    ("mo-hinh-duy-tri", "Mô hình được duy trì", "mô hình", "more"),
    ("mo-hinh-xay-moi", "Mô hình xây mới", "mô hình", "more"),
    ("tin-bao-tiep-nhan", "Tin báo tiếp nhận", "tin", "neutral"),
    ("tin-bao-da-giai-quyet", "Tin báo đã giải quyết", "tin", "more"),
]


def create(apps, schema_editor):
    Indicator = apps.get_model("reports", "Indicator")
    Indicator.objects.bulk_create(
        Indicator(code=code, name=name, noun=noun, polarity=polarity, order=order)
        for order, (code, name, noun, polarity) in enumerate(INDICATORS, start=1)
    )


def remove(apps, schema_editor):
    apps.get_model("reports", "Indicator").objects.filter(code__in=[row[0] for row in INDICATORS]).delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
