"""The real meeting of 16 August 2022, entered through the same actions as by a user.

What the published news item tells is entered as it stands there. Whatever it leaves
out (who spoke, what the photos look like) is plainly marked as sample.
"""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from cluster_portal.files.pictures import read_picture
from cluster_portal.periods import Period
from meetings.actions import awards, inviting, photos, planning, recording, speeches
from meetings.models import Attendance, Award, Meeting, OpenQuestion, Speech
from members.models import Unit, User

HELD_ON = dt.date(2022, 8, 16)
SPEECHES = 7

PLAN = {
    "kind": Meeting.Kind.SEMIANNUAL,
    "period": Period(2022, 1),
    "title": "Hội nghị sơ kết công tác phối hợp xây dựng Cụm địa bàn an toàn 6 tháng đầu năm 2022",
    "held_on": HELD_ON,
    "starts_at": dt.time(8),  # sample: the article doesn't tell the hour, without which nobody is invited
    "place": "Công ty TNHH một thành viên cơ khí 17 (Nhà máy Z117)",
    "chair_name": "Hoàng Anh Quang",
    "chair_title": "Bí thư Đảng ủy, Chủ tịch Công ty",
    "agenda": """Khai mạc, giới thiệu đại biểu
Báo cáo sơ kết 6 tháng đầu năm 2022
Tham luận, thảo luận
Phát biểu của đại biểu khách mời
Khen thưởng
Kết luận của chủ trì""",
}

GUEST = {"name": "Đồng Đức Hạnh", "title": "Phó Chủ tịch Mặt trận Tổ quốc huyện Sóc Sơn"}

CONTRADICTION = (
    "Bài báo ghi “Phó Chủ tịch Mặt trận Tổ quốc huyện Sóc Sơn”; chú thích ảnh ghi "
    "“Chủ tịch Ủy Ban Mặt Trận Tổ Quốc huyện Sóc Sơn”. Chưa xác minh chức danh nào đúng."
)

RECORD = {
    "results": """Cấp ủy, chính quyền các phường, xã và các cơ quan, đơn vị, nhà trường, doanh nghiệp trong cụm đã phát huy quy chế dân chủ ở cơ sở trong việc thực hiện các nhiệm vụ phát triển kinh tế – xã hội, quốc phòng – an ninh.
Đẩy mạnh công tác tuyên truyền, vận động nhân dân chấp hành tốt đường lối, chính sách của Đảng, pháp luật của Nhà nước.
Nhờ vậy, tình hình an ninh chính trị, trật tự an toàn xã hội trên địa bàn cụm cơ bản ổn định; số vụ vi phạm pháp luật giảm so với cùng kỳ năm 2021.
Từ đó, tạo điều kiện ổn định về kinh tế – xã hội, quốc phòng – an ninh cho các địa phương, cơ quan, đơn vị phát triển.""",  # noqa: E501
    "shortcomings": """Hiệu quả công tác tuyên truyền, giáo dục pháp luật có lúc, có nơi chưa thường xuyên.
Số vụ vi phạm pháp luật tuy không tăng về số lượng nhưng vẫn xảy ra một số vụ việc nghiêm trọng.
Công tác phối hợp giữa các thành viên trong cụm chưa thực sự thường xuyên, chưa đi vào chiều sâu.""",
    "byline": "Tin, Ảnh: Hoàng Anh Tuấn – Phòng Chính trị",
}

TASKS = (
    "Tiếp tục làm tốt hơn nữa công tác tuyên truyền, phổ biến, giáo dục pháp luật giúp nhân dân, cán bộ, chiến sỹ "
    "nhận thức sâu sắc các chủ trương của Đảng, chính sách, pháp luật của Nhà nước, kỷ luật quân đội.",
    "Nêu cao tinh thần cảnh giác với các loại tội phạm.",
    "Triển khai thực hiện tốt các chỉ thị, nghị quyết của cấp ủy, chính quyền các cấp về công tác an ninh Tổ quốc "
    "gắn với thực hiện Quy chế hoạt động xây dựng cụm địa bàn an toàn.",
    "Phát huy sức mạnh tổng hợp của cả hệ thống chính trị, nhất là vai trò của các tổ chức đoàn thể, "
    "chính trị – xã hội trong phòng ngừa, đấu tranh, trấn áp tội phạm.",
    "Tăng cường kiềm chế các loại tội phạm, góp phần tích cực vào việc hoàn thành các mục tiêu xây dựng, phát triển "
    "kinh tế – xã hội, quốc phòng – an ninh của địa phương trong năm 2022.",
)

