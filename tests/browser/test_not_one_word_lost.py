"""Whatever cuts in while somebody types on a telephone: every word is there afterwards, and no "saved" is false."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from incidents.models import Incident
from reports.models import Submission, SubmissionNote
from reports.submissions import actions
from tests.reports.submissions.test_form import whole_report
from tests.support.factories import NOW, RoundFactory
from tests.support.meetings import planned_meeting

pytestmark = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)

WORDS = "Tăng cường tuần tra ban đêm tại 12 khu dân cư; phối hợp chặt chẽ."
TASKS = "#id_section__tasks"
OUTREACH = "#id_section__outreach"
KEPT_OFFLINE = """async () => navigator.serviceWorker.controller
  && (await (await caches.open("parts")).keys()).length > 5
  && (await caches.match(location.origin + location.pathname)) !== undefined"""
SLOW_CACHE = """const put = Cache.prototype.put;
  Cache.prototype.put = async function (...all) {
    await new Promise((then) => setTimeout(then, 3000));
    return put.apply(this, all);
  }"""
SOON = 9_000  # milliseconds: three seconds and a slow machine


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def edit(opened, unit):
    return f"/rounds/{opened.period}/units/{unit.pk}/edit/?step=all"


@pytest.fixture
def form(open_page, edit, liaison):
    liaison.set_password("mat-khau-thu-2022")
    liaison.save()
    page = open_page(liaison)
    page.goto(edit)
    runs(page)
    yield page
    cut_off = ("ERR_", "when fetching the script")  # what the console says of a line that was cut
    open_page.complaints[:] = [told for told in open_page.complaints if not any(sign in told for sign in cut_off)]


def runs(page):
    """The script that keeps has begun: what is typed from now on is its affair."""
    expect(page.locator("form[data-kept]").first).to_be_attached()


def saved(page):
    expect(page.locator("#report-state")).to_contain_text("Đã lưu lúc", timeout=SOON)


def told(page, sentence):
    expect(page.locator("[data-keeping]").first).to_contain_text(sentence, timeout=SOON)


def at_revision(page, number):
    expect(page.locator("#id_revision")).to_have_value(str(number), timeout=SOON)


def stored(name="section__tasks"):
    return Submission.objects.get().typed.get(name, "")


def arrives(page):
    """The words come to the server, though no page shows it."""
    for _try in range(SOON // 250):
        if Submission.objects.exists() and stored() == WORDS:
            return
        page.wait_for_timeout(250)
    assert stored() == WORDS


def end_session():
    Session.objects.all().delete()


def sign_in(page, person, client, live_server):
    """As in another tab: a new session, and with it a new token."""
    client.logout()
    client.force_login(person)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def elsewhere(opened, unit, by, *, revision, **typed):
    return actions.save_typed(round_=opened, unit=unit, typed=typed, revision=revision, by=by, now=NOW)


def test_a_page_drawn_before_the_last_saving_shows_what_was_saved(open_page, edit, liaison):
    page = open_page(liaison, service_workers="block")  # what it fetches, no test can hold back
    page.add_init_script(SLOW_CACHE)
    page.goto(edit)
    runs(page)
    page.fill(TASKS, WORDS)

    def come_late(route):
        drawn_before = route.fetch()
        with page.expect_response("**/save/", timeout=SOON) as saving:
            pass
        saving.value.finished()
        page.wait_for_timeout(500)  # and the page that is being left has heard it
        route.fulfill(response=drawn_before)

    page.route("**/edit/?step=all", come_late)
    page.goto(edit)
    runs(page)
    expect(page.locator(TASKS)).to_have_value(WORDS)
    at_revision(page, 1)


def test_the_session_ends_while_typing_and_the_work_goes_on(form, liaison, client, live_server):
    end_session()
    form.fill(TASKS, WORDS)
    told(form, "phiên đăng nhập đã hết")
    expect(form.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    link = form.get_by_role("link", name="Đăng nhập lại")
    assert link.get_attribute("target") == "_blank"
    form.fill(OUTREACH, "Năm buổi.")
    sign_in(form, liaison, client, live_server)
    saved(form)
    expect(form.locator(TASKS)).to_have_value(WORDS)
    assert (stored(), stored("section__outreach")) == (WORDS, "Năm buổi.")


def test_signing_in_by_the_link_leads_back_into_the_form_with_every_word(form, edit):
    form.fill(TASKS, WORDS)
    end_session()
    form.get_by_role("button", name="Lưu bản nháp").click()
    told(form, "phiên đăng nhập đã hết")
    form.goto(form.get_by_role("link", name="Đăng nhập lại").get_attribute("href"))
    form.fill("#id_login", "daumoi1@example.vn")
    form.fill("#id_password", "mat-khau-thu-2022")
    form.get_by_role("button", name="Đăng nhập").click()
    form.wait_for_url(lambda url: url.endswith(edit))
    expect(form.locator(TASKS)).to_have_value(WORDS)
    saved(form)
    assert stored() == WORDS


def test_after_a_new_sign_in_elsewhere_the_next_token_is_fetched(form, liaison, client, live_server):
    form.fill(TASKS, "Một.")
    saved(form)
    sign_in(form, liaison, client, live_server)
    form.fill(TASKS, WORDS)
    at_revision(form, 2)
    assert stored() == WORDS
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(form.get_by_text("Đã lưu bản nháp")).to_be_visible()


def test_somebody_else_at_the_same_computer_neither_sees_nor_sends_the_words(
    form, edit, secretariat, liaison, client, live_server
):
    form.context.set_offline(True)
    form.fill(TASKS, WORDS)
    told(form, "mất kết nối")
    sign_in(form, secretariat, client, live_server)
    form.context.set_offline(False)
    told(form, "người khác đã đăng nhập")
    expect(form.locator(TASKS)).to_be_hidden()
    assert not Submission.objects.exists()
    other = form.context.new_page()
    other.goto(edit)
    runs(other)
    expect(other.locator(TASKS)).to_have_value("")
    other.close()
    sign_in(form, liaison, client, live_server)
    form.context.new_page().goto("/")  # which says so to the pages beside it
    saved(form)
    expect(form.locator(TASKS)).to_be_visible()
    assert stored() == WORDS
    assert Submission.objects.get().saved_by == liaison


def test_without_a_line_the_form_opens_again_with_every_word(form):
    form.fill(OUTREACH, "Đã lưu trước đó.")
    saved(form)
    while not form.evaluate(KEPT_OFFLINE):
        form.wait_for_timeout(200)
    form.context.set_offline(True)
    form.fill(TASKS, WORDS)
    told(form, "mất kết nối")
    form.reload()
    runs(form)
    expect(form.locator(TASKS)).to_have_value(WORDS)
    expect(form.locator(OUTREACH)).to_have_value("Đã lưu trước đó.")
    form.get_by_role("button", name="Lưu bản nháp").click()
    told(form, "mất kết nối")
    expect(form.locator(TASKS)).to_have_value(WORDS)
    form.context.set_offline(False)
    saved(form)
    assert stored() == WORDS


def test_a_page_killed_without_a_line_gives_the_words_back(form, edit):
    form.context.set_offline(True)
    form.locator(TASKS).press_sequentially(WORDS)
    form.close()
    again = form.context.new_page()
    again.context.set_offline(False)
    again.goto(edit)
    runs(again)
    expect(again.locator(TASKS)).to_have_value(WORDS)
    arrives(again)  # it may have come with the page's last breath already


def test_whoever_types_without_a_pause_is_saved_within_three_seconds(form):
    with form.expect_response(lambda response: response.url.endswith("/save/"), timeout=4_500) as answer:
        form.locator(TASKS).press_sequentially("a" * 70, delay=60)
    assert answer.value.status == 200


def test_leaving_the_page_saves_at_once(form):
    form.fill(TASKS, WORDS)
    form.goto("/")
    expect(form.get_by_role("heading", level=1)).to_be_visible()
    arrives(form)


def test_leaving_the_page_saves_also_while_its_worker_has_no_time(form):
    while not form.evaluate("navigator.serviceWorker.controller !== null"):
        form.wait_for_timeout(100)
    [worker] = form.context.service_workers
    worker.evaluate("() => { setTimeout(() => { const end = Date.now() + 3000; while (Date.now() < end); }); }")
    form.fill(TASKS, WORDS)
    form.goto("about:blank")
    arrives(form)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"status": 500, "body": "x"}, "máy chủ gặp lỗi"),
        ({"status": 502, "body": "x"}, "máy chủ không trả lời"),
        ({"status": 429, "body": "x"}, "máy chủ không trả lời"),
        ({"status": 200, "body": "<form>Đăng nhập</form>"}, "máy chủ trả lời không đúng"),
        ({"status": 413, "body": "x"}, "máy chủ từ chối"),
    ],
)
def test_each_kind_of_failure_says_what_it_is(form, answer, sentence):
    form.route("**/save/", lambda route: route.fulfill(**answer))
    form.fill(TASKS, WORDS)
    told(form, sentence)
    expect(form.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    form.unroute("**/save/")
    form.fill(OUTREACH, "Thêm.")
    saved(form)
    assert stored() == WORDS


@pytest.mark.both_databases
def test_a_server_that_dies_while_it_saves_loses_nothing(form, edit):
    form.route("**/save/", lambda route: (route.fetch(), route.abort("connectionreset")))
    form.fill(TASKS, "Nửa chừng")
    told(form, "máy chủ không trả lời")
    form.unroute("**/save/")
    form.fill(TASKS, WORDS)  # the first half was stored, and nobody could say so
    saved(form)
    expect(form.locator("[data-conflict]")).to_have_count(0)
    assert stored() == WORDS


def test_back_shows_the_newest_saved_values(form, edit, opened, unit, liaison):
    form.fill(TASKS, "Cũ.")
    saved(form)
    form.goto("/")
    elsewhere(opened, unit, liaison, revision=1, section__tasks=WORDS)
    form.go_back()
    runs(form)
    expect(form.locator(TASKS)).to_have_value(WORDS)
    form.fill(OUTREACH, "Năm buổi.")
    saved(form)
    assert (stored(), stored("section__outreach")) == (WORDS, "Năm buổi.")


@pytest.mark.both_databases
def test_two_devices_in_different_sections_are_joined(form, opened, unit, liaison):
    elsewhere(opened, unit, liaison, revision=0, section__outreach="Từ máy khác.")
    form.fill(TASKS, WORDS)
    saved(form)
    expect(form.locator(OUTREACH)).to_have_value("Từ máy khác.")
    assert (stored(), stored("section__outreach")) == (WORDS, "Từ máy khác.")


@pytest.mark.both_databases
@pytest.mark.parametrize(("button", "outcome"), [("Giữ nội dung đang nhập", WORDS), ("Lấy bản đã lưu", "Từ máy khác.")])
def test_a_field_changed_on_both_sides_is_asked_about(form, opened, unit, liaison, button, outcome, screenshot):
    elsewhere(opened, unit, liaison, revision=0, section__tasks="Từ máy khác.")
    form.fill(TASKS, WORDS)
    box = form.locator("[data-conflict=section__tasks]")
    expect(box).to_contain_text("Từ máy khác.", timeout=SOON)
    expect(form.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    screenshot(form, "report-conflict")
    assert stored() == "Từ máy khác."
    form.fill(OUTREACH, "Gõ ở mục khác.")
    at_revision(form, 2)
    expect(form.locator("#state-tasks")).to_have_class(re.compile("is-look"))  # no step is done before its answer
    box.get_by_role("button", name=button).click()
    form.fill(OUTREACH, "Rồi gõ tiếp.")
    expect(form.locator("#state-tasks")).not_to_have_class(re.compile("is-look"), timeout=SOON)
    expect(form.locator(TASKS)).to_have_value(outcome)
    assert stored() == outcome


@pytest.mark.both_databases
def test_a_conflict_the_server_shows_is_overruled_by_nobody_but_the_person(form, opened, unit, liaison):
    """As after a workbook that was read in: the browser has no record of what was typed."""
    elsewhere(opened, unit, liaison, revision=0, section__tasks="Từ máy khác.")
    form.evaluate(
        """() => {
            const form = document.createElement("form");
            const kept = document.getElementById("report-form");
            Object.assign(form, { method: "post", action: kept.action });
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const sent = { csrfmiddlewaretoken: token, revision: "0", was: "{}", partial: "1", step: "all",
                           section__tasks: "Ở đây." };
            for (const [name, value] of Object.entries(sent)) {
                form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
            }
            document.body.append(form);
            form.submit();
        }"""
    )
    box = form.locator("[data-conflict=section__tasks]")
    expect(box).to_contain_text("Từ máy khác.", timeout=SOON)
    form.fill(OUTREACH, "Rồi gõ tiếp.")
    at_revision(form, 2)
    assert (stored(), stored("section__outreach")) == ("Từ máy khác.", "Rồi gõ tiếp.")
    expect(form.locator(TASKS)).to_have_value("Ở đây.")
    box.get_by_role("button", name="Giữ nội dung đang nhập").click()
    at_revision(form, 3)
    assert stored() == "Ở đây."


@pytest.mark.both_databases
def test_a_report_submitted_elsewhere_shows_both_and_takes_a_note(form, opened, unit, liaison, as_user, screenshot):
    as_user(liaison).post(f"/rounds/{opened.period}/units/{unit.pk}/submit/", whole_report())
    form.fill(TASKS, WORDS)
    told(form, "đã nộp")
    form.get_by_role("button", name="Xem hai bản").click()
    expect(form.locator("[data-mine]").first).to_be_visible()
    expect(form.get_by_text(WORDS, exact=True).first).to_be_visible()
    screenshot(form, "report-closed")
    form.get_by_role("button", name="Gửi lại cho thư ký").click()
    expect(form.get_by_text("Đã gửi lại nội dung cho thư ký")).to_be_visible()
    assert ["Phương hướng, nhiệm vụ", WORDS] in SubmissionNote.objects.get().texts


def test_words_typed_before_the_report_was_closed_are_found_on_its_page(form, edit, opened, unit, liaison, as_user):
    form.context.set_offline(True)
    form.fill(TASKS, WORDS)
    told(form, "mất kết nối")
    as_user(liaison).post(f"/rounds/{opened.period}/units/{unit.pk}/submit/", whole_report())
    form.close()
    again = form.context.new_page()
    again.context.set_offline(False)
    again.goto(edit)
    again.get_by_role("button", name="Xem hai bản").click()
    expect(again.get_by_text(WORDS, exact=True).first).to_be_visible()


def test_an_identifier_is_told_at_its_field_and_masked_there(form, screenshot):
    form.fill(TASKS, "Gặp ông A, số 001099012345, bàn việc tuần tra.")
    question = form.locator("[data-question=section__tasks]")
    expect(question.locator("mark")).to_have_text("001099012345", timeout=SOON)
    told(form, "Chưa lưu hết")
    expect(form.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    screenshot(form, "report-identifier")
    question.get_by_role("button", name="Che các số này").click()
    saved(form)
    expect(form.locator(TASKS)).to_have_value("Gặp ông A, số •••, bàn việc tuần tra.")
    assert stored() == "Gặp ông A, số •••, bàn việc tuần tra."


def test_a_text_too_long_is_counted_and_nothing_is_cut_off(form):
    text = "Đoạn dài! " * 2499 + "Đoạn dài!!"
    form.locator(TASKS).fill(text)
    expect(form.locator(f"{TASKS} ~ .text-count")).to_contain_text("25.000/20.000 ký tự")
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(form.locator("#error-summary")).to_contain_text("25.000 ký tự")
    assert form.locator(TASKS).input_value() == text


def test_a_case_outlives_the_end_of_the_session(open_page, cluster, liaison, client, live_server):
    page = open_page(liaison)
    page.goto("/incidents/new/")
    runs(page)
    page.fill("#id_narrative", WORDS)
    page.select_option("#id_category", label="Trộm cắp tài sản")
    end_session()
    page.get_by_role("button", name="Lưu").click()
    told(page, "phiên đăng nhập đã hết")
    page.reload()
    sign_in(page, liaison, client, live_server)
    page.goto("/incidents/new/")
    runs(page)
    expect(page.locator("#id_narrative")).to_have_value(WORDS)
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url(re.compile(r"/incidents/\d+/$"))
    assert Incident.objects.get().narrative == WORDS
    page.goto("/incidents/new/")
    runs(page)
    expect(page.locator("#id_narrative")).to_have_value("")


def test_a_meeting_record_outlives_a_lost_line_and_a_closed_tab(open_page, cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/record/")
    runs(page)
    page.context.set_offline(True)
    page.fill("#id_conclusion", WORDS)
    page.get_by_role("button", name="Lưu kết quả").or_(page.locator("main form button.btn-primary")).first.click()
    told(page, "mất kết nối")
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto(f"/meetings/{meeting.pk}/record/")
    runs(again)
    expect(again.locator("#id_conclusion")).to_have_value(WORDS)


def test_a_tap_in_the_hall_without_a_line_is_sent_later(open_page, cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    row = meeting.attendances.get(unit=unit)
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/hall/")
    runs(page)
    page.context.set_offline(True)
    page.locator(f"#row-{row.pk} button[value=present]").last.click()
    expect(page.locator(f"#row-{row.pk}")).to_contain_text("mất kết nối")
    expect(page.locator(f"#row-{row.pk} button[value=present]").last).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    expect(page.locator(f"#row-{row.pk} button[value=present]").last).to_have_attribute(
        "aria-pressed", "true", timeout=SOON
    )
    row.refresh_from_db()
    assert row.presence == "present"


def test_signing_out_asks_where_something_is_unsent_and_then_removes_it(form, edit, liaison, client, live_server):
    asked = []
    form.route("**/save/", lambda route: route.fulfill(status=500, body="x"))
    form.fill(TASKS, WORDS)
    told(form, "máy chủ gặp lỗi")
    form.on(
        "dialog", lambda dialog: (asked.append(dialog.type), dialog.accept() if len(asked) > 1 else dialog.dismiss())
    )
    for _attempt in range(2):
        if not form.get_by_role("button", name="Đăng xuất").is_visible():
            form.locator(".account-menu > summary").click()
        form.get_by_role("button", name="Đăng xuất").click()
        form.wait_for_timeout(300)
    form.wait_for_url("**/login/**")
    assert asked[:2] == ["confirm", "confirm"]
    sign_in(form, liaison, client, live_server)
    form.goto(edit)
    runs(form)
    expect(form.locator(TASKS)).to_have_value("")


def test_without_a_script_the_whole_path_works_and_claims_no_saving(open_page, edit, liaison):
    page = open_page(liaison, java_script_enabled=False)
    page.goto(edit)
    assert "Nhấn “Lưu bản nháp” để lưu" in page.locator("#report-state").inner_text()
    assert "tự" not in page.locator("#report-state").inner_text()
    page.locator("summary.navbar-toggler").click()
    expect(page.get_by_role("link", name="Trang chủ").first).to_be_visible()
    page.locator(".account-menu > summary").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.locator(".account-menu > summary").click()
    for name, text in whole_report().items():
        if name.endswith("__lacks"):
            page.check(f"#id_{name}")
        elif name.startswith("category"):
            page.fill(f"#id_{name}", text)
        elif name.startswith("section"):
            page.fill(f"#id_{name}", WORDS)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator(TASKS)).to_have_value(WORDS)
    page.locator(".report-bar").get_by_role("button", name="Kiểm tra trước khi gửi").click()
    page.get_by_label("Tôi cam kết").check()
    page.get_by_role("button", name="Nộp báo cáo").click()
    assert Submission.objects.get().status == "submitted"


def test_a_post_only_address_leads_to_its_page(open_page, edit, liaison):
    page = open_page(liaison)
    form, _question, _all_steps = edit.partition("?")
    page.goto(form.replace("edit", "save"))
    assert page.url.endswith(form)
