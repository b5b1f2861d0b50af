"""The report step by step: each saved for itself, with a state, beside what was written half a year before."""

import json

import pytest

from reports.content import MEASURES, CategoryFigures, IndicatorFigure, Measure, SubmissionContent
from reports.models import Submission
from reports.submissions import actions
from reports.submissions.rules import FieldPlace
from reports.submissions.steps import STEPS
from tests.reports.submissions.test_form import CASES, SERIOUS, url, whole_report
from tests.support.factories import NOW, IncidentFactory, RoundFactory
from tests.support.reporting import the_round

LACKS = "category__trom-cap-tai-san__lacks"
LONG = "Tuyên truyền được năm buổi tại các thôn, có sáu trăm lượt người dự."


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def draft(as_user, liaison, opened, unit):
    """A draft with something in every step."""
    as_user(liaison).post(url("save", opened, unit), whole_report())
    return Submission.objects.get(round=opened)


def sent_half_a_year_before(unit, liaison, text=LONG):
    content = SubmissionContent(narrative={"outreach": text})
    actions.submit(round_=the_round("2021-H2"), unit=unit, typed={}, content=content, revision=0, by=liaison, now=NOW)


def states(page):
    return {row.step.code: row.state.word for row in page.context["steps"]}


def test_every_field_stands_in_one_step(as_user, liaison, opened, unit):
    form = as_user(liaison).get(url("edit", opened, unit)).context["form"]
    homeless = [name for name, place in form.places.items() if sum(step.holds(place) for step in STEPS) != 1]
    assert homeless == []
    assert not any(step.holds(FieldPlace("section", "unknown")) for step in STEPS)


def test_a_step_saved_for_itself_touches_no_other(as_user, liaison, opened, unit, draft):
    step = {"revision": "1", "step": "tasks", "holds": "tasks", "section__tasks": "Mới.", "section__proposals": ""}
    as_user(liaison).post(url("save", opened, unit), step)
    changed = {name: text for name, text in Submission.objects.get().typed.items() if text != draft.typed.get(name, "")}
    assert changed == {"section__tasks": "Mới.", "section__proposals": ""}


def test_a_box_unticked_in_its_step_is_unticked_and_in_another_left(as_user, liaison, opened, unit, draft):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "1", "holds": "situation", "section__advantages": "Mới."})
    assert Submission.objects.get().typed[LACKS] == "on"
    client.post(url("save", opened, unit), {"revision": "2", "holds": "violations", CASES: "0"})
    assert Submission.objects.get().typed[LACKS] == ""


@pytest.mark.parametrize(
    ("to", "leads_to"),
    [("violations", "/edit/?step=violations"), ("check", "/check/"), ("", "/edit/?step=tasks"), ("//evil", "/edit/")],
)
def test_the_button_says_where_it_goes_on(as_user, liaison, opened, unit, to, leads_to):
    sent = {"revision": "0", "step": "tasks", "holds": "tasks", "to": to, "section__tasks": "Mới."}
    assert as_user(liaison).post(url("save", opened, unit), sent).url.endswith(leads_to)


def test_looking_at_the_steps_begins_no_report(as_user, liaison, opened, unit):
    sent = {"revision": "0", "step": "tasks", "holds": "tasks", "to": "violations", "section__tasks": ""}
    assert as_user(liaison).post(url("save", opened, unit), sent).url.endswith("?step=violations")
    assert not Submission.objects.exists()


def test_without_scripts_only_the_open_step_is_sent(as_user, liaison, opened, unit):
    page = as_user(liaison).get(url("edit", opened, unit), {"step": "movement"}).text
    assert page.count("hidden disabled>") == len(STEPS) - 1
    assert '<input type="hidden" name="holds" value="movement">' in page


def test_an_address_that_names_a_field_opens_its_step(as_user, liaison, opened, unit):
    page = as_user(liaison).get(url("edit", opened, unit), {"field": SERIOUS})
    assert page.context["opened"].code == "violations"


def test_all_steps_can_stand_on_one_page(as_user, liaison, opened, unit):
    page = as_user(liaison).get(url("edit", opened, unit), {"step": "all"}).text
    assert "hidden disabled>" not in page
    assert 'name="holds"' not in page


def test_the_form_opens_at_the_first_step_that_is_not_done(as_user, liaison, opened, unit, draft):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "1", "holds": "tasks", "section__tasks": ""})
    page = client.get(url("edit", opened, unit))
    assert (page.context["opened"].code, page.context["is_list"]) == ("activities", True)