CAPTIONS = (
    "Đồng chí Hoàng Anh Quang, Bí thư Đảng ủy, Chủ tịch Công ty chủ trì hội nghị (ảnh mẫu)",
    "Đồng chí Đồng Đức Hạnh phát biểu tại hội nghị (ảnh mẫu)",
    "Đại diện các tập thể có thành tích trong công tác cụm địa bàn an toàn nhận thưởng (ảnh mẫu)",
)


#: The article doesn't tell when the invitations went out.
INVITED_BEFORE = dt.timedelta(days=15)


@transaction.atomic
def seed_meeting(*, host: Unit, by: User, now: dt.datetime) -> Meeting:
    """The meeting of 16/8/2022 with every published fact; the one that is there if there is one.

    It is recorded at `now` and was planned two weeks before.
    """
    there = Meeting.objects.filter(held_on=HELD_ON).first()
    if there is not None:
        return there
    before = now - INVITED_BEFORE
    meeting = planning.plan_meeting(values={**PLAN, "host": host}, by=by, now=before)
    guest = inviting.add_guest(meeting=meeting, values=GUEST, by=by, now=before)
    inviting.announce_meeting(meeting=meeting, by=by, now=before)
    recording.note_question(
        meeting=meeting,
        values={"field": OpenQuestion.Field.PERSON, "attendance": guest, "note": CONTRADICTION},
        by=by,
        now=now,
    )
    _contribute(meeting, guest, by=by, now=now)
    planning.hold_meeting(meeting=meeting, by=by, now=now)
    for attendance in meeting.attendances.in_order():
        recording.mark_presence(
            attendance=attendance, presence=Attendance.Presence.PRESENT, represented_by="", by=by, now=now
        )
    planning.edit_meeting(meeting=meeting, values=RECORD, revision=meeting.revision, by=by, now=now)
    for text in TASKS:
        recording.set_task(meeting=meeting, values={"text": text}, units=[], by=by, now=now)
    for number, caption in enumerate(CAPTIONS, start=1):
        photos.add_photos(
            meeting=meeting, pictures=[read_picture(sample_image(number))], caption=caption, by=by, now=now
        )
    return meeting


def _contribute(meeting: Meeting, guest: Attendance, *, by: User, now: dt.datetime) -> None:
    """Seven speeches of which only the number is known, the guest's address, and the awards."""
    speaking = [row.unit for row in meeting.attendances.units().in_order() if row.unit != meeting.host]
    for number, unit in enumerate(speaking[:SPEECHES], start=1):
        values = {
            "title": f"Tham luận mẫu {number}",
            "main_points": "Nội dung mẫu: nguồn không nêu nội dung tham luận.",
        }
        speeches.register_speech(meeting=meeting, values=values, unit=unit, by=by, now=now)
    address = {
        "kind": Speech.Kind.ADDRESS,
        "title": "Phát biểu tại hội nghị",
        "speaker": guest.name,
        "speaker_title": guest.title,
    }
    speeches.register_speech(meeting=meeting, values=address, unit=None, by=by, now=now)
    award = {
        "form": Award.Form.OTHER,
        "recipient_kind": Award.RecipientKind.COLLECTIVE,
        "recipient": "Các tập thể có thành tích trong công tác cụm địa bàn an toàn",
        "achievement": "Có thành tích trong công tác cụm địa bàn an toàn",
        "status": Award.Status.GRANTED,
    }
    awards.propose_award(meeting=meeting, values=award, proposed_by=None, by=by, now=now)
    unnamed = {
        "field": OpenQuestion.Field.AWARDS,
        "note": "Nguồn không nêu số lượng và tên các tập thể được khen thưởng.",
    }
    recording.note_question(meeting=meeting, values=unnamed, by=by, now=now)


def sample_image(number: int) -> io.BytesIO:
    """A drawn picture that nobody can take for a photo of the meeting."""
    picture = Image.new("RGB", (1200, 800), "#e9e4da")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 1160, 760), outline="#8b1a1a", width=6)
    draw.text((600, 360), "SAMPLE", fill="#8b1a1a", anchor="mm", font=ImageFont.load_default(140))
    draw.text((600, 500), f"{number}", fill="#565d66", anchor="mm", font=ImageFont.load_default(90))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    buffer.seek(0)
    return buffer
