"""The page on which a report is looked through, sending it from there, its receipt and taking it back."""

import pytest

from incidents.models import ALWAYS, AskedMeasures, Category
from reports.content import MEASURES, Measure
from reports.models import Submission, SubmissionVersion
from reports.submissions.catalogue import Catalogue
from reports.submissions.printed import Sum
from reports.submissions.reading import read
from tests.reports.submissions.test_form import CASES, SERIOUS, url, whole_report
from tests.support.factories import RoundFactory
from tests.support.meetings import words_of_docx

PERSONS, OTHER = "category__trom-cap-tai-san__persons", "category__danh-bac__cases"
DECLARED = "Tôi cam kết báo cáo này không có nội dung bí mật nhà nước. Luật Bảo vệ bí mật nhà nước số 117/2025/QH15."
SEND = {"revision": "1", "partial": "1", "declared": "on"}


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def drafted(as_user, liaison, opened, unit):
    """A client of the liaison, who has a whole draft."""
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(**{CASES: "1.234", "section__tasks": "Tuần tra đêm."}))
    return client


@pytest.fixture
def submission(drafted, opened, unit):
    drafted.post(url("submit", opened, unit), SEND)
    return Submission.objects.get()


def test_the_whole_report_is_shown_as_it_prints_each_point_leading_to_its_field(drafted, opened, unit):
    page = drafted.get(url("check", opened, unit)).text
    assert "<p>Tuần tra đêm.</p>" in page
    assert '<td class="num">1.234</td>' in page
    edit = url("edit", opened, unit)
    assert f'href="{edit}?field=section__tasks#id_section__tasks"' in page
    assert f'href="{edit}?field={CASES}#id_{CASES}"' in page


def test_what_is_wrong_is_told_first_and_leads_to_its_field(drafted, opened, unit):
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", SERIOUS: "2000", "section__tasks": ""})
    page = drafted.get(url("check", opened, unit))
    told = {field.name for _message, fields in page.context["faults"] for field in fields}
    assert told == {SERIOUS, "section__tasks"}
    assert "Nộp báo cáo" not in page.text


def test_the_check_of_a_report_not_begun_names_all_that_is_missing(as_user, liaison, opened, unit):
    page = as_user(liaison).get(url("check", opened, unit))
    assert page.status_code == 200
    assert not Submission.objects.exists()


def test_it_is_sent_from_there_as_it_stands(drafted, opened, unit):
    drafted.post(url("submit", opened, unit), SEND)
    version = SubmissionVersion.objects.get()
    assert (version.narrative["tasks"], version.declaration) == ("Tuần tra đêm.", DECLARED)
    assert version.figures.get(category__code="trom-cap-tai-san").cases == 1234


def test_without_the_declaration_nothing_is_sent(drafted, opened, unit):
    page = drafted.post(url("submit", opened, unit), {"revision": "1", "partial": "1"})
    assert (page.status_code, page.context["faults"]) == (422, [])
    assert "Tuần tra đêm." in page.text
    assert Submission.objects.get().status == "draft"


def test_a_report_changed_since_it_was_looked_through_is_shown_again_before_it_is_sent(drafted, opened, unit):
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", "section__tasks": "Sửa ở máy khác."})
    page = drafted.post(url("submit", opened, unit), SEND)
    assert (page.status_code, Submission.objects.get().status) == (409, "draft")
    assert "<p>Sửa ở máy khác.</p>" in page.text
    drafted.post(url("submit", opened, unit), SEND | {"revision": page.context["form"].data["revision"]})
    assert Submission.objects.get().status == "submitted"


def test_a_second_click_sends_nothing_twice(drafted, opened, unit):
    for _click in range(2):
        answer = drafted.post(url("submit", opened, unit), SEND)
        assert answer.url == url("detail", opened, unit)
    assert SubmissionVersion.objects.count() == 1


def test_the_receipt_has_number_time_and_declaration(drafted, opened, unit, submission, pdf_text):
    version = submission.versions.get()
    page = drafted.get(url("detail", opened, unit)).text
    assert "Biên nhận số 2022.1-001" in page
    text = " ".join(pdf_text(drafted.get(url("receipt", opened, unit)).getvalue()).split())
    assert "2022.1-001" in text
    assert f"{version.submitted_at.astimezone():%d/%m/%Y}" in text
    assert "không có nội dung bí mật nhà nước" in text


def test_nothing_received_has_no_receipt(drafted, opened, unit):
    assert drafted.get(url("receipt", opened, unit)).url == url("detail", opened, unit)


def test_a_draft_is_printed_as_one(drafted, opened, unit, pdf_text):
    text = pdf_text(drafted.get(url("preview", opened, unit)).getvalue())
    assert "DỰ THẢO" in text
    assert "Tuần tra đêm." in text


def test_a_draft_says_what_must_still_be_written(drafted, opened, unit, pdf_text):
    drafted.post(
        url("save", opened, unit), {"revision": "1", "partial": "1", "section__tasks": "", "section__proposals": ""}
    )
    text = pdf_text(drafted.get(url("preview", opened, unit)).getvalue())
    assert text.count("(chưa nhập)") == 1
    assert text.count("Không.") == 1


def test_a_version_the_unit_took_back_prints_as_such(drafted, opened, unit, submission, pdf_text):
    def printed():
        return pdf_text(drafted.get(url("pdf", opened, unit)).getvalue())

    assert "ĐƠN VỊ ĐÃ RÚT" not in printed()
    drafted.post(url("withdraw", opened, unit), {"revision": submission.revision})
    assert "ĐƠN VỊ ĐÃ RÚT" in printed()
    assert "rút" in words_of_docx(drafted.get(url("docx", opened, unit)).getvalue())


