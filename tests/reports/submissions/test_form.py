"""The report as the liaison meets it: typed, saved, submitted, told what is wrong."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse

from incidents.models import Category
from reports.content import SECTIONS
from reports.models import ReportingRound, Submission, SubmissionNote, SubmissionVersion
from reports.submissions import actions
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.rules import section_place
from reports.submissions.typed import field_name, typed_from
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import accepted_report

CASES = "category__trom-cap-tai-san__cases"
SERIOUS = "category__trom-cap-tai-san__serious"


@pytest.fixture
def opened(cluster):
    return RoundFactory()


def url(name, opened, unit):
    return reverse(f"reports:submission-{name}", args=[opened.period, unit.pk])


def whole_report(**typed):
    """A POST that can be submitted; `typed` overrules fields."""
    categories = [category.code for category in Category.objects.all()]
    noughts = {f"category__{code}__cases": "0" for code in categories}
    noughts |= {f"category__{code}__lacks": "on" for code in categories}
    texts = {field_name(section_place(code)): "Có nội dung." for code in SECTIONS}
    return {"revision": "0", "declared": "on", **noughts, **texts, **typed}


def test_a_whole_report_is_submitted(as_user, liaison, opened, unit):
    as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "1.234"}))
    version = SubmissionVersion.objects.get()
    assert version.submission.status == "submitted"
    assert version.figures.get(category__code="trom-cap-tai-san").cases == 1234


def test_a_report_entered_from_paper_is_told_of_as_such(as_user, secretariat, opened, unit):
    client = as_user(secretariat)
    assert "Nhập thay đơn vị" in client.get(url("detail", opened, unit)).text
    page = client.post(url("submit", opened, unit), whole_report(), follow=True).text
    assert "Đã nhập báo cáo thay đơn vị." in page
    assert "Thư ký nhập từ bản giấy" in page


def test_a_double_click_submits_once_and_tells_of_nobody_else(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    second = client.post(url("submit", opened, unit), whole_report())
    assert second.url == url("detail", opened, unit)
    assert SubmissionVersion.objects.count() == 1


def test_a_faulty_report_is_told_beside_the_field_and_kept(as_user, liaison, opened, unit):
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "2", SERIOUS: "3"}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [SERIOUS]
    assert f'href="#id_{SERIOUS}"' in response.content.decode()
    assert Submission.objects.get(round=opened).typed[SERIOUS] == "3"


def test_the_declaration_is_asked_for(as_user, liaison, opened, unit):
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(declared=""))
    assert list(response.context["form"].errors) == ["declared"]


@pytest.mark.parametrize("number", ["-1", "1,5", "ba", "1.23", "99999999999"])
def test_what_is_no_count_is_refused_and_stays(as_user, liaison, opened, unit, number):
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: number}))
    assert list(response.context["form"].errors) == [CASES]
    assert f'value="{number}"' in response.content.decode()


def test_an_unfinished_draft_is_saved_with_all_its_faults(as_user, liaison, opened, unit):
    as_user(liaison).post(url("save", opened, unit), {"revision": "0", CASES: "ba", SERIOUS: "-2"})
    typed = Submission.objects.get(round=opened).typed
    assert (typed[CASES], typed[SERIOUS]) == ("ba", "-2")


def test_what_was_typed_for_an_entry_that_goes_out_of_use_is_kept(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "7"})
    Category.objects.filter(code="trom-cap-tai-san").update(is_active=False)
    client.post(url("save", opened, unit), {"revision": "1", "section__tasks": "Tuần tra."})
    typed = Submission.objects.get(round=opened).typed
    assert (typed[CASES], typed["section__tasks"]) == ("7", "Tuần tra.")


def test_a_pasted_nul_does_not_keep_a_draft_from_being_saved(as_user, liaison, opened, unit):
    as_user(liaison).post(url("save", opened, unit), {"revision": "0", "section__tasks": "Tuần\0tra"})
    assert Submission.objects.get(round=opened).typed["section__tasks"] == "Tuầntra"


def test_the_form_continues_where_the_draft_stopped(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "7"})
    form = client.get(url("edit", opened, unit)).context["form"]
    assert (form[CASES].value(), form["revision"].value()) == ("7", 1)


def test_an_identity_number_is_flagged_before_it_is_stored(as_user, liaison, opened, unit):
    posted = {"revision": "0", "section__tasks": "Gặp ông A, số 001099012345", "section__outreach": "Năm buổi."}
    response = as_user(liaison).post(url("save", opened, unit), posted)
    typed = Submission.objects.get(round=opened).typed
    assert (typed["section__tasks"], typed["section__outreach"]) == ("", "Năm buổi.")
    assert list(response.context["form"].errors) == ["section__tasks"]
    assert "001099012345" in response.content.decode()


def test_a_hotline_is_stored_once_confirmed(as_user, liaison, opened, unit):
    text = "Đường dây nóng 0912 345 678"
    posted = {"revision": "0", "section__tasks": text, "numbers_are_no_identifiers": "on"}
    as_user(liaison).post(url("save", opened, unit), posted)
    assert Submission.objects.get(round=opened).typed["section__tasks"] == text


def test_the_second_of_two_tabs_is_told_and_shown_both(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "5"})
    response = client.post(url("save", opened, unit), {"revision": "0", CASES: "6"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="6"' in page
    assert response.context["form"].errors[CASES] == ["Bản đã lưu: 5"]
    assert "Những gì đã nhập vẫn còn nguyên" in page
    assert Submission.objects.get(round=opened).typed[CASES] == "5"


def test_saving_again_after_being_told_overrules(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "5"})
    told = client.post(url("save", opened, unit), {"revision": "0", CASES: "6"})
    revision = told.context["form"].data["revision"]
    client.post(url("save", opened, unit), {"revision": revision, CASES: "6"})
    assert Submission.objects.get(round=opened).typed[CASES] == "6"


def test_typing_saves_by_itself_and_tells_the_change(as_user, liaison, opened, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    posted = {"revision": "0", CASES: "41"}
    response = as_user(liaison).post(url("save", opened, unit), posted, headers={"hx-request": "true"})
    page = response.content.decode()
    assert f'<output id="id_{CASES}_movement" hx-swap-oob="true">−7 (−14,58%)</output>' in page
    assert '<input type="hidden" name="revision" id="id_revision" value="1" hx-swap-oob="true">' in page


def test_a_report_that_is_submitted_is_read_and_not_edited(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    assert client.get(url("edit", opened, unit)).url == url("detail", opened, unit)
    client.post(url("save", opened, unit), {"revision": "2", CASES: "9"})
    assert Submission.objects.get(round=opened).typed[CASES] == "0"


def test_a_reopened_import_can_be_continued_from_its_figures(unit):
    submission = accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 12})
    assert submission.typed == typed_from(submission.accepted_version.content())
    assert submission.typed[CASES] == "12"


def test_the_form_takes_the_same_queries_with_and_without_a_draft(
    as_user, liaison, opened, unit, django_assert_num_queries
):
    client = as_user(liaison)
    with django_assert_num_queries(17):
        client.get(url("edit", opened, unit))
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 3, "ma-tuy": 1}, {"buoi-tuan-tra": 4})
    client.post(url("save", opened, unit), whole_report())
    assert ReportingRound.objects.count() == 2
    with django_assert_num_queries(19):
        client.get(url("edit", opened, unit))


def test_a_fault_of_many_fields_is_told_once_with_a_link_to_each(as_user, liaison, opened, unit):
    emptied = {"category__ma-tuy__cases": "", "category__moi-truong__cases": ""}
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(**emptied, declared=""))
    summary = response.context["form"].error_summary
    assert [[field.name for field in fields] for _message, fields in summary] == [[*emptied], ["declared"]]


ABSURD = "1" + "0" * 30


def test_a_stuck_key_in_any_field_leaves_the_report_open_and_mendable(as_user, liaison, secretariat, opened, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48}, {"buoi-tuan-tra": 4})
    client = as_user(liaison)
    names = list(client.get(url("edit", opened, unit)).context["form"].typed)
    posted = dict.fromkeys(names, ABSURD) | {"numbers_are_no_identifiers": "on"}
    assert client.post(url("save", opened, unit), {"revision": "0", **posted}).status_code == 200
    assert set(Submission.objects.get(round=opened).typed.values()) == {ABSURD}
    for person in (liaison, secretariat):
        client = as_user(person)
        assert f'value="{ABSURD}"' in client.get(url("edit", opened, unit)).text
        assert client.get(url("detail", opened, unit)).status_code == 200
    assert client.post(url("submit", opened, unit), {"revision": "1", **posted}).status_code == 422
    assert client.post(url("take-over", opened, unit), {"revision": "1", **posted}).status_code == 200
    client.post(url("submit", opened, unit), whole_report(revision="1", **{CASES: "40"}))
    assert Submission.objects.get(round=opened).status == "submitted"


@pytest.mark.parametrize("revision", [ABSURD, "9" * 5000, "²", ""])
def test_a_revision_no_report_has_is_no_fault_of_the_portal(as_user, liaison, opened, unit, revision):
    as_user(liaison).post(url("save", opened, unit), {"revision": revision, CASES: "3"})
    assert Submission.objects.get(round=opened).typed[CASES] == "3"


def test_a_text_that_is_too_long_is_kept_whole_and_told(as_user, liaison, opened, unit):
    text = "ă" * 25_000
    response = as_user(liaison).post(url("save", opened, unit), {"revision": "0", "section__tasks": text})
    assert Submission.objects.get(round=opened).typed["section__tasks"] == text
    (message,) = response.context["form"].errors["section__tasks"]
    assert "25.000 ký tự" in message
    assert text in response.text


def test_a_line_end_counts_once(as_user, liaison, opened, unit):
    text = "\r\n".join(["a" * 9] * 2000)
    response = as_user(liaison).post(url("save", opened, unit), {"revision": "0", "section__tasks": text})
    assert response.status_code == 302
    assert len(Submission.objects.get(round=opened).typed["section__tasks"]) == 19_999


def test_a_remark_that_is_too_long_is_kept_whole_as_well(as_user, liaison, opened, unit):
    remark = "category__ma-tuy__remark"
    response = as_user(liaison).post(url("save", opened, unit), {"revision": "0", remark: "b" * 1001})
    assert list(response.context["form"].errors) == [remark]
    assert Submission.objects.get(round=opened).typed[remark] == "b" * 1001


def test_numbers_are_masked_or_confirmed_at_their_field(as_user, liaison, opened, unit):
    client = as_user(liaison)
    typed = {"section__tasks": "Ông A 001099012345", "section__outreach": "Gọi 0912 345 678"}
    asked = client.post(url("save", opened, unit), {"revision": "0", **typed})
    assert "<mark>001099012345</mark>" in asked.text
    client.post(url("save", opened, unit), {"revision": "1", **typed, "mask": "section__tasks"})
    client.post(url("save", opened, unit), {"revision": "2", **typed, "confirm": "section__outreach"})
    draft = Submission.objects.get(round=opened).typed
    assert (draft["section__tasks"], draft["section__outreach"]) == ("Ông A •••", "Gọi 0912 345 678")
    again = client.post(url("save", opened, unit), {"revision": "3", **draft, "section__outreach": "Gọi 0912 345 678."})
    assert again.status_code == 302  # a confirmed number isn't asked about again


def test_two_devices_are_joined_field_by_field(as_user, liaison, opened, unit):
    client = as_user(liaison)
    was = json.dumps({"section__tasks": "cũ"})
    client.post(url("save", opened, unit), {"revision": "0", "section__tasks": "cũ"})
    client.post(url("save", opened, unit), {"revision": "1", "section__tasks": "cũ", CASES: "4"})
    client.post(url("save", opened, unit), {"revision": "1", "was": was, "section__tasks": "mới", CASES: ""})
    draft = Submission.objects.get(round=opened).typed
    assert (draft["section__tasks"], draft[CASES]) == ("mới", "4")


def test_the_browser_is_told_which_fields_wait_for_a_decision_and_what_was_there(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", "section__tasks": "ở đó", CASES: "4"})
    was = json.dumps({"section__tasks": "cũ"})
    sent = {"revision": "0", "was": was, "section__tasks": "ở đây", CASES: ""}
    form = client.post(url("save", opened, unit), sent).context["form"]
    assert json.loads(form.asked_as_json) == {"section__tasks": "cũ"}
    assert form.data[CASES] == "4"


def test_who_is_overtaken_in_the_moment_of_sending_sees_the_newer_texts(as_user, liaison, opened, unit, monkeypatch):
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report())
    stored = Submission.objects.get(round=opened)
    was, submit = json.dumps(stored.typed), actions.submit

    def overtaken(**given):
        typed = {**stored.typed, "section__tasks": "ở đó", "section__outreach": "ở đó"}
        actions.save_typed(round_=opened, unit=unit, typed=typed, revision=1, by=liaison, now=NOW)
        return submit(**given)

    monkeypatch.setattr(actions, "submit", overtaken)
    sent = whole_report(revision="1", was=was, section__tasks="ở đây")
    page = client.post(url("submit", opened, unit), sent)
    form = page.context["form"]
    assert (page.status_code, set(form.asked)) == (409, {"section__tasks"})
    assert (form.data["section__tasks"], form.data["section__outreach"]) == ("ở đây", "ở đó")
    assert Submission.objects.get(round=opened).typed["section__tasks"] == "ở đó"


@pytest.mark.parametrize("was", ["[", "[1]", '{"a": 1}', "[" * 100_000, "null"])
def test_a_tampered_memory_of_what_was_there_loses_nothing(as_user, liaison, opened, unit, was):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "4"})
    response = client.post(url("save", opened, unit), {"revision": "0", "was": was, "sent": was, CASES: "5"})
    assert response.status_code == 409
    assert Submission.objects.get(round=opened).typed[CASES] == "4"


def test_what_is_typed_for_a_report_closed_meanwhile_is_shown_and_left_as_a_note(
    as_user, liaison, secretariat, opened, unit
):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    late = {"revision": "0", "section__tasks": "Gõ sau khi nộp, số 001099012345", CASES: "0"}
    page = client.post(url("save", opened, unit), late)
    assert page.status_code == 409
    assert [(mine, theirs) for _field, mine, theirs in page.context["rows"]] == [
        (late["section__tasks"], "Có nội dung.")
    ]
    for _click in range(2):
        client.post(url("note", opened, unit), late)
    note = SubmissionNote.objects.get()
    assert note.texts == [["Phương hướng, nhiệm vụ", "Gõ sau khi nộp, số •••"]]
    assert "Gõ sau khi nộp" in as_user(secretariat).get(url("detail", opened, unit)).text


def test_a_script_is_told_that_the_report_is_closed(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    response = client.post(url("save", opened, unit), {CASES: "7"}, headers={"hx-request": "true"})
    assert (response.status_code, response.headers["X-Refusal"]) == (409, "closed")
    assert "đã nộp" in response.text


def test_a_closed_report_shows_only_what_was_typed_here(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    late = {"revision": "0", "was": json.dumps({CASES: "8"}), CASES: "8", "section__tasks": "Mới", SERIOUS: ""}
    page = client.post(url("save", opened, unit), late)
    assert [field.name for field, _mine, _theirs in page.context["rows"]] == ["section__tasks"]


@pytest.mark.parametrize("is_stored", [True, False])
def test_lines_in_a_field_of_one_line_stay_apart(as_user, liaison, opened, unit, is_stored):
    client, remark = as_user(liaison), "category__trom-cap-tai-san__remark"
    client.post(url("save", opened, unit), whole_report())
    typed = {CASES: "12\r\n345", remark: "vụ hai\nba người", "section__tasks": "Một.\nHai."}
    if is_stored:  # by a workbook, before lines were joined
        submission = Submission.objects.get()
        submission.typed |= typed
        submission.save()
    else:
        client.post(url("save", opened, unit), {"revision": "1", "partial": "1", **typed})
        assert Submission.objects.get().typed[CASES] == "12 345"
        assert Submission.objects.get().typed["section__tasks"] == "Một.\nHai."
    page = client.get(url("edit", opened, unit)).text
    assert 'value="12 345"' in " ".join(page.split())
    assert 'value="vụ hai ba người"' in page
    assert "chứa nhiều số" in page or "có nhiều số" in page


def test_a_fault_found_after_the_rows_were_read_stands_in_them(cluster, unit, opened):
    """Rows are worked out once; whatever is typed or found then is seen all the same."""
    form = SubmissionForm(
        QueryDict(f"partial=1&{CASES}=4"), catalogue=Catalogue.load(period=opened.period), base=None, complete=False
    )
    before = figure_row(form)

    form.add_error(CASES, "Sai số.")

    assert (before.has_errors, before.cells[0].faults) == (False, ())
    assert (figure_row(form).has_errors, figure_row(form).cells[0].faults) == (True, ("Sai số.",))
    form.full_clean()
    assert not figure_row(form).has_errors
    form._put({CASES: "12.345"})
    assert figure_row(form).cells[0].words != before.cells[0].words


def figure_row(form):
    (row,) = [row for row in form.rows if row.cells[0].field.name == CASES]
    return row


@pytest.mark.parametrize(
    ("typed", "is_saved"), [({CASES: "hai ba"}, True), ({"section__tasks": "Số định danh 001099012345."}, False)]
)
def test_that_the_draft_is_saved_is_said_beside_its_faults_unless_something_is_not(
    as_user, liaison, opened, unit, typed, is_saved
):
    page = as_user(liaison).post(url("save", opened, unit), {"revision": "0", "partial": "1", **typed}).text
    assert 'id="error-summary"' in page
    assert ("Đã lưu lúc" in page) is is_saved
