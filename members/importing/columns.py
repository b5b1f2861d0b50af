"""The columns that lists of people, of guests and of units have in common, with what offices call them."""

from __future__ import annotations

from cluster_portal.tables.layout import Column

#: What offices call the column that names one of the cluster's units.
UNIT_HEADS = ("tên đơn vị", "đơn vị báo cáo", "đơn vị thành viên", "cơ quan", "cơ quan đơn vị", "tên cơ quan đơn vị",
              "tên cơ quan", "đơn vị công tác", "xã phường", "tên xã phường")  # fmt: skip
TITLE = Column("title", "Chức vụ", ("chức danh", "chức vụ chức danh", "cấp bậc chức vụ"), is_key=True)
TELEPHONE = Column("telephone", "Điện thoại", ("số điện thoại", "đt", "sđt", "điện thoại liên hệ", "tel", "di động"))
EMAIL = Column("email", "Thư điện tử", ("e-mail", "hộp thư", "địa chỉ thư điện tử", "mail"))