def test_each_step_says_how_far_it_has_come(as_user, liaison, opened, unit):
    client = as_user(liaison)
    begun = {
        "revision": "0",
        "section__leadership": "Đã họp.",
        "section__shortcomings": "Không.",
        CASES: "2",
        SERIOUS: "3",
    }
    client.post(url("save", opened, unit), begun)
    assert states(client.get(url("edit", opened, unit))) == {
        "situation": "new",
        "leadership": "lacking",
        "movement": "new",
        "violations": "look",
        "activities": "new",
        "shortcomings": "done",
        "tasks": "new",
    }


def test_a_saving_script_is_told_the_states_and_what_is_impossible(as_user, liaison, opened, unit):
    sent = {"revision": "0", "partial": "1", CASES: "2", SERIOUS: "3"}
    answer = as_user(liaison).post(url("save", opened, unit), sent, headers={"hx-request": "true"}).text
    assert '<span class="step-state is-look" id="state-violations" hx-swap-oob="true">' in answer
    assert (
        f'<div class="figure-told" role="status" id="id_{SERIOUS}_told" hx-swap-oob="true"><ul class="errorlist">'
        in answer
    )


def test_a_large_figure_is_echoed_in_words(as_user, liaison, opened, unit):
    damage = "category__trom-cap-tai-san__damage"
    sent = {"revision": "0", "partial": "1", CASES: "2", damage: "1,5 triệu"}
    answer = as_user(liaison).post(url("save", opened, unit), sent, headers={"hx-request": "true"}).text
    assert "một triệu năm trăm nghìn đồng" in answer


def test_last_halfs_text_stands_beside_its_section_and_is_taken_over_behind_what_is_typed(
    as_user, liaison, opened, unit
):
    sent_half_a_year_before(unit, liaison)
    client = as_user(liaison)
    assert LONG in client.get(url("edit", opened, unit), {"step": "leadership"}).text
    step = {"revision": "0", "holds": "leadership", "step": "leadership", "section": "outreach"}
    client.post(url("take-over", opened, unit), step | {"section__outreach": "Năm nay:"})
    assert Submission.objects.get(round=opened).typed["section__outreach"] == f"Năm nay:\n\n{LONG}"


@pytest.mark.parametrize("section", ["unknown", "tasks"])
def test_where_nothing_was_written_before_nothing_is_taken_over(as_user, liaison, opened, unit, section):
    sent_half_a_year_before(unit, liaison)
    sent = {"revision": "0", "partial": "1", "section": section, "section__outreach": "Năm buổi."}
    as_user(liaison).post(url("take-over", opened, unit), sent)
    typed = Submission.objects.get(round=opened).typed
    assert {name: text for name, text in typed.items() if text} == {"section__outreach": "Năm buổi."}


@pytest.mark.parametrize(("text", "is_asked_about"), [(LONG, True), (f" {LONG}\n", True), ("Không có.", False)])
def test_a_section_word_for_word_like_half_a_year_before_is_to_be_looked_at(
    as_user, liaison, opened, unit, text, is_asked_about
):
    sent_half_a_year_before(unit, liaison, text.strip())
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", "section__outreach": text})
    page = client.get(url("check", opened, unit))
    assert [warning.about.name for warning in page.context["warnings"]] == ["section__outreach"] * is_asked_about


def test_an_explanation_is_sent_with_the_report_and_read_by_the_secretariat(
    as_user, liaison, secretariat, opened, unit
):
    sent_half_a_year_before(unit, liaison)
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(section__outreach=LONG))
    sent = {"revision": "1", "partial": "1", "declared": "on", "explain__outreach": "Vẫn năm buổi như kỳ trước."}
    client.post(url("submit", opened, unit), sent)
    version = Submission.objects.get(round=opened).versions.get()
    assert version.content().explanations == {"outreach": "Vẫn năm buổi như kỳ trước."}
    assert "Vẫn năm buổi như kỳ trước." in as_user(secretariat).get(url("detail", opened, unit)).text


