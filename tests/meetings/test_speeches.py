"""Speeches: what files are taken, who gets them, in which order they stand."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.files.unusable import UnusableFile
from meetings.actions import inviting, planning
from meetings.actions.ordering import arrange, moved
from meetings.actions.speeches import withdraw_speech
from meetings.models import Speech
from meetings.uploads import read_speech_file
from tests.support.factories import NOW
from tests.support.meetings import pdf_file, planned_meeting, speech_of
from tests.support.refusing import refusal


def office_file(name, *parts, **contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part in parts:
            package.writestr(part, contents.get(part, ""))
    return SimpleUploadedFile(name, buffer.getvalue())


@pytest.fixture
def meeting(unit, other_unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    return meeting


@pytest.mark.parametrize(
    ("upload", "name"),
    [
        (pdf_file("Tham luận số 1.PDF"), "Tham luận số 1.pdf"),
        (office_file("a.docx", "[Content_Types].xml", "word/document.xml"), "a.docx"),
        (office_file("a.pptx", "[Content_Types].xml", "ppt/presentation.xml"), "a.pptx"),
        (office_file("a.odt", "mimetype", mimetype="application/vnd.oasis.opendocument.text"), "a.odt"),
        (pdf_file("thật ra là.docx"), "thật ra là.pdf"),
    ],
)
def test_a_file_is_known_by_its_content(upload, name):
    assert read_speech_file(upload).name == name


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.pdf", b"MZ\x90\x00"),
        SimpleUploadedFile("a.docx", b"PK\x03\x04 broken"),
        office_file("a.docx", "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        office_file("a.odt", "mimetype", mimetype="application/x-other"),
        office_file("a.docx", "readme.txt"),
    ],
    ids=["program", "broken", "macros", "other", "zip"],
)
def test_any_other_file_is_refused(upload):
    with pytest.raises(UnusableFile, match=r"PDF, DOCX, ODT, PPTX|chứa macro"):
        read_speech_file(upload)


def test_a_file_too_large_is_refused_and_the_rest_of_the_form_stays(as_user, meeting, liaison):
    large = SimpleUploadedFile("lon.pdf", b"%PDF-1.7" + bytes(60 * 2**20))
    data = {"title": "Bảo vệ an ninh trường học", "speaker": "Nguyễn Văn Mẫu", "upload": large}
    page = as_user(liaison).post(f"/meetings/{meeting.pk}/speeches/register/", data).content.decode()
    assert "Tệp lớn hơn 30 MB" in page
    assert 'value="Bảo vệ an ninh trường học"' in page
    assert not Speech.objects.exists()


def test_a_liaison_registers_a_speech_for_the_own_unit_only(as_user, meeting, liaison, other_unit):
    data = {"title": "Tham luận", "unit": other_unit.pk, "upload": pdf_file()}
    as_user(liaison).post(f"/meetings/{meeting.pk}/speeches/register/", data)
    speech = Speech.objects.get()
    assert (speech.unit, speech.file_name) == (liaison.unit, "tham luan.pdf")


def test_a_file_is_always_a_download(as_user, meeting, unit, liaison):
    speech = speech_of(unit, meeting)
    response = as_user(liaison).get(f"/meetings/speeches/{speech.pk}/file/")
    assert response["Content-Disposition"] == 'attachment; filename="tham luan.pdf"'
    assert response["Content-Type"] == "application/pdf"


def test_another_units_file_is_not_found_before_the_meeting_is_held(as_user, meeting, unit, other_liaison, secretariat):
    url = f"/meetings/speeches/{speech_of(unit, meeting).pk}/file/"
    assert as_user(other_liaison).get(url).status_code == 404
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert as_user(other_liaison).get(url).status_code == 200


def test_a_unit_that_was_not_invited_never_gets_a_file(as_user, meeting, unit, other_liaison, secretariat):
    url = f"/meetings/speeches/{speech_of(unit, meeting).pk}/file/"
    guest_list = meeting.attendances.get(unit=other_liaison.unit)
    inviting.remove_invitee(attendance=guest_list, by=secretariat, now=NOW)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert as_user(other_liaison).get(url).status_code == 404


def test_another_units_speech_is_not_changed(as_user, meeting, unit, other_liaison, secretariat):
    speech = speech_of(unit, meeting)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    response = as_user(other_liaison).post(f"/meetings/speeches/{speech.pk}/edit/", {"title": "Khác"})
    assert response.status_code == 404


def test_a_unit_changes_nothing_once_the_meeting_has_begun(as_user, meeting, unit, liaison, secretariat):
    speech = speech_of(unit, meeting)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    response = as_user(liaison).post(f"/meetings/speeches/{speech.pk}/edit/", {"title": "Khác", "revision": 1})
    assert "Hội nghị đã bắt đầu" in refusal(response)
    assert response.context["form"]["title"].value() == "Khác"
    assert Speech.objects.get().title != "Khác"


def test_the_secretariat_orders_the_speeches(meeting, unit, other_unit):
    first, second = speech_of(unit, meeting, title="Một"), speech_of(other_unit, meeting, title="Hai")
    arrange(meeting=meeting, rows=meeting.speeches.in_order(), keys=moved([first.pk, second.pk], second.pk, up=True))
    assert list(meeting.speeches.in_order()) == [second, first]


def test_a_withdrawn_speech_takes_its_file_along(meeting, unit, secretariat, django_capture_on_commit_callbacks):
    speech = speech_of(unit, meeting)
    storage, name = speech.file.storage, speech.file.name
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_speech(speech=speech, by=secretariat, now=NOW)
    assert not storage.exists(name)


@pytest.mark.parametrize("speeches", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    as_user, meeting, unit, secretariat, speeches, django_assert_num_queries
):
    for _number in range(speeches):
        speech_of(unit, meeting)
    client = as_user(secretariat)
    with django_assert_num_queries(7):
        client.get(f"/meetings/{meeting.pk}/speeches/")


def test_a_new_file_is_never_overwritten_by_a_form_opened_before(as_user, meeting, unit, liaison):
    speech = speech_of(unit, meeting)
    url = reverse("meetings:speech-edit", args=[speech.pk])
    data = {"title": speech.title, "revision": speech.revision}
    as_user(liaison).post(url, {**data, "upload": pdf_file("mới.pdf")})
    as_user(liaison).post(url, {**data, "upload": pdf_file("cũ.pdf")})
    speech.refresh_from_db()
    assert speech.file_name == "mới.pdf"
