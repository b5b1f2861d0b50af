from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0032_kinds_that_share_numbers")]

    operations = [
        migrations.AddField(
            "documentdraft",
            "urgency",
            models.CharField(
                blank=True,
                choices=[("urgent", "KHẨN"), ("very_urgent", "THƯỢNG KHẨN"), ("at_once", "HỎA TỐC")],
                default="",
                max_length=12,
                verbose_name="urgency",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "documentdraft",
            "circulation",
            models.CharField(
                blank=True,
                choices=[("internal", "LƯU HÀNH NỘI BỘ"), ("to_return", "XEM XONG TRẢ LẠI")],
                default="",
                max_length=12,
                verbose_name="circulation",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "documentdraft",
            "drafter",
            models.CharField(
                blank=True,
                default="",
                help_text="Printed behind “Lưu: VT”, with the number of copies, as in “TH. NVA.15”.",
                max_length=40,
                verbose_name="sign of the drafter",
            ),
            preserve_default=False,
        ),
    ]
