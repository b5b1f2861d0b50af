"""A reviewer comments at the places of a report; it is answered and settled there, and never printed."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from incidents.models import Category
from members.infrastructure.audit import AuditEntry
from members.infrastructure.refusals import Refused
from reports.models import ReviewAnswer, ReviewComment, Submission, SubmissionNote
from reports.submissions import actions
from reports.submissions.talk import talks_on, way_in
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.documents import issued_report
from tests.support.factories import NOW, RoundFactory, UserFactory
from tests.support.reporting import THEFT, accepted_report, close_early
from tests.support.worker import work

TASKS, OUTREACH = "section__tasks", "section__outreach"
SAID = "Con số này khác với báo cáo tháng."


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def sent(as_user, liaison, opened, unit):
    as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "7"}))
    return Submission.objects.get()


def comment_on(submission, by, field=CASES, text=SAID):
    return actions.comment_on(submission=submission, field=field, label="Trộm cắp tài sản", text=text, by=by, now=NOW)


def returned(submission, by, *comments):
    for field in comments:
        comment_on(submission, by, field)
    submission.refresh_from_db()
    return actions.return_report(submission=submission, comment="", revision=submission.revision, by=by, now=NOW)


def names(comment):
    return (
        f"{comment.field.rpartition('__')[0]}__answer-{comment.pk}",
        f"{comment.field.rpartition('__')[0]}__settled-{comment.pk}",
    )


def test_a_comment_stands_at_its_figure_and_the_check_has_begun(as_user, secretariat, sent, opened, unit):
    address = reverse("reports:comment-add", args=[opened.period, unit.pk])
    client = as_user(secretariat)
    assert 'name="field"' in client.get(address, {"at": CASES}).text
    page = client.post(f"{address}?at={CASES}", {"field": CASES, "text": SAID}, follow=True)
    comment = ReviewComment.objects.get()
    row = next(row for row in page.context["report"].rows if row.talks)
    assert (row.field, row.talks[0].pk, page.context["submission"].checked_by) == (CASES, comment.pk, secretariat)
    assert page.redirect_chain[0][0].endswith(f"#comment-{comment.pk}")
    assert f'id="comment-{comment.pk}"' in page.text
    assert AuditEntry.objects.filter(verb="comment.written", unit_id=unit.pk).exists()


def test_only_the_figures_of_the_row_are_offered(as_user, secretariat, sent, opened, unit):
    address = reverse("reports:comment-add", args=[opened.period, unit.pk])
    form = as_user(secretariat).get(address, {"at": CASES}).context["form"]
    assert {name.split("__")[1] for name, _label in form.fields["field"].choices} == {"trom-cap-tai-san"}
    everything = as_user(secretariat).get(address, {"at": "nowhere"}).context["form"]
    assert TASKS in dict(everything.fields["field"].choices)


@pytest.mark.parametrize(
    ("posted", "faulty"),
    [({"field": CASES, "text": " "}, "text"), ({"field": "section__x", "text": SAID}, "field"),
     ({"field": CASES, "text": "Gọi 0912345678."}, "identifiers"), ({"field": CASES, "text": "a" * 2001}, "text")],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_with_the_text_still_there(
    as_user, secretariat, sent, opened, unit, posted, faulty
):
    response = as_user(secretariat).post(reverse("reports:comment-add", args=[opened.period, unit.pk]), posted)
    assert (response.status_code, faulty in response.context["form"].errors) == (422, True)
    assert posted["text"].strip() in response.text
    assert not ReviewComment.objects.exists()


def test_a_double_click_comments_once(secretariat, sent):
    assert comment_on(sent, secretariat) == comment_on(sent, secretariat)
    assert AuditEntry.objects.filter(verb="comment.written").count() == 1


@pytest.mark.parametrize("status", ["draft", "accepted"])
def test_only_a_report_that_waits_or_was_returned_is_commented_on(secretariat, sent, status):
    version = sent.versions.get() if status == "accepted" else None
    Submission.objects.update(status=status, accepted_version=version)
    with pytest.raises(Refused):
        comment_on(sent, secretariat)


def test_a_report_is_returned_by_its_comments_alone_and_opens_at_the_first(
    as_user, secretariat, liaison, sent, opened, unit
):
    submission = returned(sent, secretariat, CASES, TASKS, OUTREACH)
    first = ReviewComment.objects.get(field=OUTREACH)
    client = as_user(liaison)
    page = client.get(url("edit", opened, unit))
    assert (page.context["opened"].code, page.context["is_list"]) == ("leadership", False)
    assert [talk.field for talk in page.context["open_talks"]] == [OUTREACH, CASES, TASKS]
    way = f"{url('edit', opened, unit)}?field={OUTREACH}#comment-{first.pk}"
    assert way_in(submission, talks_on(submission)) == way
    assert way in client.get(reverse("reports:home")).text.replace("&amp;", "&")
    assert way in client.get(url("detail", opened, unit)).text


def test_what_is_kept_is_not_in_the_language_of_who_wrote_it(as_user, secretariat, sent, opened, unit):
    address = reverse("reports:comment-add", args=[opened.period, unit.pk])
    client = as_user(secretariat)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Directions and tasks" in client.get(address).text
    client.post(address, {"field": TASKS, "text": SAID})
    sent.refresh_from_db()
    client.post(url("return", opened, unit), {"comment": "", "revision": sent.revision})
    sent.refresh_from_db()
    label = ReviewComment.objects.get().label
    assert (sent.status, sent.comment) == ("returned", f"Vui lòng xem góp ý tại: {label}.")
    assert label == "IV. Phương hướng, nhiệm vụ"


def test_without_a_comment_a_report_is_not_returned_without_a_word(secretariat, sent):
    with pytest.raises(Refused):
        returned(sent, secretariat)


def test_the_unit_answers_in_its_report_and_the_reviewer_reads_it_beside_the_figure(
    as_user, secretariat, liaison, sent, opened, unit
):
    returned(sent, secretariat, CASES)
    comment = ReviewComment.objects.get()
    answer, settled = names(comment)
    client = as_user(liaison)
    sent.refresh_from_db()
    step = {
        "revision": str(sent.revision),
        "partial": "1",
        answer: "Đã đối chiếu.\nĐúng.",
        settled: "on",
    }
    client.post(url("save", opened, unit), step)
    assert ReviewAnswer.objects.count() == 0
    page = client.get(url("edit", opened, unit), {"field": CASES})
    assert "Đã đối chiếu.\nĐúng." in page.text
    assert page.context["open_talks"] == []
    sent.refresh_from_db()
    client.post(url("submit", opened, unit), {"revision": str(sent.revision), "partial": "1", "declared": "on"})
    comment.refresh_from_db()
    assert (comment.answers.get().text, comment.resolved_by) == ("Đã đối chiếu.\nĐúng.", liaison)
    assert comment.version.number == 1
    assert not {answer, settled} & Submission.objects.get().typed.keys()
    row = next(row for row in as_user(secretariat).get(url("detail", opened, unit)).context["report"].rows if row.talks)
    assert [said.text for said in row.talks[0].answers] == ["Đã đối chiếu.\nĐúng."]


def test_a_tick_taken_away_in_its_step_is_gone_and_in_another_left(as_user, secretariat, liaison, sent, opened, unit):
    returned(sent, secretariat, CASES)
    _answer, settled = names(ReviewComment.objects.get())
    client = as_user(liaison)

    def save(holds, **typed):
        revision = str(Submission.objects.get().revision)
        client.post(url("save", opened, unit), {"revision": revision, "holds": holds, **typed})
        return Submission.objects.get().typed[settled]

    assert save("violations", **{CASES: "7", settled: "on"}) == "on"
    assert save("tasks", section__tasks="Mới.") == "on"
    assert save("violations", **{CASES: "7"}) == ""


def test_a_number_that_tells_who_a_person_is_is_asked_about_in_an_answer(
    as_user, secretariat, liaison, sent, opened, unit
):
    returned(sent, secretariat, CASES)
    answer, _settled = names(ReviewComment.objects.get())
    revision = str(Submission.objects.get().revision)
    step = {"revision": revision, "step": "violations", "holds": "violations", CASES: "7", answer: "Gọi 0912345678."}
    page = as_user(liaison).post(url("save", opened, unit), step)
    assert answer in page.context["form"].errors
    assert "Gọi 0912345678." in page.text


def test_an_open_comment_asks_to_look_at_its_step_again_until_it_is_ticked(
    as_user, secretariat, liaison, sent, opened, unit
):
    returned(sent, secretariat, TASKS)
    comment = ReviewComment.objects.get()
    client = as_user(liaison)

    def state():
        return {row.step.code: row.state.word for row in client.get(url("edit", opened, unit)).context["steps"]}[
            "tasks"
        ]

    before = state()
    revision = str(Submission.objects.get().revision)
    client.post(
        url("save", opened, unit), {"revision": revision, "partial": "1", f"{TASKS}__settled-{comment.pk}": "on"}
    )
    assert (before, state()) == ("look", "done")


def test_comments_outlive_the_version_they_were_made_on(as_user, secretariat, liaison, sent, opened, unit):
    returned(sent, secretariat, CASES)
    revision = Submission.objects.get().revision
    as_user(liaison).post(url("submit", opened, unit), whole_report(revision=str(revision)))
    page = as_user(secretariat).get(url("detail", opened, unit))
    assert [(talk.version, talk.is_open) for talk in page.context["open_talks"]] == [(1, True)]


def test_only_the_newest_version_is_commented_on(as_user, secretariat, liaison, sent, opened, unit):
    """What was said about the first stood at the second."""
    returned(sent, secretariat, CASES)
    revision = Submission.objects.get().revision
    as_user(liaison).post(url("submit", opened, unit), whole_report(revision=str(revision)))
    client = as_user(secretariat)
    pages = [client.get(url("detail", opened, unit), {"version": number}).text for number in (1, 2)]
    assert ["comment-point" in page for page in pages] == [False, True]


def test_a_comment_on_what_was_retired_since_is_answered_in_its_step_and_read_on(
    as_user, secretariat, liaison, sent, opened, unit
):
    """It led to the form's first step, where it wasn't, and after the next version the talk was gone."""
    returned(sent, secretariat, CASES)
    comment = ReviewComment.objects.get()
    answer, settled = names(comment)
    Category.objects.filter(code=THEFT).update(is_active=False)
    client = as_user(liaison)
    page = client.get(url("edit", opened, unit), {"field": CASES})
    assert page.context["opened"].code == "violations"
    assert [f'id="comment-{comment.pk}"' in page.text, f'name="{answer}"' in page.text] == [True, True]
    assert next(state.word for state in page.context["form"].states() if state.step.code == "violations") == "look"
    report = {name: text for name, text in whole_report().items() if THEFT not in name}
    report |= {"revision": str(Submission.objects.get().revision), answer: "Đã đối chiếu.", settled: "on"}
    client.post(url("submit", opened, unit), report)
    assert Submission.objects.get().versions.count() == 2
    row = next(row for row in client.get(url("detail", opened, unit)).context["report"].rows if row.talks)
    assert (row.main.current, [said.text for said in row.talks[0].answers]) == ("–", ["Đã đối chiếu."])


def test_an_answer_begun_before_somebody_else_settled_the_comment_can_still_be_read(
    as_user, secretariat, liaison, sent, opened, unit
):
    returned(sent, secretariat, CASES)
    comment = ReviewComment.objects.get()
    answer, _settled = names(comment)
    client = as_user(liaison)
    revision = str(Submission.objects.get().revision)
    client.post(url("save", opened, unit), {"revision": revision, "partial": "1", answer: "Đã đối chiếu một nửa."})
    actions.answer_comment(comment=comment, text="", is_settled=True, by=secretariat, now=NOW)
    assert "Đã đối chiếu một nửa." in client.get(url("edit", opened, unit)).text


def answer_at(comment, client, **posted):
    return client.post(reverse("reports:comment-detail", args=[comment.pk]), posted)


def test_either_side_answers_on_the_comments_own_page(as_user, secretariat, liaison, sent):
    comment = comment_on(sent, secretariat)
    answer_at(comment, as_user(liaison), text="Đã xem.")
    answer_at(comment, as_user(secretariat), text="Cảm ơn.", settle="1")
    comment.refresh_from_db()
    assert [answer.text for answer in comment.answers.all()] == ["Đã xem.", "Cảm ơn."]
    assert comment.resolved_by == secretariat
    as_user(liaison).post(reverse("reports:comment-open", args=[comment.pk]))
    assert ReviewComment.objects.get().is_open
    verbs = set(AuditEntry.objects.about(comment).values_list("verb", flat=True))
    assert verbs == {"comment.written", "comment.answered", "comment.settled", "comment.opened"}


def test_an_empty_answer_says_nothing_unless_it_settles(as_user, secretariat, liaison, sent):
    comment = comment_on(sent, secretariat)
    assert answer_at(comment, as_user(liaison), text=" ").status_code == 422
    answer_at(comment, as_user(liaison), text="", settle="1")
    assert (ReviewAnswer.objects.count(), ReviewComment.objects.get().is_open) == (0, False)


def test_after_accepting_nothing_more_is_answered_and_the_text_stays(as_user, secretariat, liaison, sent):
    comment = comment_on(sent, secretariat)
    revision = Submission.objects.get().revision
    actions.accept(submission=sent, revision=revision, by=secretariat, now=NOW)
    client = as_user(liaison)
    assert 'name="text"' not in client.get(reverse("reports:comment-detail", args=[comment.pk])).text
    response = answer_at(comment, client, text="Quá muộn.")
    assert (response.status_code, "Quá muộn." in response.text) == (422, True)
    assert not ReviewAnswer.objects.exists()


def test_the_chair_reads_along_and_says_nothing(as_user, secretariat, chair, sent, opened, unit):
    comment = comment_on(sent, secretariat)
    client = as_user(chair)
    assert SAID in client.get(url("detail", opened, unit)).text
    assert client.get(reverse("reports:comment-detail", args=[comment.pk])).status_code == 200
    assert answer_at(comment, client, text="Tôi.").status_code == 403
    assert client.post(reverse("reports:comment-open", args=[comment.pk])).status_code == 403


def test_no_word_of_the_talk_is_printed(as_user, secretariat, liaison, sent, opened, unit, pdf_text):
    comment_on(sent, secretariat, text="Mật khẩu góp ý")
    answer_at(ReviewComment.objects.get(), as_user(liaison), text="Lời đáp góp ý")
    printed = pdf_text(as_user(liaison).get(url("pdf", opened, unit)).getvalue())
    assert "Trộm cắp tài sản" in printed
    assert "góp ý" not in printed


def test_who_commented_is_told_of_the_answers_once_a_day(as_user, secretariat, liaison, sent, mailoutbox):
    comment, second = comment_on(sent, secretariat), comment_on(sent, secretariat, TASKS)
    UserFactory(role="secretariat", email="khac@example.vn")
    for each in (comment, second):
        actions.answer_comment(comment=each, text="Đã xem.", by=liaison, now=NOW, origin="https://cum.example.vn/")
    work(now=NOW + dt.timedelta(minutes=5))
    (message,) = mailoutbox
    assert message.to == [secretariat.email]
    assert SAID not in message.body


def test_the_unit_is_told_of_what_the_secretariat_answers(secretariat, liaison, sent, mailoutbox):
    comment = comment_on(sent, secretariat)
    actions.answer_comment(comment=comment, text="Vâng.", by=secretariat, now=NOW, origin="https://cum.example.vn/")
    work(now=NOW + dt.timedelta(minutes=5))
    assert [message.to for message in mailoutbox] == [[liaison.email]]


def test_an_answer_typed_too_late_is_left_for_the_secretariat(as_user, secretariat, liaison, sent, opened, unit):
    comment = comment_on(sent, secretariat)
    answer, _settled = names(comment)
    as_user(liaison).post(url("note", opened, unit), {"partial": "1", answer: "Chữ đến muộn."})
    assert SubmissionNote.objects.get().texts[0][1] == "Chữ đến muộn."


def test_the_secretariat_meets_on_its_first_page_what_the_units_answered(as_user, secretariat, liaison, sent):
    first, second = comment_on(sent, secretariat), comment_on(sent, secretariat, TASKS)
    for each in (first, second):
        actions.answer_comment(comment=each, text="Đã xem.", by=liaison, now=NOW)
    actions.answer_comment(comment=first, text="Chưa đủ.", by=secretariat, now=NOW)
    client = as_user(secretariat)
    assert list(client.get(reverse("reports:home")).context["answered"]) == [second]
    actions.answer_comment(comment=second, text="", is_settled=True, by=secretariat, now=NOW)
    assert list(client.get(reverse("reports:home")).context["answered"]) == []


def test_what_was_answered_before_the_figures_were_issued_is_no_task(
    as_user, secretariat, liaison, sent, opened, other_unit
):
    answered = comment_on(sent, secretariat)
    actions.answer_comment(comment=answered, text="Đã xem.", by=liaison, now=NOW)
    accepted_report(other_unit, str(opened.period), {"ma-tuy": 1})
    close_early(str(opened.period))
    issued_report(str(opened.period))
    assert list(as_user(secretariat).get(reverse("reports:home")).context["answered"]) == []


def test_the_liaisons_home_does_not_say_that_nothing_is_to_be_done_about_a_comment(as_user, secretariat, liaison, sent):
    comment = comment_on(sent, secretariat)
    page = as_user(liaison).get(reverse("reports:home")).text
    assert ("1 góp ý" in page, "phải làm gì thêm" in page) == (True, False)

    actions.answer_comment(comment=comment, text="", is_settled=True, by=liaison, now=NOW)
    page = as_user(liaison).get(reverse("reports:home")).text
    assert ("1 góp ý" in page, "phải làm gì thêm" in page) == (False, True)


def test_once_the_figures_are_issued_no_answer_waits_and_no_report(
    as_user, secretariat, liaison, sent, unit, other_unit
):
    """Neither can be dealt with any more."""
    actions.answer_comment(comment=comment_on(sent, secretariat), text="Đã xem.", by=liaison, now=NOW)
    accepted_report(other_unit, "2022-H1", {THEFT: 1})
    close_early("2022-H1")
    issued_report("2022-H1")
    page = as_user(secretariat).get(reverse("reports:home"))
    assert (list(page.context["answered"]), list(page.context["waiting"])) == ([], [])
    assert Submission.objects.next_after(Submission.objects.get(unit=other_unit)) is None
