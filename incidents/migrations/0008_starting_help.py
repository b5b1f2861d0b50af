"""What counts in each category a cluster starts with, and where it is taken from.

Only where the office has neither written its own nor given the category another name.
"""

from django.db import migrations

SOURCE = "Nguồn: công an cấp xã; bảo vệ đơn vị."

HELP = [
    ("trom-cap-tai-san", "Trộm cắp tài sản", f"Vụ lén lút lấy tài sản của người khác, kể cả vụ chưa rõ đối tượng. {SOURCE}"),
    ("co-y-gay-thuong-tich", "Cố ý gây thương tích", f"Vụ đánh nhau, hành hung có người bị thương; không tính tai nạn. {SOURCE}"),
    ("cuop-tai-san", "Cướp", f"Vụ dùng hoặc dọa dùng ngay vũ lực để chiếm đoạt tài sản. {SOURCE}"),
    ("cuop-giat-tai-san", "Cướp giật", f"Vụ giật tài sản công khai rồi nhanh chóng tẩu thoát. {SOURCE}"),
    ("lua-dao-chiem-doat-tai-san", "Lừa đảo chiếm đoạt tài sản", f"Vụ gian dối để chiếm đoạt tài sản, kể cả qua mạng, qua điện thoại. {SOURCE}"),
    ("danh-bac", "Đánh bạc", f"Vụ đánh bạc, tổ chức đánh bạc đã phát hiện. {SOURCE}"),
    ("gay-roi-trat-tu-cong-cong", "Gây rối trật tự công cộng", f"Vụ gây mất trật tự ở nơi công cộng; nếu có người bị thương do hành hung thì tính vào “Cố ý gây thương tích”. {SOURCE}"),
    ("huy-hoai-tai-san", "Hủy hoại tài sản", f"Vụ cố ý hủy hoại, làm hư hỏng tài sản; không tính sự cố cháy, nổ. {SOURCE}"),
    ("chong-nguoi-thi-hanh-cong-vu", "Chống người thi hành công vụ", f"Vụ cản trở, đe dọa, tấn công người đang thi hành công vụ. {SOURCE}"),
    ("trat-tu-xa-hoi-khac", "Khác", f"Vụ vi phạm trật tự xã hội không thuộc các loại trên; ghi rõ loại ở phần ghi chú. {SOURCE}"),
    ("ma-tuy", "Ma túy", f"Vụ mua bán, vận chuyển, tàng trữ, sử dụng trái phép chất ma túy đã phát hiện. {SOURCE}"),
    ("kinh-te-tham-nhung", "Kinh tế, tham nhũng", "Vụ vi phạm về kinh tế, tham nhũng đã phát hiện, như buôn lậu, hàng giả. Nguồn: công an, quản lý thị trường; thanh tra, kiểm tra của đơn vị."),
    ("moi-truong", "Môi trường", "Vụ xả thải, gây ô nhiễm, khai thác trái phép đã phát hiện. Nguồn: công an, cơ quan quản lý môi trường; đơn vị tự kiểm tra."),
    ("te-nan-xa-hoi", "Tệ nạn xã hội", f"Vụ mại dâm và tệ nạn khác đã phát hiện; không tính đánh bạc, ma túy. {SOURCE}"),
    ("tai-nan-giao-thong", "Tai nạn giao thông", "Vụ tai nạn giao thông xảy ra trên địa bàn, kèm số người chết, bị thương. Nguồn: cảnh sát giao thông, công an cấp xã."),
    ("chay-no", "Cháy, nổ", "Vụ cháy, nổ xảy ra trên địa bàn, kể cả vụ đã dập tắt ngay. Nguồn: cảnh sát phòng cháy, công an cấp xã; bảo vệ đơn vị."),
    ("vi-pham-hanh-chinh", "Vi phạm hành chính", "Vụ đã có quyết định xử phạt trong kỳ và chưa tính vào loại khác. Nguồn: hồ sơ xử phạt của công an, ủy ban nhân dân cấp xã."),
]  # fmt: skip


def write(apps, schema_editor):
    Category = apps.get_model("incidents", "Category")
    for code, name, text in HELP:
        Category.objects.filter(code=code, name=name, help="").update(help=text)


def remove(apps, schema_editor):
    Category = apps.get_model("incidents", "Category")
    for code, _name, text in HELP:
        Category.objects.filter(code=code, help=text).update(help="")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_help_of_categories")]
    operations = [migrations.RunPython(write, remove)]
