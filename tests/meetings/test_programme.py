"""The programme: hours and persons where a line tells them, on the page, in the form and in print; no word dropped."""

import datetime as dt

import pytest
from django.urls import reverse

from meetings.forms.planning import MeetingForm
from meetings.papers.paper import meeting_paper
from meetings.papers.paragraphs import write_agenda, write_minutes
from meetings.programme import Item, read_item
from tests.support.factories import NOW
from tests.support.meetings import held_meeting, planned_meeting

pytestmark = pytest.mark.django_db
T = dt.time
AGENDA = "8:00–8:15 Khai mạc | Bà Lê Thị A\n8h15 Báo cáo sơ kết\nBế mạc"


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Khai mạc", Item("Khai mạc")),
        ("8:00 Khai mạc", Item("Khai mạc", T(8))),
        ("08h05: Khai mạc", Item("Khai mạc", T(8, 5))),
        ("8:00-8:30 Khai mạc", Item("Khai mạc", T(8), T(8, 30))),
        ("13h30 đến 14h00 – Tham luận", Item("Tham luận", T(13, 30), T(14))),
        ("Khai mạc | Bà A", Item("Khai mạc", who="Bà A")),
        ("  8:00 – 8:30: Khai mạc|Bà A ", Item("Khai mạc", T(8), T(8, 30), "Bà A")),
        # what isn't written like that is left as it is
        ("1. Khai mạc", Item("1. Khai mạc")),
        ("8:75 Khai mạc", Item("8:75 Khai mạc")),
        ("25:00 Khai mạc", Item("25:00 Khai mạc")),
        ("8:00", Item("8:00")),
        ("8:00Khai mạc", Item("8:00Khai mạc")),
        ("8:00-8:30", Item("8:00-8:30")),
        ("2h chiều họp", Item("2h chiều họp")),
        ("| Bà A", Item("| Bà A")),
        ("A | B | C", Item("A | B | C")),
        ("Họp lúc 8:00", Item("Họp lúc 8:00")),
    ],
)
def test_a_line_tells_hours_and_person(line, item):
    assert read_item(line) == item


def test_an_item_is_told_on_a_page_and_in_print():
    item = read_item("8:00-8:30 Khai mạc | Bà A")
    assert (item.hours, item.printed) == ("08:00 – 08:30", "Từ 08 giờ đến 08 giờ 30 phút: Khai mạc (Bà A)")
    assert read_item("8h15 Báo cáo").printed == "08 giờ 15 phút: Báo cáo"
    assert (read_item("Bế mạc").hours, read_item("Bế mạc").printed_hours, read_item("Bế mạc").printed) == (
        "",
        "",
        "Bế mạc",
    )


def test_the_programme_prints_hours_and_persons_the_minutes_what_was_done(unit, secretariat, cluster):
    paper = meeting_paper(held_meeting(unit, secretariat, agenda=AGENDA))
    printed = [paragraph.text for paragraph in write_agenda(paper)]
    assert printed[-3:] == [
        "1. Từ 08 giờ đến 08 giờ 15 phút: Khai mạc (Bà Lê Thị A).",
        "2. 08 giờ 15 phút: Báo cáo sơ kết.",
        "3. Bế mạc./.",
    ]
    minutes = [paragraph.text for paragraph in write_minutes(paper)]
    begins = minutes.index("1. Chương trình") + 1
    assert minutes[begins : begins + 3] == ["- Khai mạc.", "- Báo cáo sơ kết.", "- Bế mạc."]


def test_an_item_that_ends_before_it_begins_is_told_beside_the_field(unit, secretariat, as_user):
    meeting = planned_meeting(unit, secretariat)
    typed = "8:30-8:00 Khai mạc"
    page = as_user(secretariat).post(reverse("meetings:meeting-edit", args=[meeting.pk]), {"agenda": typed})
    assert page.context["form"].errors["agenda"] == ["“8:30-8:00 Khai mạc”: nội dung phải kết thúc sau khi bắt đầu."]
    assert typed in page.content.decode()
    assert "agenda" not in MeetingForm({"agenda": AGENDA}, instance=meeting, today=NOW.date()).errors


@pytest.mark.usefixtures("two_seconds_of_work")
def test_a_line_of_spaces_between_two_hours_holds_nobody_up():
    line = f"8:00{' ' * 20_000}8:00"
    assert read_item(line) == Item(line)


def test_the_page_shows_the_programme_as_a_line_of_time(unit, secretariat, chair, as_user):
    meeting = planned_meeting(unit, secretariat, agenda=AGENDA)
    for person, may_order in ((secretariat, True), (chair, False)):
        page = as_user(person).get(meeting.get_absolute_url())
        assert [item.hours for item in page.context["programme"]] == ["08:00 – 08:15", "08:15", ""]
        assert ("data-order-item" in page.content.decode()) == may_order
    no_agenda = planned_meeting(unit, secretariat, agenda="")
    assert "timeline" not in as_user(chair).get(no_agenda.get_absolute_url()).content.decode()


def step(client, meeting):
    page = client.get(meeting.get_absolute_url())
    found = page.context.get("next_step")
    assert page.content.decode().count("btn-primary") == 1
    return found and found.url


def test_the_next_step_is_the_first_that_is_open(unit, secretariat, as_user):
    client = as_user(secretariat)
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2999, 1, 5), starts_at=None)
    assert step(client, meeting) == reverse("meetings:meeting-edit", args=[meeting.pk])
    meeting.starts_at = T(8)
    meeting.save()
    assert step(client, meeting) == reverse("meetings:invitee-list", args=[meeting.pk])


def test_on_its_day_the_meeting_is_begun(unit, secretariat, as_user):
    assert step(as_user(secretariat), planned_meeting(unit, secretariat, held_on=dt.date(2022, 8, 16))) is None


def test_after_it_the_record_is_next(unit, secretariat, chair, as_user):
    meeting = held_meeting(unit, secretariat)
    assert step(as_user(secretariat), meeting) == reverse("meetings:hall", args=[meeting.pk])
    assert "next_step" not in as_user(chair).get(meeting.get_absolute_url()).context
