"""`manage.py doctor` names what is wrong, a line a point."""

import datetime as dt
import errno
import os
import shutil
from types import SimpleNamespace

import environ
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from cluster_portal import checkups, doctor
from cluster_portal.doctor import State
from cluster_portal.models import WorkerBeat
from tests.support.letters import letter_to
from tests.support.meetings import photo_of, planned_meeting

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _quiet(settings, tmp_path):
    """Nothing here asks another machine."""
    settings.PORTAL_ADDRESS, settings.BACKUP_FOLDER = "", tmp_path / "backups"


def found(check, **when):
    return [(finding.state, finding.says) for finding in check(now=NOW, **when)]


def test_all_points_are_looked_at_though_one_breaks(db, monkeypatch, capsys):
    monkeypatch.setitem(doctor._CHECKS, "disk", lambda *, now: 1 / 0)

    with pytest.raises(SystemExit) as ended:
        call_command("doctor")

    lines = capsys.readouterr().out.splitlines()
    points = {line.split()[1] for line in lines}
    assert ended.value.code == 1
    assert points == {
        "portal", "database", "files", "disk", "fonts", "clock", "https", "worker", "backup", "mail", "signatures",
        "search",
    }  # fmt: skip
    assert "WRONG  disk         could not be looked at: division by zero" in lines


def test_one_point_is_looked_at_alone(db, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "search")

    assert ended.value.code == 0
    assert capsys.readouterr().out == "ok     search       words are looked for through an index\n"


def test_a_timer_is_told_only_what_is_wrong(db, capsys):
    with pytest.raises(SystemExit):
        call_command("doctor", "--quiet")

    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("WRONG")] == []


def test_lost_files_and_those_of_nobody_are_named(on_disk, cluster, unit):
    photo = photo_of(planned_meeting(unit, None))
    (on_disk / photo.image.name).unlink()
    astray = on_disk / "meetings" / "photos" / "la.jpg"
    astray.write_bytes(b"x")
    os.utime(astray, (0, 0))

    assert found(checkups.files) == [
        (State.WRONG, f"{photo.image.name} is gone; meetings.Photo {photo.pk} names it"),
        (State.NOTE, "meetings/photos/la.jpg belongs to nothing; it may be deleted"),
    ]


def test_what_is_removed_while_it_is_looked_at_is_not_lost(on_disk, cluster, unit, monkeypatch):
    photo = photo_of(planned_meeting(unit, None))
    is_there = default_storage.exists

    def exists(name):
        type(photo).objects.all().delete()
        for path in on_disk.rglob("*.jpg"):
            path.unlink()
        return is_there(name)

    monkeypatch.setattr(checkups, "default_storage", SimpleNamespace(exists=exists))

    assert found(checkups.files) == [(State.OK, "all 0 files are there, and none too many")]


def test_a_file_that_gets_its_name_while_it_is_looked_at_breaks_nothing(on_disk, db):
    on_disk.mkdir()
    (on_disk / "new.jpg.part").symlink_to("moved away")

    assert found(checkups.files) == [(State.OK, "all 0 files are there, and none too many")]


def test_what_is_just_being_stored_is_not_astray(on_disk, db):
    on_disk.mkdir()
    (on_disk / "new.part").write_bytes(b"x")

    assert found(checkups.files) == [(State.OK, "all 0 files are there, and none too many")]


def test_a_disk_that_fills_up_is_told_before_it_is_full(db, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(100, 99, 1))

    assert {state for state, _says in found(checkups.disk)} == {State.WRONG}


def test_the_folders_may_be_named_as_the_settings_name_them(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.BACKUP_FOLDER = environ.Path(tmp_path / "media"), environ.Path(tmp_path / "backups")

    assert "could not be looked at" not in str(
        [*found(checkups.disk), *found(checkups.files), *found(checkups.backups)]
    )


@pytest.mark.parametrize(("ago", "state"), [(10, State.OK), (600, State.WRONG), (None, State.WRONG)])
def test_a_worker_that_is_dead_is_told(db, ago, state):
    if ago is not None:
        WorkerBeat.objects.create(worker="a", seen_at=NOW - dt.timedelta(seconds=ago))

    assert [state for state, _says in found(checkups.worker)] == [state]


@pytest.mark.parametrize(("hours", "state"), [(20, State.OK), (40, State.WRONG), (None, State.WRONG)])
def test_a_backup_that_is_old_or_never_made_is_told(db, settings, hours, state):
    settings.BACKUP_FOLDER.mkdir()
    if hours is not None:
        kept = settings.BACKUP_FOLDER / "portal-1.tar.gpg"
        kept.write_bytes(b"x")
        then = (NOW - dt.timedelta(hours=hours)).timestamp()
        os.utime(kept, (then, then))

    assert [state for state, _says in found(checkups.backups)] == [state]


def test_a_backup_that_was_never_finished_is_none(db, settings):
    settings.BACKUP_FOLDER.mkdir()
    (settings.BACKUP_FOLDER / "portal-1.tar.gpg.part").write_bytes(b"x")

    assert [state for state, _says in found(checkups.backups)] == [State.WRONG]


def test_a_clock_that_went_back_is_told(db):
    WorkerBeat.objects.create(worker="a", seen_at=NOW + dt.timedelta(hours=1))

    assert State.WRONG in [state for state, _says in found(checkups.clock)]


def test_a_mail_server_that_refuses_is_told(db, settings):
    settings.EMAIL_BACKEND = "members.infrastructure.outbox.server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    [said] = [says for state, says in found(doctor._CHECKS["mail"]) if state is State.WRONG]
    assert said.startswith("127.0.0.1 takes no e-mails")
    assert os.strerror(errno.ECONNREFUSED) in said


def test_letters_that_failed_are_told(unit, cluster):
    letter = letter_to(unit)
    letter.state = "failed"
    letter.save()

    assert (State.WRONG, "1 e-mails failed or are unclear: see Thư gửi đi") in found(doctor._CHECKS["mail"])


def test_roots_that_can_not_be_read_are_told(db, settings, tmp_path):
    settings.SIGNATURE_TRUST_ROOTS = str(tmp_path)

    assert found(doctor._CHECKS["signatures"]) == [(State.WRONG, f"{tmp_path} holds no readable certificate")]
