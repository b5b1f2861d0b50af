"""The secretariat reads, returns, accepts, reopens; the unit reads its own."""

import pytest
from django.urls import reverse

from members.models import Unit
from reports.content import MEASURES, CategoryFigures, Measure, SubmissionContent
from reports.models import Figure, ReportingRound, Submission
from reports.submissions import actions
from tests.support.factories import NOW, RoundFactory, UnitFactory
from tests.support.meetings import words_of_docx, words_of_pdf
from tests.support.reporting import accepted_report
from tests.support.worker import work

THEFT = "trom-cap-tai-san"


def send(unit, by, *, cases=3, tasks="Tuần tra.", revision=0):
    values = dict.fromkeys(MEASURES) | {Measure.CASES: cases}
    content = SubmissionContent(narrative={"tasks": tasks}, categories={THEFT: CategoryFigures(values)})
    opened = Submission.objects.filter(unit=unit).first()
    return actions.submit(
        round_=opened.round if opened else RoundFactory(),
        unit=unit,
        typed={},
        content=content,
        revision=revision,
        by=by,
        now=NOW,
    ).submission


def send_of(unit, by):
    """A report of the unit, all in one round."""
    opened = ReportingRound.objects.first() or RoundFactory()
    content = SubmissionContent(narrative={"tasks": "Tuần tra."})
    sent = actions.submit(round_=opened, unit=unit, typed={}, content=content, revision=0, by=by, now=NOW)
    return sent.submission


def url(name, submission):
    return reverse(f"reports:submission-{name}", args=[submission.round.period, submission.unit_id])


@pytest.fixture
def submission(cluster, unit, liaison):
    return send(unit, liaison)


def test_the_secretariat_accepts(as_user, secretariat, submission):
    as_user(secretariat).post(url("accept", submission), {"revision": submission.revision})
    submission.refresh_from_db()
    assert submission.status == "accepted"


@pytest.mark.parametrize(("accepted", "opened"), [(0, 1), (1, 2), (2, 0)])
def test_after_accepting_the_next_report_that_waits_opens(as_user, secretariat, liaison, cluster, accepted, opened):
    waiting = [send_of(UnitFactory(order=order), liaison) for order in (1, 2, 3)]
    chosen, after = waiting[accepted], waiting[opened]
    page = as_user(secretariat).post(url("accept", chosen), {"revision": chosen.revision}, follow=True)
    assert page.redirect_chain[0][0] == url("detail", after)
    assert f"Đã tiếp nhận báo cáo của {chosen.unit}" in page.text


def test_after_the_last_one_nothing_else_opens(as_user, secretariat, submission):
    response = as_user(secretariat).post(url("accept", submission), {"revision": submission.revision})
    assert response.url == url("detail", submission)


def test_only_beside_the_newest_version_can_a_report_be_accepted(as_user, secretariat, liaison, unit, submission):
    revision = submission.revision
    returned = actions.return_report(submission=submission, comment="Sai.", revision=revision, by=secretariat, now=NOW)
    newest = send(unit, liaison, cases=4, revision=returned.revision)
    client = as_user(secretariat)
    pages = [client.get(url("detail", newest), {"version": number}).content.decode() for number in (1, 2)]
    assert [url("accept", newest) in page for page in pages] == [False, True]


def test_a_report_is_not_returned_without_a_word(as_user, secretariat, submission):
    response = as_user(secretariat).post(url("return", submission), {"revision": submission.revision, "comment": " "})
    submission.refresh_from_db()
    assert (response.status_code, submission.status) == (422, "submitted")


def test_the_unit_reads_why_its_report_came_back(as_user, secretariat, liaison, submission):
    posted = {"revision": submission.revision, "comment": "Thiếu số liệu ma túy."}
    as_user(secretariat).post(url("return", submission), posted)
    assert "Thiếu số liệu ma túy." in as_user(liaison).get(reverse("reports:home")).content.decode()


def test_the_unit_is_written_to_when_its_report_comes_back(as_user, secretariat, liaison, submission, mailoutbox):
    posted = {"revision": submission.revision, "comment": "Thiếu số liệu ma túy."}
    as_user(secretariat).post(url("return", submission), posted)
    work()
    (message,) = mailoutbox
    assert message.to == [liaison.email]
    assert "ma túy" not in message.body


