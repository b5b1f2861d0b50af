"""Reviewer and unit talk in the report: without scripts on a telephone, and accessible on every page of it."""

import pytest

from reports.models import ReviewComment, Submission
from reports.submissions import actions
from tests.browser.checks import assert_accessible
from tests.reports.submissions.test_comments import comment_on, returned
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.factories import NOW, RoundFactory, UnitFactory
from tests.support.reporting import THEFT, accepted_report, attachment_of

telephone = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
REMARK, TASKS = "category__trom-cap-tai-san__remark", "section__tasks"


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def sent(client, liaison, opened, unit):
    """A report that was sent with a figure far from last year's, and nothing said to it."""
    accepted_report(unit, "2021-H1", {THEFT: 3})
    client.force_login(liaison)
    client.post(url("submit", opened, unit), whole_report(**{CASES: "40"}))
    return Submission.objects.get(round=opened)


@telephone
def test_the_whole_path_of_all_roles_without_scripts(open_page, liaison, secretariat, chair, sent, opened, unit):
    reviewer = open_page(secretariat, java_script_enabled=False)
    reviewer.goto(url("detail", opened, unit))
    reviewer.get_by_role("link", name="Góp ý (Trộm cắp tài sản)").click()
    reviewer.locator("textarea[name=text]").fill("Vì sao tăng mạnh?")
    reviewer.get_by_role("button", name="Lưu góp ý").click()
    reviewer.locator("summary", has_text="Trả lại").click()
    reviewer.get_by_role("button", name="Trả lại báo cáo").click()

    writer = open_page(liaison, java_script_enabled=False)
    writer.goto("/")
    writer.get_by_role("link", name="Tiếp tục lập báo cáo").click()
    comment = ReviewComment.objects.get()
    assert writer.url.endswith(f"?field={CASES}#comment-{comment.pk}")
    writer.get_by_label("Trả lời góp ý").fill("Có chuyên đề truy quét.")
    writer.get_by_label("Đã xử lý").check()
    writer.get_by_role("button", name="Lưu bản nháp").click()
    writer.get_by_role("button", name="Các mục").click()
    writer.locator(".report-steps").get_by_role("button", name="Kiểm tra trước khi gửi").click()
    writer.get_by_label("Tôi cam kết").check()
    writer.get_by_role("button", name="Nộp báo cáo").click()

    reviewer = open_page(secretariat, java_script_enabled=False)  # the next sign-in ended the first session
    reviewer.goto(url("detail", opened, unit))
    assert reviewer.get_by_text("Có chuyên đề truy quét.").is_visible()
    reviewer.get_by_role("button", name="Tiếp nhận báo cáo").click()
    reader = open_page(chair, java_script_enabled=False)
    reader.goto("/")
    reader.goto(url("detail", opened, unit))
    assert reader.get_by_text("Có chuyên đề truy quét.").is_visible()
    assert Submission.objects.get(round=opened).status == "accepted"


def test_every_page_of_the_talk_is_accessible(open_page, screenshot, liaison, secretariat, sent, opened, unit):
    attachment_of(sent)
    second = UnitFactory()
    content = sent.versions.get().content()
    actions.submit(round_=opened, unit=second, typed={}, content=content, revision=0, by=liaison, now=NOW)
    comment_on(sent, secretariat)
    comment = comment_on(sent, secretariat, TASKS)
    reviewer = open_page(secretariat)
    pages = {
        "detail": url("detail", opened, unit),
        "comment-add": f"{url('detail', opened, unit)}comments/add/?at={CASES}",
        "comment": f"/rounds/comments/{comment.pk}/",
        "board": opened.get_absolute_url(),
        "accept": f"{opened.get_absolute_url()}accept/",
    }
    for name, address in pages.items():
        look(reviewer, screenshot, name, address)
    returned(sent, secretariat)
    writer = open_page(liaison)
    pages = {
        "edit": f"{url('edit', opened, unit)}?field={CASES}",
        "check": url("check", opened, unit),
        "attachments": f"{url('detail', opened, unit)}attachments/",
        "home": "/",
    }
    for name, address in pages.items():
        look(writer, screenshot, name, address)


def look(page, screenshot, name, address):
    page.goto(address)
    assert_accessible(page)
    screenshot(page, f"talk-{name}")