def test_a_leap_is_explained_on_the_page_to_check(as_user, liaison, opened, unit):
    values = dict.fromkeys(MEASURES) | {Measure.CASES: 3}
    content = SubmissionContent(
        categories={"trom-cap-tai-san": CategoryFigures(values)}, indicators={"buoi-tuan-tra": IndicatorFigure(90)}
    )
    actions.accept(
        submission=actions.submit(
            round_=the_round("2021-H1"), unit=unit, typed={}, content=content, revision=0, by=liaison, now=NOW
        ).submission,
        revision=2,
        by=liaison,
        now=NOW,
    )
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(**{CASES: "9", "indicator__buoi-tuan-tra": "1"}))
    warnings = client.get(url("check", opened, unit)).context["warnings"]
    assert [warning.answer.name for warning in warnings] == [
        "category__trom-cap-tai-san__remark",
        "indicator__buoi-tuan-tra__remark",
    ]
    answered = {"revision": "1", "partial": "1", "to": "check", warnings[0].answer.name: "Thêm khu công nghiệp."}
    client.post(url("save", opened, unit), answered)
    assert [each.is_answered for each in client.get(url("check", opened, unit)).context["warnings"]] == [True, False]


@pytest.fixture
def registered(unit):
    """Two thefts in the register, of one of which the damage is known."""
    IncidentFactory(unit=unit, persons=2, damage=1_500_000, is_solved=True)
    return IncidentFactory(unit=unit)


def test_a_report_starts_with_the_registers_figures_of_all_measures(as_user, liaison, opened, unit, registered):
    client = as_user(liaison)
    form = client.get(url("edit", opened, unit)).context["form"]
    filled = {name.rpartition("__")[2]: text for name, text in form.typed.items() if text}
    assert filled == {"cases": "2", "serious": "0", "solved": "1", "persons": "2", "damage": "1500000"}
    assert not Submission.objects.exists()
    client.post(url("save", opened, unit), {"revision": "0", "holds": "tasks", "section__tasks": "Tuần tra."})
    assert Submission.objects.get().typed == {
        **{n: t for n, t in form.typed.items() if t},
        "section__tasks": "Tuần tra.",
    }


def test_a_figure_of_the_register_that_is_emptied_or_changed_at_once_stays_so(
    as_user, liaison, opened, unit, registered
):
    client = as_user(liaison)
    was = client.get(url("edit", opened, unit)).context["form"]["was"].value()
    damage = "category__trom-cap-tai-san__damage"
    sent = {"revision": "0", "was": was, "partial": "1", damage: "", CASES: "5"}
    client.post(url("save", opened, unit), sent)
    typed = Submission.objects.get().typed
    assert (typed[damage], typed[CASES], typed["category__trom-cap-tai-san__persons"]) == ("", "5", "2")


def test_what_is_recorded_after_the_report_was_begun_overwrites_nothing(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", "partial": "1", "section__tasks": "Tuần tra."})
    IncidentFactory(unit=unit)
    form = client.get(url("edit", opened, unit)).context["form"]
    assert form.typed[CASES] == ""
    assert form.lacking()


def test_what_cant_be_read_in_another_step_holds_nobody_and_is_linked(as_user, liaison, opened, unit, draft):
    client, edit = as_user(liaison), url("edit", opened, unit)
    client.post(url("save", opened, unit), {"revision": "1", "holds": "violations", CASES: "ba"})
    step = {"revision": "2", "step": "tasks", "holds": "tasks", "section__tasks": "Mới.", "section__proposals": ""}
    assert client.post(url("save", opened, unit), step).url == f"{edit}?step=tasks"
    page = client.post(url("save", opened, unit), step | {"section__tasks": "Số 001099012345"})
    assert page.status_code == 200
    assert f'href="{edit}?field={CASES}#id_{CASES}"' in page.text
    assert 'href="#id_section__tasks"' in page.text


def test_a_step_is_not_done_while_a_field_of_it_waits_for_the_person(as_user, liaison, opened, unit, draft):
    """Both sides changed the tasks; until one is chosen, later savings of other fields say so, too."""
    client, script = as_user(liaison), {"HX-Request": "true"}
    client.post(url("save", opened, unit), {"revision": "1", "holds": "tasks", "section__tasks": "Từ máy khác."})

    def word(**sent):
        page = client.post(url("save", opened, unit), {"partial": "1", **sent}, headers=script)
        return next(state.word for state in page.context["form"].states() if state.step.code == "tasks")

    was = json.dumps({"section__tasks": draft.typed["section__tasks"]})
    assert word(revision="1", was=was, section__tasks="Ở đây.") == "look"
    assert word(revision="2", section__outreach=LONG, waits="section__tasks") == "look"
    assert word(revision="3", section__outreach=LONG + " Thêm.") == "done"
