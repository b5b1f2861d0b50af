"""The categories a cluster starts with; from then on they are data the secretariat edits."""

from django.db import migrations

FEWER, NEUTRAL = "fewer", "neutral"

GROUPS = [
    (
        "trat-tu-xa-hoi",
        "Trật tự xã hội",
        [
            ("trom-cap-tai-san", "Trộm cắp tài sản", FEWER),
            ("co-y-gay-thuong-tich", "Cố ý gây thương tích", FEWER),
            ("cuop-tai-san", "Cướp", FEWER),
            ("cuop-giat-tai-san", "Cướp giật", FEWER),
            ("lua-dao-chiem-doat-tai-san", "Lừa đảo chiếm đoạt tài sản", FEWER),
            ("danh-bac", "Đánh bạc", FEWER),
            ("gay-roi-trat-tu-cong-cong", "Gây rối trật tự công cộng", FEWER),
            ("huy-hoai-tai-san", "Hủy hoại tài sản", FEWER),
            ("chong-nguoi-thi-hanh-cong-vu", "Chống người thi hành công vụ", FEWER),
            ("trat-tu-xa-hoi-khac", "Khác", FEWER),
        ],
    ),
    ("nhom-ma-tuy", "Ma túy", [("ma-tuy", "Ma túy", NEUTRAL)]),
    ("nhom-kinh-te", "Kinh tế, tham nhũng", [("kinh-te-tham-nhung", "Kinh tế, tham nhũng", NEUTRAL)]),
    ("nhom-moi-truong", "Môi trường", [("moi-truong", "Môi trường", NEUTRAL)]),
    ("nhom-te-nan", "Tệ nạn xã hội", [("te-nan-xa-hoi", "Tệ nạn xã hội", NEUTRAL)]),
    ("nhom-giao-thong", "Tai nạn giao thông", [("tai-nan-giao-thong", "Tai nạn giao thông", FEWER)]),
    ("nhom-chay-no", "Cháy, nổ", [("chay-no", "Cháy, nổ", FEWER)]),
    ("nhom-hanh-chinh", "Vi phạm hành chính", [("vi-pham-hanh-chinh", "Vi phạm hành chính", NEUTRAL)]),
]


def create(apps, schema_editor):
    CategoryGroup = apps.get_model("incidents", "CategoryGroup")
    Category = apps.get_model("incidents", "Category")
    for place, (code, name, categories) in enumerate(GROUPS, start=1):
        group = CategoryGroup.objects.create(code=code, name=name, order=place)
        Category.objects.bulk_create(
            Category(group=group, code=code, name=name, polarity=polarity, order=order)
            for order, (code, name, polarity) in enumerate(categories, start=1)
        )


def remove(apps, schema_editor):
    codes = [code for _code, _name, categories in GROUPS for code, _category, _polarity in categories]
    apps.get_model("incidents", "Category").objects.filter(code__in=codes).delete()
    apps.get_model("incidents", "CategoryGroup").objects.filter(code__in=[group[0] for group in GROUPS]).delete()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_catalogue")]
    operations = [migrations.RunPython(create, remove)]