def test_an_outdated_page_accepts_nothing(as_user, secretariat, submission):
    as_user(secretariat).post(url("accept", submission), {"revision": submission.revision - 1})
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_the_reviewer_sees_what_changed_since_the_last_version(as_user, secretariat, liaison, unit, submission):
    returned = actions.return_report(
        submission=submission, comment="Xem lại.", revision=submission.revision, by=secretariat, now=NOW
    )
    send(unit, liaison, cases=5, revision=returned.revision)
    report = as_user(secretariat).get(url("detail", submission)).context["report"]
    assert [(change.label, change.old, change.new) for change in report.changes] == [
        ("Trộm cắp tài sản – Số vụ", "3", "5")
    ]


def test_an_earlier_version_can_be_read(as_user, secretariat, liaison, unit, submission):
    returned = actions.return_report(
        submission=submission, comment="Xem lại.", revision=submission.revision, by=secretariat, now=NOW
    )
    send(unit, liaison, tasks="Nhiệm vụ mới.", revision=returned.revision)
    page = as_user(secretariat).get(url("detail", submission), {"version": 1}).content.decode()
    assert "Tuần tra." in page
    assert "Nhiệm vụ mới." not in page


def test_last_years_figures_stand_beside(as_user, secretariat, unit, submission):
    accepted_report(unit, "2021-H1", {THEFT: 4})
    report = as_user(secretariat).get(url("detail", submission)).context["report"]
    theft = report.groups[0].rows[0].figures[0]
    assert (theft.current, theft.base, theft.change, theft.percent) == ("3", "4", "−1", "−25,00%")


def printed(client, submission, pdf_text):
    return " ".join(pdf_text(client.get(url("pdf", submission)).getvalue()).split())


def test_the_report_prints_on_the_units_letterhead(as_user, liaison, unit, submission, pdf_text):
    text = printed(as_user(liaison), submission, pdf_text)
    assert f"ỦY BAN NHÂN DÂN {unit.name.upper()}" in text
    assert "Kết quả công tác xây dựng cụm địa bàn an toàn 6 tháng đầu năm 2022" in text
    assert "Tuần tra." in text


def test_the_units_own_data_head_the_report(as_user, liaison, unit, submission, pdf_text):
    values = {"superior_line": "Bộ Tư lệnh Thủ đô", "issuer_line": "Trung đoàn thử", "notation_suffix": "TĐ",
              "place": "Hà Nội", "leader": "Đại tá Nguyễn Văn Thử", "leader_title": "Trung đoàn trưởng"}  # fmt: skip
    Unit.objects.filter(pk=unit.pk).update(kind="armed_forces", **values)
    text = printed(as_user(liaison), submission, pdf_text)
    said = ("BỘ TƯ LỆNH THỦ ĐÔ TRUNG ĐOÀN THỬ", "/BC-TĐ", "Hà Nội, ngày", "TRUNG ĐOÀN TRƯỞNG", "Đại tá Nguyễn Văn Thử")
    assert [words for words in said if words not in text] == []


def test_a_commune_signs_for_its_committee(as_user, liaison, unit, submission, pdf_text):
    text = printed(as_user(liaison), submission, pdf_text)
    assert [said in text for said in ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "/BC-UBND")] == [True] * 3


def test_the_report_says_of_which_days_it_is(as_user, liaison, submission, pdf_text):
    text = printed(as_user(liaison), submission, pdf_text)
    assert "(số liệu từ ngày 01/01/2022 đến ngày 30/6/2022)" in text


def test_remarks_are_for_the_clerk_and_an_empty_section_says_that_there_is_nothing(
    as_user, liaison, submission, pdf_text
):
    version = submission.versions.get()
    Figure.objects.filter(version=version).update(remark="Do mới có thêm chợ đêm")
    text = printed(as_user(liaison), submission, pdf_text)
    assert "chợ đêm" not in text
    assert "6. Công tác khác Không." in text


def test_the_word_file_says_what_the_pdf_says(as_user, liaison, submission):
    client = as_user(liaison)
    word, pdf = (client.get(url(form, submission)).getvalue() for form in ("docx", "pdf"))
    in_word, in_pdf = words_of_docx(word), words_of_pdf(pdf)
    assert set(in_word) == set(in_pdf)
    assert not in_word - in_pdf  # heads of tables repeat in the PDF


def test_nothing_is_printed_before_it_is_submitted(as_user, liaison, unit, cluster):
    opened = RoundFactory()
    response = as_user(liaison).get(reverse("reports:submission-pdf", args=[opened.period, unit.pk]))
    assert response.status_code == 404
