"""Section texts of the sample's newest half-year: invented, plausible, and different from unit to unit."""

from __future__ import annotations

import random

SAMPLE_MARK = "(Dữ liệu mẫu)"
#: Of each section what a unit of any kind may write; a few sentences of them make a text.
TEXTS: dict[str, tuple[str, ...]] = {
    "advantages": (
        "Cấp ủy, chính quyền quan tâm lãnh đạo, chỉ đạo công tác bảo đảm an ninh trật tự.",
        "Cán bộ, nhân dân đồng thuận, chấp hành tốt quy chế của cụm.",
        "Lực lượng nòng cốt được kiện toàn, có kinh nghiệm bám địa bàn.",
        "Quan hệ phối hợp giữa các đơn vị trong cụm chặt chẽ, thông tin kịp thời.",
    ),
    "difficulties": (
        "Địa bàn rộng, giáp ranh nhiều xã, lực lượng còn mỏng.",
        "Số người tạm trú, lao động thời vụ biến động, khó quản lý.",
        "Một số tuyến đường chưa có đèn chiếu sáng, tiềm ẩn nguy cơ trộm cắp.",
        "Kinh phí cho hoạt động của các mô hình tự quản còn hạn hẹp.",
    ),
    "leadership": (
        "Ban hành kế hoạch thực hiện quy chế cụm địa bàn an toàn ngay từ đầu năm.",
        "Phân công lãnh đạo trực tiếp phụ trách công tác an ninh trật tự.",
        "Đưa kết quả bảo đảm an ninh trật tự vào tiêu chí xét thi đua của từng bộ phận.",
        "Duy trì giao ban hằng tháng, kịp thời giải quyết việc phát sinh từ cơ sở.",
        "Tổ chức ký cam kết bảo đảm an ninh trật tự đến từng tổ, đội, phòng ban.",
    ),
    "outreach": (
        "Tuyên truyền trên hệ thống truyền thanh về phòng, chống trộm cắp và lừa đảo qua mạng.",
        "Lồng ghép tuyên truyền pháp luật trong sinh hoạt chi bộ, đoàn thể và các buổi chào cờ.",
        "Phát tờ rơi, treo khẩu hiệu tại cổng cơ quan, trường học và khu dân cư.",
        "Phối hợp với công an tổ chức buổi nói chuyện chuyên đề về tác hại của ma túy.",
        "Lập nhóm Zalo để chuyển cảnh báo về thủ đoạn phạm tội mới đến từng hộ.",
    ),
    "movement": (
        "Duy trì các mô hình tự quản về an ninh trật tự đã có.",
        "Nhân rộng mô hình camera an ninh tại các ngõ, xóm.",
        "Mô hình cổng trường an toàn hoạt động có nền nếp.",
        "Tổ bảo vệ cơ quan được bồi dưỡng nghiệp vụ, tuần tra khép kín.",
    ),
    "coordination": (
        "Phối hợp tuần tra đêm với các đơn vị giáp ranh theo kế hoạch.",
        "Trao đổi thông tin hằng tuần với công an xã về đối tượng nghi vấn.",
        "Tham gia diễn tập phòng cháy, chữa cháy và cứu nạn cùng đơn vị bạn.",
        "Bàn giao kịp thời tin báo có liên quan đến địa bàn đơn vị khác.",
    ),
    "violations": (
        "Tình hình cơ bản ổn định, không có vụ việc phức tạp kéo dài.",
        "Vi phạm chủ yếu là trộm cắp tài sản nhỏ lẻ do sơ hở trong quản lý.",
        "Các vụ việc được tiếp nhận, xử lý đúng quy định, không có khiếu nại.",
    ),
    "other_work": (
        "Thăm hỏi, hỗ trợ gia đình chính sách, hộ khó khăn trên địa bàn.",
        "Rà soát, bổ sung phương tiện chữa cháy tại chỗ.",
    ),
    "shortcomings": (
        "Tuyên truyền có lúc, có nơi chưa thường xuyên, hình thức còn đơn điệu.",
        "Một số mô hình hoạt động cầm chừng do thiếu người phụ trách.",
        "Trao đổi thông tin với đơn vị giáp ranh có việc còn chậm.",
        "Ý thức tự bảo vệ tài sản của một bộ phận người dân chưa cao.",
        "Nguyên nhân chủ yếu là lực lượng kiêm nhiệm, thời gian dành cho công tác này còn ít.",
    ),
    "tasks": (
        "Tiếp tục thực hiện quy chế cụm, tăng cường tuần tra vào giờ cao điểm.",
        "Đổi mới hình thức tuyên truyền, chú trọng cảnh báo lừa đảo trên không gian mạng.",
        "Rà soát người tạm trú, phối hợp quản lý lao động thời vụ.",
        "Củng cố các mô hình tự quản, mỗi đơn vị giữ ít nhất một mô hình hoạt động tốt.",
        "Chuẩn bị nội dung tổng kết năm và đề xuất khen thưởng.",
    ),
    "proposals": (
        "Đề nghị cụm tổ chức tập huấn nghiệp vụ cho lực lượng bảo vệ.",
        "Đề nghị hỗ trợ kinh phí lắp đặt camera tại các điểm giáp ranh.",
        "Đề nghị thống nhất đầu mối, số điện thoại tiếp nhận tin báo trong cụm.",
    ),
}
#: Sections that a unit may leave empty, as many do.
OPTIONAL = {"movement", "other_work", "proposals", "advantages", "difficulties", "violations"}


def sections_of(unit: str) -> dict[str, str]:
    """What the unit of that name writes in the newest half-year; the same at each filling."""
    dice = random.Random(f"{unit}|sections")  # noqa: S311 – sample texts, no secrets
    written = {}
    for section, sentences in TEXTS.items():
        chosen = dice.sample(sentences, k=min(len(sentences), dice.randint(1, 3)))
        if section not in OPTIONAL or dice.random() < 0.7:
            written[section] = f"{SAMPLE_MARK} {' '.join(sorted(chosen, key=sentences.index))}"
    return written