def test_what_a_category_is_not_asked_is_neither_missing_nor_a_total(drafted, opened, unit):
    """As the version is stored: with a blank for every measure."""
    AskedMeasures.objects.all().delete()
    for category in Category.objects.all():
        asked = ["cases", "persons"] if category.code == "trom-cap-tai-san" else ["cases"]
        AskedMeasures.objects.create(category=category, since=ALWAYS, measures=asked)
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", CASES: "9", PERSONS: "4", OTHER: "3"})
    drafted.post(url("submit", opened, unit), SEND | {"revision": "2"})
    version = SubmissionVersion.objects.get()
    catalogue = Catalogue.load(period=opened.period)
    report = read(version.content(), base=None, previous=None, catalogue=catalogue)
    totals = {measure: Sum.of(version.content(), measure, asked=report.asking(measure)).printed for measure in MEASURES}
    assert (totals[Measure.CASES], totals[Measure.PERSONS], totals[Measure.DEATHS]) == ("12", "4", "x")


def test_the_unit_withdraws_it_and_goes_on_writing(drafted, opened, unit, submission):
    answer = drafted.post(url("withdraw", opened, unit), {"revision": submission.revision})
    assert answer.url == url("edit", opened, unit)
    assert "Tuần tra đêm." in drafted.get(url("edit", opened, unit)).text
    assert "Đơn vị đã rút báo cáo" in drafted.get(url("detail", opened, unit)).text


def test_once_the_secretariat_checks_it_the_unit_is_told_and_can_not(
    drafted, as_user, secretariat, liaison, opened, unit, submission
):
    as_user(secretariat).post(url("begin-check", opened, unit), {"revision": submission.revision})
    client = as_user(liaison)
    page = client.get(url("detail", opened, unit)).text
    assert ("Rút báo cáo" in page, "Thư ký kiểm tra từ" in page) == (False, True)
    submission.refresh_from_db()
    refused = client.post(url("withdraw", opened, unit), {"revision": submission.revision}, follow=True)
    assert "Thư ký đã bắt đầu kiểm tra báo cáo" in refused.text
    assert Submission.objects.get().status == "submitted"


def test_the_secretariat_sees_who_checks_and_what_was_withdrawn(
    drafted, as_user, secretariat, opened, unit, submission
):
    drafted.post(url("withdraw", opened, unit), {"revision": submission.revision})
    page = as_user(secretariat).get(url("detail", opened, unit)).text
    assert "(đã rút)" in " ".join(page.replace("<em>", "").replace("</em>", "").split())
    assert "Tiếp nhận báo cáo" not in page


def test_the_secretariat_returns_a_units_report_and_withdraws_none(as_user, secretariat, opened, unit, submission):
    client = as_user(secretariat)
    assert "Rút báo cáo" not in client.get(url("detail", opened, unit)).text
    refused = client.post(url("withdraw", opened, unit), {"revision": submission.revision}, follow=True)
    assert "Chỉ đơn vị rút báo cáo của mình" in refused.text
    assert Submission.objects.get().status == "submitted"


def test_the_secretariat_withdraws_what_it_entered_itself(as_user, secretariat, opened, unit):
    client = as_user(secretariat)
    client.post(url("submit", opened, unit), whole_report())
    revision = Submission.objects.get().revision
    assert client.post(url("withdraw", opened, unit), {"revision": revision}).url == url("edit", opened, unit)


EXPLAIN = "explain__outreach"
PHONE = "Do ông A, điện thoại 0912345678, báo."


@pytest.mark.parametrize("path", ["save", "submit"])
def test_an_explanation_with_a_number_stays_on_the_page_to_check_also_without_its_warning(drafted, opened, unit, path):
    sent = SEND | {EXPLAIN: PHONE, "to": "check"}
    page = drafted.post(url(path, opened, unit), sent)
    assert "Kiểm tra trước khi gửi</h1>" in page.text.replace("\n", "")
    assert f'name="{EXPLAIN}"' in page.text
    assert f">{PHONE}</textarea>" in page.text
    assert f'href="#id_{EXPLAIN}"' in page.text
    assert not Submission.objects.get().typed.get(EXPLAIN)


@pytest.mark.parametrize(("answer", "kept"), [("mask", "Do ông A, điện thoại"), ("confirm", PHONE)])
def test_an_answer_about_numbers_keeps_the_text_and_sends_nothing(drafted, opened, unit, answer, kept):
    page = drafted.post(url("submit", opened, unit), SEND | {EXPLAIN: PHONE, answer: EXPLAIN})
    assert page.status_code == 200
    stored = Submission.objects.get()
    assert (stored.status, stored.typed[EXPLAIN][:20]) == ("draft", kept[:20])
    assert ("0912345678" in stored.typed[EXPLAIN]) is (answer == "confirm")
    assert page.context["faults"] == []
    assert "Nộp báo cáo" in page.text


def test_what_was_saved_meanwhile_is_told_apart_from_faults_and_the_report_can_be_sent(drafted, opened, unit):
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", "section__tasks": "Sửa ở máy khác."})
    page = drafted.post(url("submit", opened, unit), SEND)
    assert (page.status_code, page.context["faults"]) == (409, [])
    assert "Nội dung này vừa được lưu" in page.text or "vừa được lưu" in page.text
    assert "Nộp báo cáo" in page.text


def test_a_joined_report_that_isnt_whole_any_more_has_no_button(drafted, opened, unit):
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", "section__tasks": ""})
    page = drafted.post(url("submit", opened, unit), SEND)
    assert [field.name for _told, fields in page.context["faults"] for field in fields] == ["section__tasks"]
    assert "Nộp báo cáo" not in page.text
