"""Files in a store that speaks S3: what people send is kept, told, backed up and looked after as in a folder."""

import datetime as dt
import hashlib
import shutil
import socket

import boto3
import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from cluster_portal.checkups import files
from cluster_portal.files import media
from cluster_portal.health import unready
from cluster_portal.stores import stored_by
from meetings.models import Speech
from tests.cluster_portal.test_backups import Office
from tests.support.factories import NOW
from tests.support.meetings import blank_pdf, pdf_file, planned_meeting, speech_of

LATER = NOW + dt.timedelta(days=4000)


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "{}:{}".format(*running.get_host_and_port())
    running.stop()


def address(place, bucket):
    return f"s3://khoa:bi%2Fmat@{place}/{bucket}?tls=false"


class Store:
    """One bucket of the server."""

    def __init__(self, server, name):
        self.url = address(server, name)
        client = {"endpoint_url": f"http://{server}", "aws_access_key_id": "khoa", "aws_secret_access_key": "x"}
        self.bucket = boto3.resource("s3", region_name="us-east-1", **client).Bucket(name)
        self.bucket.create()

    def digests(self):
        return {kept.key: hashlib.sha256(kept.get()["Body"].read()).hexdigest() for kept in self.bucket.objects.all()}


@pytest.fixture
def store(server, settings, request):
    made = Store(server, hashlib.sha256(request.node.name.encode()).hexdigest()[:20])
    settings.STORAGES = {**settings.STORAGES, "default": stored_by(made.url)}
    return made


@pytest.fixture
def no_store(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = "{}:{}".format(*free.getsockname())
    settings.STORAGES = {**settings.STORAGES, "default": stored_by(address(place, "nobody"))}


@pytest.fixture
def meeting(unit, secretariat):
    return planned_meeting(unit, secretariat)


def offered(client, meeting):
    values = {"kind": "discussion", "title": "Tuần tra đêm", "upload": pdf_file()}
    return client.post(f"/meetings/{meeting.pk}/speeches/register/", values)


def test_what_is_sent_comes_back_and_goes_with_its_row(
    store, as_user, secretariat, meeting, django_capture_on_commit_callbacks
):
    client = as_user(secretariat)
    assert offered(client, meeting).status_code == 302
    speech = Speech.objects.get()
    sent = b"".join(client.get(f"/meetings/speeches/{speech.pk}/file/").streaming_content)
    assert store.digests() == {str(speech.file): hashlib.sha256(sent).hexdigest()}
    assert sent.startswith(b"%PDF-")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/meetings/speeches/{speech.pk}/withdraw/")
    assert store.digests() == {}


def test_a_store_that_is_away_is_told_and_stores_nothing(no_store, as_user, secretariat, meeting):
    page = offered(as_user(secretariat), meeting).text
    assert "Hệ thống tạm thời không lưu được tệp; chưa lưu gì." in page
    assert "Tuần tra đêm" in page
    assert not Speech.objects.exists()
    assert [line for line in unready() if "files can't be stored" in line]


def test_a_file_that_is_lost_is_told_where_it_is_asked_for_and_by_the_doctor(
    store, as_user, secretariat, unit, meeting
):
    speech = speech_of(unit, meeting)
    store.bucket.Object("stray.jpg").put(Body=b"x")
    assert [finding.says for finding in files(now=LATER)] == ["stray.jpg belongs to nothing; it may be deleted"]
    store.bucket.Object(str(speech.file)).delete()
    answer = as_user(secretariat).get(f"/meetings/speeches/{speech.pk}/file/", follow=True)
    assert "không còn" in answer.text
    assert f"{speech.file} is gone; meetings.Speech {speech.pk} names it" in [
        finding.says for finding in files(now=LATER)
    ]


def test_what_can_not_be_deleted_costs_no_act(no_store, caplog):
    storages["default"].delete("a.pdf")
    assert "stays" in caplog.text


def test_all_files_are_fetched_and_put_back(store, tmp_path):
    store.bucket.Object("meetings/ảnh.pdf").put(Body=blank_pdf())
    before = store.digests()
    fetched = media.folder_of_all(tmp_path)
    store.bucket.Object("meetings/ảnh.pdf").delete()
    storages["default"].put_all(fetched)
    assert (store.digests(), media.what_is_wrong(), len(before)) == (before, "", 1)


def test_names_that_lead_elsewhere_are_not_fetched(store, tmp_path):
    store.bucket.Object("../out.txt").put(Body=b"x")
    with pytest.raises(OSError, match="no name of a file"):
        media.folder_of_all(tmp_path)


@pytest.fixture
def office(server, new_installation, tmp_path):
    """A portal of its own whose files are in a bucket."""

    def made(name):
        folder = tmp_path / name
        folder.mkdir()
        office = Office(folder, f"sqlite:///{folder}/portal.sqlite3")
        office.store = Store(server, f"{name}-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12]}")
        office.variables["MEDIA_STORE"] = office.store.url
        return office

    first, other = made("first"), made("other")
    shutil.copy(new_installation, first.folder / "portal.sqlite3")
    return first, other


def test_a_backup_holds_the_files_of_the_store_and_brings_them_into_another(office):
    first, other = office
    first.store.bucket.Object("meetings/ảnh.pdf").put(Body=blank_pdf())
    before, backup = first.tables(), first.backup()

    done = other.manage("restore", backup)

    assert done.returncode == 0, done.stderr
    assert (other.tables(), other.store.digests()) == (before, first.store.digests())
    assert len(other.store.digests()) == 1
