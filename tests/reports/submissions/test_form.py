"""The report as the liaison meets it: typed, saved, submitted, told what is wrong."""

import pytest
from django.urls import reverse

from incidents.models import Category
from reports.content import SECTIONS
from reports.models import ReportingRound, Submission, SubmissionVersion
from reports.submissions.rules import section_place
from reports.submissions.typed import field_name, typed_from
from tests.support.factories import RoundFactory
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
    noughts = {f"category__{category.code}__cases": "0" for category in Category.objects.all()}
    texts = {field_name(section_place(code)): "Có nội dung." for code in SECTIONS}
    return {"revision": "0", "tab": "t", "declared": "on", **noughts, **texts, **typed}


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
    assert Submission.objects.get().typed[SERIOUS] == "3"


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
    typed = Submission.objects.get().typed
    assert (typed[CASES], typed[SERIOUS]) == ("ba", "-2")


def test_what_was_typed_for_an_entry_that_goes_out_of_use_is_kept(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "7"})
    Category.objects.filter(code="trom-cap-tai-san").update(is_active=False)
    client.post(url("save", opened, unit), {"revision": "1", "section__tasks": "Tuần tra."})
    typed = Submission.objects.get().typed
    assert (typed[CASES], typed["section__tasks"]) == ("7", "Tuần tra.")


def test_a_pasted_nul_does_not_keep_a_draft_from_being_saved(as_user, liaison, opened, unit):
    as_user(liaison).post(url("save", opened, unit), {"revision": "0", "section__tasks": "Tuần\0tra"})
    assert Submission.objects.get().typed["section__tasks"] == "Tuầntra"


def test_the_form_continues_where_the_draft_stopped(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "7"})
    form = client.get(url("edit", opened, unit)).context["form"]
    assert (form[CASES].value(), form["revision"].value()) == ("7", 1)


def test_an_identity_number_is_flagged_before_it_is_stored(as_user, liaison, opened, unit):
    posted = {"revision": "0", "section__tasks": "Gặp ông A, số 001099012345", "section__outreach": "Năm buổi."}
    response = as_user(liaison).post(url("save", opened, unit), posted)
    typed = Submission.objects.get().typed
    assert (typed["section__tasks"], typed["section__outreach"]) == ("", "Năm buổi.")
    assert list(response.context["form"].errors) == ["section__tasks"]
    assert "001099012345" in response.content.decode()


def test_a_hotline_is_stored_once_confirmed(as_user, liaison, opened, unit):
    text = "Đường dây nóng 0912 345 678"
    posted = {"revision": "0", "section__tasks": text, "numbers_are_no_identifiers": "on"}
    as_user(liaison).post(url("save", opened, unit), posted)
    assert Submission.objects.get().typed["section__tasks"] == text


def test_the_second_of_two_tabs_is_told_and_shown_both(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", "tab": "one", CASES: "5"})
    response = client.post(url("save", opened, unit), {"revision": "0", "tab": "two", CASES: "6"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="6"' in page
    assert response.context["form"].errors[CASES] == ["Bản đã lưu: 5"]
    assert "Nội dung của bạn vẫn còn nguyên" in page
    assert Submission.objects.get().typed[CASES] == "5"


def test_saving_again_after_being_told_overrules(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", "tab": "one", CASES: "5"})
    told = client.post(url("save", opened, unit), {"revision": "0", "tab": "two", CASES: "6"})
    revision = told.context["form"].data["revision"]
    client.post(url("save", opened, unit), {"revision": revision, "tab": "two", CASES: "6"})
    assert Submission.objects.get().typed[CASES] == "6"


def test_typing_saves_by_itself_and_tells_the_change(as_user, liaison, opened, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    posted = {"revision": "0", "tab": "t", CASES: "41"}
    response = as_user(liaison).post(url("save", opened, unit), posted, headers={"hx-request": "true"})
    page = response.content.decode()
    assert f'<output id="id_{CASES}_movement" hx-swap-oob="true">−7 (−14,58%)</output>' in page
    assert '<input type="hidden" name="revision" id="id_revision" value="1" hx-swap-oob="true">' in page


def test_a_report_that_is_submitted_is_read_and_not_edited(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("submit", opened, unit), whole_report())
    assert client.get(url("edit", opened, unit)).url == url("detail", opened, unit)
    client.post(url("save", opened, unit), {"revision": "2", CASES: "9"})
    assert Submission.objects.get().typed[CASES] == "0"


def test_a_reopened_import_can_be_continued_from_its_figures(unit):
    submission = accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 12})
    assert submission.typed == typed_from(submission.accepted_version.content())
    assert submission.typed[CASES] == "12"


def test_the_form_takes_the_same_queries_with_and_without_a_draft(
    as_user, liaison, opened, unit, django_assert_num_queries
):
    client = as_user(liaison)
    with django_assert_num_queries(12):
        client.get(url("edit", opened, unit))
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 3, "ma-tuy": 1}, {"buoi-tuan-tra": 4})
    client.post(url("save", opened, unit), whole_report())
    assert ReportingRound.objects.count() == 2
    with django_assert_num_queries(14):
        client.get(url("edit", opened, unit))


def test_a_fault_of_many_fields_is_told_once_with_a_link_to_each(as_user, liaison, opened, unit):
    emptied = {"category__ma-tuy__cases": "", "category__moi-truong__cases": ""}
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(**emptied, declared=""))
    summary = response.context["form"].error_summary
    assert [[field.name for field in fields] for _message, fields in summary] == [[*emptied], ["declared"]]
