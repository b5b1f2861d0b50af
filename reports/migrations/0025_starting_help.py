"""What counts in each indicator a cluster starts with, and where it is taken from.

Only where the office has neither written its own nor given the indicator another name.
"""

from django.db import migrations

HELP = [
    ("buoi-tuyen-truyen", "Buổi tuyên truyền", "Buổi họp, hội nghị, sinh hoạt có nội dung về an ninh, trật tự; không tính phát thanh, tờ rơi. Nguồn: kế hoạch, biên bản của đơn vị."),
    ("luot-nguoi-du-tuyen-truyen", "Lượt người dự tuyên truyền", "Cộng số người dự các buổi đã tính ở trên; một người dự hai buổi là 02 lượt. Nguồn: danh sách, biên bản của buổi."),
    ("buoi-tuan-tra", "Buổi tuần tra", "Mỗi lần tuần tra, canh gác theo lịch hoặc đột xuất là 01 buổi; tuần tra chung do đơn vị chủ trì tính. Nguồn: lịch trực, sổ tuần tra."),
    ("luot-nguoi-tuan-tra", "Lượt người tham gia tuần tra", "Cộng số người của đơn vị ở từng buổi, kể cả tuần tra chung với đơn vị khác. Nguồn: lịch trực, sổ tuần tra."),
    ("mo-hinh-duy-tri", "Mô hình được duy trì", "Mô hình tự quản về an ninh, trật tự có từ trước kỳ này và còn hoạt động. Nguồn: quyết định thành lập, báo cáo hoạt động."),
    ("mo-hinh-xay-moi", "Mô hình xây mới", "Mô hình ra mắt trong kỳ này; từ kỳ sau tính vào “được duy trì”. Nguồn: quyết định thành lập."),
    ("tin-bao-tiep-nhan", "Tin báo tiếp nhận", "Tin báo của Nhân dân, cán bộ về an ninh, trật tự mà đơn vị tiếp nhận trong kỳ. Nguồn: sổ tiếp nhận tin."),
    ("tin-bao-da-giai-quyet", "Tin báo đã giải quyết", "Trong số tin đã tiếp nhận ở trên: tin đã xác minh, trả lời hoặc chuyển cơ quan có thẩm quyền. Nguồn: sổ tiếp nhận tin."),
]  # fmt: skip


def write(apps, schema_editor):
    Indicator = apps.get_model("reports", "Indicator")
    for code, name, text in HELP:
        Indicator.objects.filter(code=code, name=name, help="").update(help=text)


def remove(apps, schema_editor):
    Indicator = apps.get_model("reports", "Indicator")
    for code, _name, text in HELP:
        Indicator.objects.filter(code=code, help=text).update(help="")


class Migration(migrations.Migration):
    dependencies = [("reports", "0024_extensions_of_due_dates")]
    operations = [migrations.RunPython(write, remove)]
