"""The text of a document, edited with its figures as chips, by keyboard as by hand."""

import pytest
from playwright.sync_api import expect

from reports.models import DocumentDraft
from tests.browser.checks import assert_accessible
from tests.support.documents import prepared_draft
from tests.support.reporting import THEFT, accepted_report


@pytest.fixture
def draft(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    return prepared_draft()


@pytest.fixture
def editor(open_page, secretariat, draft):
    page = open_page(secretariat)
    page.goto(f"{draft.get_absolute_url()}text/")
    expect(page.get_by_text("Chèn số liệu")).to_be_visible()  # its script runs
    return page


def box(page, name="Nhận xét, đánh giá"):
    return page.get_by_role("textbox", name=name)


def chips(page):
    return box(page).locator("data")


def insert(page, label):
    """Choose a figure of the whole cluster and put it where the cursor is."""
    if not page.get_by_label("Số liệu của").is_visible():
        page.get_by_text("Chèn số liệu").click()
    option = page.locator("#id_figure option", has_text=label).first
    expect(option).to_be_attached()
    page.get_by_label("Số liệu", exact=True).select_option(value=option.get_attribute("value"))
    page.get_by_role("button", name="Chèn", exact=True).click()


def save(page):
    page.get_by_role("button", name="Lưu nội dung").click()
    expect(page.get_by_text("Đã lưu nội dung.")).to_be_visible()


def stored():
    return DocumentDraft.objects.get().text


def test_a_text_is_written_with_a_figure_and_a_number_to_be_checked(editor, screenshot):
    assert_accessible(editor)
    box(editor).click()
    editor.keyboard.type("Toàn cụm ")
    insert(editor, "tăng, giảm: tăng 05 vụ")
    editor.keyboard.type(", riêng tháng 5 xảy ra 77 vụ.")
    save(editor)
    assert stored() == {"assessment": "Toàn cụm [[total.cases.difference]], riêng tháng 5 xảy ra 77 vụ."}
    expect(chips(editor)).to_have_text("tăng 05 vụ (125,00%)")
    expect(box(editor).locator("mark")).to_have_text("77")
    assert_accessible(editor)
    screenshot(editor, "document-text")


def test_a_figure_is_never_typed_into(editor):
    box(editor).click()
    insert(editor, "kỳ này: 09 vụ")
    chips(editor).click()
    editor.keyboard.type("!")
    save(editor)
    assert stored() == {"assessment": "[[total.cases.current]]!"}


@pytest.mark.parametrize("keys", [["Backspace"], ["Home", "Delete"]], ids=["Backspace", "Delete"])
def test_a_figure_is_deleted_as_a_whole(editor, keys):
    box(editor).click()
    insert(editor, "kỳ này: 09 vụ")
    for key in keys:
        editor.keyboard.press(key)
    expect(chips(editor)).to_have_count(0)
    save(editor)
    assert stored() == {}


def test_figures_survive_cutting_and_pasting(editor):
    box(editor).click()
    editor.keyboard.type("Có ")
    insert(editor, "kỳ này: 09 vụ")
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+x")
    expect(box(editor)).to_have_text("")
    editor.keyboard.press("Control+v")
    editor.keyboard.press("Control+v")
    save(editor)
    assert stored() == {"assessment": "Có [[total.cases.current]]Có [[total.cases.current]]"}


@pytest.mark.parametrize("viewport", ["desk"])
def test_what_is_pasted_is_plain_text_with_its_references_as_figures(editor):
    box(editor).click()
    editor.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", "<b>Có</b>");
          data.setData("text/plain", "Có [[total.cases.current]].\\nHết");
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
        }"""
    )
    expect(box(editor).locator("b")).to_have_count(0)
    save(editor)
    assert stored() == {"assessment": "Có [[total.cases.current]].\nHết"}
    expect(chips(editor)).to_have_text("09 vụ")


@pytest.mark.parametrize("viewport", ["desk"])
def test_a_passage_of_the_keyboard_alone(editor):
    """From the box by Tab to the list and back into the text, without a pointer."""
    box(editor).focus()
    editor.keyboard.type("Một")
    editor.keyboard.press("Enter")
    editor.keyboard.type("Hai ")
    editor.get_by_text("Chèn số liệu").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("#id_figure option").first).to_be_attached()
    editor.get_by_role("button", name="Chèn", exact=True).focus()
    editor.keyboard.press("Enter")
    expect(box(editor)).to_be_focused()
    editor.keyboard.type(".")
    save(editor)
    assert stored() == {"assessment": "Một\nHai [[total.cases.sentence]]."}


@pytest.mark.parametrize("viewport", ["desk"])
def test_a_text_that_is_not_saved_is_not_left_without_a_question(editor):
    asked = []
    box(editor).click()
    editor.keyboard.type("Một")
    editor.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.goto("/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("viewport", ["desk"])
def test_what_was_left_unsaved_is_there_again_and_seen_after_going_back(editor):
    box(editor).click()
    editor.keyboard.type("Một")
    editor.once("dialog", lambda dialog: dialog.accept())
    editor.goto("/")
    editor.go_back()
    expect(box(editor)).to_contain_text("Một")
    save(editor)
    assert "Một" in str(stored())


@pytest.mark.parametrize("viewport", ["desk"])
def test_a_text_the_browser_puts_back_is_seen(editor):
    editor.evaluate(
        """() => {
          document.querySelector("[name=assessment]").value = "Có [[total.cases.current]].";
          dispatchEvent(new PageTransitionEvent("pageshow"));
        }"""
    )
    expect(box(editor)).to_have_text("Có [[total.cases.current]].")
    expect(chips(editor)).to_have_count(1)


@pytest.mark.parametrize("viewport", ["desk"])
def test_without_a_script_the_text_is_edited_with_its_references(open_page, secretariat, draft):
    page = open_page(secretariat, java_script_enabled=False)
    page.goto(f"{draft.get_absolute_url()}text/")
    box(page).fill("Có [[total.cases.current]].")
    save(page)
    assert stored() == {"assessment": "Có [[total.cases.current]]."}
    expect(page.locator("#passage-assessment dd")).to_have_text("09 vụ – Toàn cụm – Số vụ – kỳ này")
