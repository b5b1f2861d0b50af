"""A plan of the sample that two people stand behind: prepared, put forward, approved and issued."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.timezone import localdate

from cluster_portal.addresses import public_url
from members.models import User
from reports.documents import actions, mail
from reports.documents.approving import sign_off, submit_for_approval
from reports.documents.free_text import BODY
from reports.models import IssuedDocument, Kind

SUBJECT = "Thực hiện Quy chế Cụm địa bàn an toàn 6 tháng cuối năm 2022 (dữ liệu mẫu)"
TEXT = """Căn cứ Quy chế hoạt động của cụm, cụm xây dựng kế hoạch như sau:
I. Mục đích, yêu cầu
Giữ vững an ninh chính trị, trật tự an toàn xã hội trên địa bàn cụm.
II. Nội dung
1. Tuyên truyền
Mỗi đơn vị tổ chức ít nhất một buổi tuyên truyền trong quý.
2. Tuần tra
Các đơn vị giáp ranh phối hợp tuần tra vào ban đêm, ngày lễ.
III. Tổ chức thực hiện
Các đơn vị thành viên xây dựng kế hoạch của đơn vị và báo cáo kết quả theo kỳ.
Phụ lục
Phân công thực hiện
1. Đơn vị cụm trưởng chủ trì, đôn đốc;
2. Các đơn vị thành viên thực hiện."""


def seed_plan(*, by: User, approver: User, now: dt.datetime) -> IssuedDocument:
    """Prepared `by`, approved by `approver`; nobody is written to about it."""
    draft = actions.prepare_free_text(kind=Kind.PLAN, subject=SUBJECT, text={BODY: TEXT}, by=by, now=now)
    asked = submit_for_approval(draft=draft, revision=draft.revision, approver=approver, by=by, now=now)
    approved = sign_off(draft=asked.draft, revision=asked.draft.revision, by=approver, now=now)
    mail.take_back(approved, now=now)
    return actions.issue(
        draft=approved,
        revision=approved.revision,
        issued_on=localdate(now),
        verify_at=lambda code: public_url(reverse("reports:document-verify", args=[code])),
        by=by,
        now=now,
    )
