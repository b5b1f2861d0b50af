"""A meeting's record and the report on its period draw on each other by a click."""

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from meetings.actions import planning
from meetings.actions.recording import set_task
from meetings.models import Meeting, Task
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.documents import exchange
from reports.documents.actions import edit_text
from reports.documents.arranging import arrange_parts
from reports.models import DocumentDraft
from reports.prose.outline import USUAL
from tests.support.documents import issue, prepared_draft, sign_off
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import planned_meeting
from tests.support.refusing import refusal
from tests.support.reporting import THEFT, accepted_report, close_early

pytestmark = pytest.mark.django_db

TEXT = {
    "leadership": "Ban hành kế hoạch.\n- Phân công từng bộ phận;",
    "shortcomings": "Báo cáo còn chậm.",
    "tasks": "Tuần tra ban đêm.",
}


@pytest.fixture
def draft(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    draft = prepared_draft()
    edit_text(draft=draft, text={**draft.text, **TEXT}, revision=draft.revision, by=None, now=NOW)
    return draft


@pytest.fixture
def meeting(unit):
    meeting = planned_meeting(unit, by=None, results="Giữ vững an ninh.")
    meeting.shortcomings = "báo cáo còn chậm"
    meeting.save()
    set_task(meeting=meeting, values={"text": "Rà soát thiết bị.", "due_on": None}, units=[], by=None, now=NOW)
    return meeting


def sides(meeting, draft):
    """What each side says of each matter that the other doesn't."""
    found = exchange.side_by_side(Meeting.objects.get(pk=meeting.pk), draft)
    own = lambda lines: [line.text for line in lines if not line.is_in_both]  # noqa: E731
    return {matter.code: (own(matter.of_report), own(matter.of_record)) for matter in found}


def key(meeting, draft, code, text):
    [matter] = [each for each in exchange.side_by_side(meeting, draft) if each.code == code]
    [line] = [line for line in (*matter.of_report, *matter.of_record) if line.text == text]
    return line.key


def test_each_side_shows_what_the_other_lacks(draft, meeting):
    found = sides(meeting, draft)

    assert {"Ban hành kế hoạch.", "Phân công từng bộ phận;"} < set(found["results"][0])
    assert found["results"][1] == ["Giữ vững an ninh."]
    assert found["shortcomings"] == ([], [])
    assert found["tasks"] == (["Tuần tra ban đêm."], ["Rà soát thiết bị."])


def test_what_is_no_result_is_offered_as_none(draft, meeting):
    text = {**draft.text, "proposals": "Lắp đèn.", "basis": "Căn cứ quy chế."}
    edit_text(draft=draft, text=text, revision=DocumentDraft.objects.get().revision, by=None, now=NOW)

    offered = [line for lines in exchange.lines_of_report(DocumentDraft.objects.get()).values() for line in lines]

    assert not {"Lắp đèn.", "Căn cứ quy chế."} & set(offered)


def press(client, meeting, to, code, text, revision):
    draft = DocumentDraft.objects.get()
    line = f"{code}:{key(Meeting.objects.get(), draft, code, text)}"
    sent = {"draft": draft.pk, "line": line, "revision": revision}
    return client.post(reverse(f"reports:{to}", args=[meeting.pk]), sent)


def test_lines_of_the_report_become_the_meetings_record(as_user, secretariat, draft, meeting):
    client = as_user(secretariat)
    press(client, meeting, "record-take", "results", "Phân công từng bộ phận;", meeting.revision)
    press(client, meeting, "record-take", "tasks", "Tuần tra ban đêm.", 0)

    meeting.refresh_from_db()
    assert meeting.results == "Giữ vững an ninh.\nPhân công từng bộ phận;"
    assert list(meeting.tasks.order_by("pk").values_list("text", "for_all_units")) == [
        ("Rà soát thiết bị.", True),
        ("Tuần tra ban đêm.", True),
    ]
    assert sides(meeting, draft)["tasks"][0] == []


def test_lines_of_the_record_become_text_of_the_report(as_user, secretariat, draft, meeting):
    client = as_user(secretariat)
    draft.refresh_from_db()
    press(client, meeting, "report-take", "tasks", "Rà soát thiết bị.", draft.revision)
    draft.refresh_from_db()
    press(client, meeting, "report-take", "results", "Giữ vững an ninh.", draft.revision)

    draft.refresh_from_db()
    assert draft.text["tasks"] == "Tuần tra ban đêm.\nRà soát thiết bị."
    assert draft.text["assessment"].endswith("Giữ vững an ninh.")
    assert [found[1] for found in sides(meeting, draft).values()] == [[], [], []]


def test_a_line_goes_into_the_report_that_was_shown(as_user, secretariat, draft, meeting):
    client, page = as_user(secretariat), reverse("reports:record-and-report", args=[meeting.pk])
    shown = client.get(page).context["draft"]
    assert f'name="draft" value="{shown.pk}"' in client.get(page).text
    later = DocumentDraft.objects.create(
        period=Period(2022, 1), baseline=Period(2020, 1), subject="Khác", created_at=NOW, revision=shown.revision
    )
    line = f"tasks:{key(meeting, shown, 'tasks', 'Rà soát thiết bị.')}"
    sent = {"draft": shown.pk, "line": line, "revision": shown.revision}
    client.post(reverse("reports:report-take", args=[meeting.pk]), sent)

    shown.refresh_from_db()
    later.refresh_from_db()
    assert (shown.text["tasks"], later.text) == ("Tuần tra ban đêm.\nRà soát thiết bị.", {})


def test_the_pages_lead_to_each_other(as_user, secretariat, draft, meeting):
    client, page = as_user(secretariat), reverse("reports:record-and-report", args=[meeting.pk])

    assert page in client.get(reverse("meetings:record", args=[meeting.pk])).text
    assert page in client.get(reverse("reports:draft-text", args=[draft.pk])).text
    assert "Tuần tra ban đêm." in client.get(page).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_however_much_is_written(
    as_user, secretariat, draft, meeting, count, django_assert_max_num_queries
):
    for number in range(count):
        set_task(meeting=meeting, values={"text": f"Việc {number}.", "due_on": None}, units=[], by=None, now=NOW)
    client = as_user(secretariat)

    with django_assert_max_num_queries(30):  # most of them the comparison's
        assert client.get(reverse("reports:record-and-report", args=[meeting.pk])).status_code == 200


def test_without_a_report_the_page_says_how_to_begin_one(as_user, secretariat, cluster, meeting):
    client = as_user(secretariat)

    assert "/summaries/2022-H1/" in client.get(reverse("reports:record-and-report", args=[meeting.pk])).text
    assert client.post(reverse("reports:record-take", args=[meeting.pk]), {"line": "tasks:x"}).status_code == 404


def test_an_issued_report_gives_and_takes_nothing(as_user, secretariat, draft, meeting):
    close_early()
    issue(sign_off(draft))
    client = as_user(secretariat)
    issued = DocumentDraft.objects.get()

    page = client.get(reverse("reports:record-and-report", args=[meeting.pk])).text
    press(client, meeting, "record-take", "tasks", "Tuần tra ban đêm.", 0)

    assert "tasks:" in page
    assert reverse("reports:draft-text", args=[draft.pk]) not in page
    assert Task.objects.filter(text="Tuần tra ban đêm.").exists()
    client.get("/")  # what was said so far
    refusal(press(client, meeting, "report-take", "tasks", "Rà soát thiết bị.", issued.revision))


def test_a_closed_record_takes_nothing(as_user, secretariat, draft, meeting):
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    client = as_user(secretariat)

    page = client.get(reverse("reports:record-and-report", args=[meeting.pk])).text

    assert "đã khóa" in page
    refusal(press(client, meeting, "record-take", "results", "Ban hành kế hoạch.", meeting.revision))


def test_a_line_is_taken_once_and_only_while_it_stands(draft, meeting):
    asked = {"meeting": meeting, "draft": DocumentDraft.objects.get(), "by": None, "now": NOW}
    there = key(meeting, draft, "shortcomings", "Báo cáo còn chậm.")
    for matter, line in [("shortcomings", there), ("results", "khong-co"), ("khong-co", there)]:
        with pytest.raises(Refused):
            exchange.take_into_record(**asked, matter=matter, key=line, revision=meeting.revision)
    line = key(meeting, draft, "results", "Ban hành kế hoạch.")
    with pytest.raises(StaleEdit):
        exchange.take_into_record(**asked, matter="results", key=line, revision=meeting.revision + 7)


def test_a_part_that_is_left_out_takes_nothing(draft, meeting):
    draft.refresh_from_db()
    outline = tuple(part for part in USUAL if part.code != "tasks")
    arrange_parts(draft=draft, outline=outline, addressees="", revision=draft.revision, by=None, now=NOW)
    draft = DocumentDraft.objects.get()
    line = key(meeting, draft, "tasks", "Rà soát thiết bị.")

    asked = {"meeting": meeting, "draft": draft, "matter": "tasks", "key": line}
    with pytest.raises(Refused):
        exchange.take_into_report(**asked, revision=draft.revision, by=None, now=NOW)


def test_the_report_being_written_goes_before_one_that_was_issued(draft, meeting):
    issued = DocumentDraft(pk=1, period=Period(2022, 1), status="issued")
    older, newer = (DocumentDraft(pk=pk, period=Period(2022, 1)) for pk in (2, 3))
    other = DocumentDraft(pk=4, period=Period(2021, 1))

    assert exchange.report_on(meeting, [issued, older, newer, other]) is newer
    assert exchange.report_on(meeting, [issued, other]) is issued
    assert exchange.report_on(meeting, [other]) is None


def test_a_dropped_task_is_no_longer_offered(draft, meeting):
    meeting.tasks.update(status=Task.Status.DROPPED)

    assert sides(meeting, draft)["tasks"][1] == []


def test_a_paper_of_a_meeting_is_no_report(unit):
    paper = DocumentDraft(kind="GM", meeting=planned_meeting(UnitFactory(), by=None))
    with pytest.raises(ValueError, match="report"):
        exchange.lines_of_report(paper)
