"""A full disk, a read-only folder, a lost file: a sentence, and nothing half done."""

import errno
import io
import os
import stat
import zipfile

import pytest
from django.contrib.messages import get_messages
from docx import Document

from meetings.actions.planning import hold_meeting
from meetings.models import Photo, Speech
from tests.support.disks import files
from tests.support.factories import NOW
from tests.support.meetings import image_file, pdf_file, photo_of, planned_meeting, speech_of, text_of

pytestmark = pytest.mark.usefixtures("on_disk", "cluster")

FULL = "Ổ đĩa của hệ thống đã đầy; chưa lưu gì"


@pytest.fixture
def meeting(unit, secretariat):
    return planned_meeting(unit, secretariat)


@pytest.mark.parametrize("after", [0, 1, 5, 7])
def test_of_four_photos_on_a_full_disk_none_is_kept(as_user, secretariat, meeting, disk_fills_up, after):
    disk_fills_up(after=after)

    answer = as_user(secretariat).post(
        f"/meetings/{meeting.pk}/photos/add/",
        {"images": [image_file(name=f"{number}.png") for number in range(4)], "caption": "Chủ trì phát biểu"},
    )

    page = answer.content.decode()
    assert (answer.status_code, FULL in page, "Chủ trì phát biểu" in page) == (200, True, True)
    assert (Photo.objects.count(), files()) == (0, [])


def test_file_and_name_are_on_the_disk_before_the_row_is_acknowledged(unit, meeting, on_disk, monkeypatch):
    kinds, reach_the_disk = [], os.fsync

    def fsync(file):
        kinds.append(stat.S_IFMT(os.fstat(file).st_mode))
        reach_the_disk(file)

    monkeypatch.setattr(os, "fsync", fsync)
    speech_of(unit, meeting)

    assert kinds == [stat.S_IFREG, stat.S_IFDIR]


def test_a_speech_on_a_full_disk_is_not_registered(as_user, secretariat, meeting, disk_fills_up):
    disk_fills_up(after=0)

    page = as_user(secretariat).post(
        f"/meetings/{meeting.pk}/speeches/register/",
        {"kind": "discussion", "title": "Tuần tra đêm", "upload": pdf_file()},
    )

    assert FULL in page.content.decode()
    assert "Tuần tra đêm" in page.content.decode()
    assert (Speech.objects.count(), files()) == (0, [])


def test_a_speech_keeps_its_file_where_the_new_one_has_no_room(as_user, secretariat, unit, meeting, disk_fills_up):
    speech = speech_of(unit, meeting)
    before = files()
    disk_fills_up(after=0)

    page = as_user(secretariat).post(
        f"/meetings/speeches/{speech.pk}/edit/",
        {"kind": "discussion", "title": "Tên mới", "revision": 1, "upload": pdf_file("a.pdf")},
    )

    assert FULL in page.content.decode()
    speech.refresh_from_db()
    assert (speech.title, files()) == ("Tham luận thử", before)


def test_a_folder_that_can_not_be_written_to_is_told(as_user, secretariat, meeting, on_disk):
    on_disk.parent.joinpath("media").write_text("a file where the folder was")  # root may write into any folder

    page = as_user(secretariat).post(f"/meetings/{meeting.pk}/photos/add/", {"images": [image_file()]})

    assert (page.status_code, "Hệ thống tạm thời không lưu được tệp" in page.content.decode()) == (200, True)


def test_a_photo_goes_though_its_file_can_not_be_deleted(as_user, secretariat, meeting, monkeypatch,
                                                          django_capture_on_commit_callbacks):  # fmt: skip
    photo = photo_of(meeting)

    def refuse(path):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    monkeypatch.setattr(os, "remove", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(secretariat).post(f"/meetings/photos/{photo.pk}/remove/")

    assert (answer.status_code, Photo.objects.count(), len(files())) == (302, 0, 2)


@pytest.fixture
def lost(on_disk, unit, meeting):
    """A meeting with two photos and a speech; the first photo and the speech lost their files."""
    photos = [photo_of(meeting, caption=caption) for caption in ("Khai mạc", "Bế mạc")]
    speech = speech_of(unit, meeting)
    for name in (photos[0].image.name, photos[0].thumbnail.name, speech.file.name):
        (on_disk / name).unlink()
    return photos[0], speech


def test_a_lost_photo_is_not_found_and_breaks_no_page(as_user, secretariat, meeting, lost):
    client = as_user(secretariat)
    asked = [f"/meetings/photos/{lost[0].pk}/{size}/" for size in ("image", "thumbnail")]
    assert [client.get(url).status_code for url in asked] == [404, 404]
    assert client.get(f"/meetings/{meeting.pk}/photos/").status_code == 200


def test_a_lost_speech_is_told_where_it_was_asked_for(as_user, secretariat, meeting, lost):
    page = f"http://testserver/meetings/{meeting.pk}/speeches/"
    answer = as_user(secretariat).get(f"/meetings/speeches/{lost[1].pk}/file/", headers={"referer": page})

    assert (answer.status_code, answer.url) == (302, page)
    assert [str(told) for told in get_messages(answer.wsgi_request)] == [
        "Tệp này không còn trong kho lưu trữ. Vui lòng báo người phụ trách hệ thống."
    ]


def test_the_same_speech_can_be_sent_again_after_its_file_was_lost(unit, meeting, lost):
    assert speech_of(unit, meeting).pk != lost[1].pk


def test_the_folder_says_what_it_lacks(as_user, secretariat, meeting, lost):
    answer = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/folder/")

    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as folder:
        notes = {name: folder.read(name).decode() for name in folder.namelist() if name.endswith(".txt")}
    assert notes == {
        "Anh/01 Khai mac.txt": "(Tệp của ảnh 1 không còn trong kho lưu trữ.)",
        "Tham luan/01 Thu mot tham luan thu.txt": "Tệp của bài này không còn trong kho lưu trữ.\n",
    }


def test_the_papers_say_which_photo_they_lack(as_user, secretariat, meeting, lost):
    hold_meeting(meeting=meeting, by=None, now=NOW)
    client = as_user(secretariat)

    summary = text_of(client.get(f"/meetings/{meeting.pk}/papers/summary/").content)
    news = Document(io.BytesIO(client.get(f"/meetings/{meeting.pk}/papers/news/docx/").content))

    assert "(Tệp của ảnh 1 không còn trong kho lưu trữ.) Ảnh 1. Khai mạc" in summary
    assert "(Tệp của ảnh 1 không còn trong kho lưu trữ.) Khai mạc" in [part.text for part in news.paragraphs]
