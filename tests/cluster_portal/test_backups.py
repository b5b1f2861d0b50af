"""A backup holds every row and every file, and nothing damaged, newer or astray gets back in."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

from cluster_portal import backups
from tests.cluster_portal.test_settings import WHOLE
from tests.support.factories import NOW

FILL = (
    "from members.models import User; User.objects.create(email='{}@example.vn', full_name='Người Thử', role='chair')"
)
DIGEST = """
import hashlib, json
from django.db import connection as c
told = {}
with c.cursor() as k:
    for table in sorted(c.introspection.table_names()):
        k.execute(f'SELECT * FROM "{table}"')
        told[table] = hashlib.sha256(repr(sorted(map(repr, k.fetchall()))).encode()).hexdigest()
print(json.dumps(told))
"""


def digests_of(file):
    """As `DIGEST` tells them, without a process that takes two seconds to start."""
    with contextlib.closing(sqlite3.connect(file)) as opened:
        names = [name for [name] in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


class Office:
    """A portal of its own: a database, a folder of files, and the commands run on them."""

    def __init__(self, folder, database):
        self.folder = folder
        self.media = folder / "media"
        self.variables = {**WHOLE, "DATABASE_URL": database, "MEDIA_ROOT": str(self.media)}
        self.media.mkdir(parents=True, exist_ok=True)

    def manage(self, *command):
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *map(str, command)],
            cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], **self.variables}, capture_output=True, text=True,
        )  # fmt: skip

    def backup(self):
        done = self.manage("backup", "--folder", self.folder / "kept")
        assert done.returncode == 0, done.stderr
        return next((self.folder / "kept").glob("portal-*.tar"))

    def digests(self):
        files = [path for path in self.media.rglob("*") if path.is_file()]
        told = {str(path.relative_to(self.media)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        return self.tables(), told

    def tables(self):
        kind, _, file = self.variables["DATABASE_URL"].partition(":///")
        if kind == "sqlite":
            return digests_of(file)
        return json.loads(self.manage("shell", "-v", "0", "-c", DIGEST).stdout)


@pytest.fixture(scope="module")
def filled(new_installation, tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "office"
    made = Office(folder, f"sqlite:///{folder}/portal.sqlite3")
    shutil.copy(new_installation, folder / "portal.sqlite3")
    assert made.manage("shell", "-v", "0", "-c", FILL.format("mot")).returncode == 0
    (made.media / "photos").mkdir()
    (made.media / "photos" / "ảnh.jpg").write_bytes(b"\xff\xd8" * 1000)
    return folder


@pytest.fixture
def office(filled, tmp_path):
    shutil.copytree(filled, tmp_path / "office")
    return Office(tmp_path / "office", f"sqlite:///{tmp_path}/office/portal.sqlite3")


@pytest.fixture(scope="module")
def made_backup(filled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "office"
    shutil.copytree(filled, folder)
    return Office(folder, f"sqlite:///{folder}/portal.sqlite3").backup()


@pytest.fixture
def backup(made_backup, tmp_path):
    """A backup of what is in `office`, for tests that do something to it."""
    return Path(shutil.copy(made_backup, tmp_path))


def test_what_comes_back_is_what_was_there(office, tmp_path):
    before, backup = office.digests(), office.backup()
    other = Office(tmp_path / "other", f"sqlite:///{tmp_path}/other/portal.sqlite3")

    done = other.manage("restore", backup)

    assert done.returncode == 0, done.stderr
    assert other.digests() == before
    assert backup.stat().st_mode & 0o077 == 0


UNDER_WAY = """
from django.utils import timezone
from members.infrastructure.outbox.posting import Draft, post
from members.invitations import write_reset_link
post(Draft('account', 'a', 'a@example.vn', 'Thư', 'Link'), about=None, by=None, now=timezone.now())
write_reset_link.enqueue('a@example.vn', '', timezone.now().isoformat())
"""
LEFT = """
from members.models import Letter
from django_tasks_db.models import DBTaskResult
print(*Letter.objects.values_list('state', flat=True), *DBTaskResult.objects.values_list('status', flat=True))
"""


def test_files_that_come_and_go_meanwhile_cost_no_backup(db, on_disk, tmp_path, monkeypatch):
    on_disk.mkdir()
    for name in ("stays.jpg", "goes.jpg", "comes.jpg.1.part"):
        (on_disk / name).write_bytes(b"x")
    listed = backups.media_files(on_disk)
    (on_disk / "goes.jpg").unlink()
    monkeypatch.setattr(backups, "media_files", lambda root: listed)
    monkeypatch.setattr(backups, "copy_database", lambda target: target.write_bytes(b"rows"))

    manifest = backups.write_backup(tmp_path / "kept" / "portal-1.tar", now=NOW)

    with tarfile.open(tmp_path / "kept" / "portal-1.tar") as archive:
        assert set(archive.getnames()) == {*manifest["sha256"], "manifest.json"}
    assert set(manifest["sha256"]) == {backups.database_part(), "media/stays.jpg"}


def test_a_restored_copy_mails_and_does_nothing_again_by_itself(office):
    office.manage("shell", "-v", "0", "-c", UNDER_WAY)
    done = office.manage("restore", office.backup(), "--replace")
    assert "1 e-mails that waited in the backup are marked as unclear" in done.stdout
    assert "1 tasks that waited in the backup are given up: write_reset_link" in done.stdout
    assert office.manage("shell", "-v", "0", "-c", LEFT).stdout.split() == ["unclear", "FAILED"]


def test_an_occupied_database_is_replaced_only_when_told_so(office, backup):
    before = office.digests()
    office.manage("shell", "-v", "0", "-c", FILL.format("hai"))
    (office.media / "later.jpg").write_bytes(b"later")

    refused = office.manage("restore", backup)
    occupied = office.digests()
    done = office.manage("restore", backup, "--replace")

    assert refused.returncode == 1
    assert "rows, which would be lost" in refused.stderr
    assert occupied != before
    assert done.returncode == 0, done.stderr
    assert office.digests() == before
    assert [path.read_bytes() for path in office.folder.glob("media-before-restore-*/later.jpg")] == [b"later"]


@pytest.mark.parametrize("name", ["../../outside.txt", "/outside.txt", "media/link"])
def test_a_file_that_would_land_elsewhere_is_no_backup(office, backup, name):
    before = office.digests()
    entry = tarfile.TarInfo(name)
    if name == "media/link":
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(backup, "a") as archive:
        archive.addfile(entry)

    refused = office.manage("restore", backup, "--replace")

    assert "is damaged or no backup" in refused.stderr
    assert office.digests() == before


@pytest.mark.parametrize("fault", ["cut off", "one byte", "no backup", "newer"])
def test_what_can_not_be_trusted_is_refused_and_changes_nothing(office, backup, fault, tmp_path):
    before = office.digests()
    content = bytearray(backup.read_bytes())
    if fault == "cut off":
        content = content[: len(content) // 2]
    elif fault == "one byte":
        content[4096] ^= 1
    elif fault == "no backup":
        content = b"PK" * 5000
    backup.write_bytes(content)
    if fault == "newer":
        add_a_migration(backup, tmp_path / "taken-apart")

    refused = office.manage("restore", backup, "--replace")

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert ("newer version" if fault == "newer" else "damaged") in refused.stderr
    assert office.digests() == before


def add_a_migration(backup, folder):
    with tarfile.open(backup) as archive:
        archive.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].append(["reports", "9999_from_the_future"])
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(backup, "w") as archive:
        for path in folder.iterdir():
            archive.add(path, arcname=path.name)


def test_old_backups_go_and_the_new_one_stays(office):
    folder = office.folder / "kept"
    folder.mkdir()
    for name in ("portal-20200101-000000.tar", "something-else.tar"):
        (folder / name).touch()
        os.utime(folder / name, (0, 0))

    office.backup()

    left = sorted(path.name for path in folder.iterdir())
    assert len(left) == 2
    assert left[1] == "something-else.tar"


@pytest.mark.django_db  # the database is asked by the child process alone
@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="of PostgreSQL")
def test_on_postgresql_what_comes_back_is_what_was_there(tmp_path):
    office = Office(tmp_path / "office", os.environ["DATABASE_URL"])  # the tests' own database has another name
    assert office.manage("migrate", "-v", "0").returncode == 0
    office.manage("shell", "-v", "0", "-c", FILL.format("mot"))
    before, backup = office.digests(), office.backup()
    office.manage("shell", "-v", "0", "-c", FILL.format("hai"))

    refused, occupied = office.manage("restore", backup), office.digests()
    done = office.manage("restore", backup, "--replace")

    assert (refused.returncode, done.returncode) == (1, 0), done.stderr
    assert occupied != before
    assert office.digests() == before


#: Somebody who adds a file and the row that names it, again and again, until the file `stop` is there.
AT_WORK = """
import pathlib
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from members.models import User
number = 0
while not pathlib.Path({stop!r}).exists():
    default_storage.save('work/%d.bin' % number, ContentFile(b'%d' % number * 1000))
    User.objects.create(email='work-%d@example.vn' % number, full_name='Người Thử', role='chair')
    number += 1
    print(number, flush=True)
"""
NAMES = (
    "from members.models import User;"
    "print(*User.objects.filter(email__startswith='work-').values_list('email', flat=True))"
)
ENOUGH = 20


@contextlib.contextmanager
def people_at_work(office):
    """Within the block rows and files are added."""
    stop = office.folder / "stop"
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v", "0", "-c", AT_WORK.format(stop=str(stop))]
    working = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], **office.variables}, stdout=subprocess.PIPE
    )
    for _row in range(ENOUGH):
        assert working.stdout.readline()
    yield
    stop.touch()
    written = len(working.communicate()[0].splitlines())
    assert (working.returncode, written > 0) == (0, True), "nobody worked meanwhile"
    stop.unlink()


def made_under_load(office, other):
    """Of two backups, one made while people work, one afterwards: what comes back, restored in another place."""
    with people_at_work(office):
        backup = office.backup()
    done = other.manage("restore", backup, "--replace")
    assert done.returncode == 0, done.stderr
    names = other.manage("shell", "-v", "0", "-c", NAMES).stdout.split()
    kept = sorted(int(name.removeprefix("work-").partition("@")[0]) for name in names)
    assert kept == list(range(len(kept))), "a row is missing before one that is there"
    assert len(kept) >= ENOUGH
    for number in kept:
        assert (other.media / f"work/{number}.bin").read_bytes() == b"%d" % number * 1000
    backup.unlink()


def test_what_is_kept_while_people_work_is_whole(office, tmp_path):
    other = Office(tmp_path / "other", f"sqlite:///{tmp_path}/other/portal.sqlite3")
    made_under_load(office, other)

    before, backup = office.digests(), office.backup()
    assert other.manage("restore", backup, "--replace").returncode == 0
    assert other.digests() == before


@pytest.mark.django_db  # the database is asked by the child process alone
@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="of PostgreSQL")
def test_on_postgresql_what_is_kept_while_people_work_is_whole(tmp_path):
    office = Office(tmp_path / "office", os.environ["DATABASE_URL"])
    assert office.manage("migrate", "-v", "0").returncode == 0
    made_under_load(office, Office(tmp_path / "other", os.environ["DATABASE_URL"]))


@pytest.fixture
def safe(office):
    office.variables["BACKUP_KEY"] = "mot-khoa-that-dai-va-ngau-nhien"
    return office


def test_with_a_key_nobody_else_reads_it_and_it_comes_back(safe):
    before, done = safe.digests(), safe.manage("backup", "--folder", safe.folder / "kept")
    assert done.returncode == 0, done.stderr
    [backup] = (safe.folder / "kept").iterdir()

    assert backup.name.endswith(".tar.gpg")
    assert b"mot@example.vn" not in backup.read_bytes()
    assert backup.stat().st_mode & 0o077 == 0
    assert safe.manage("restore", backup, "--replace").returncode == 0
    assert safe.digests() == before


@pytest.mark.parametrize(("key", "told"), [("", "is encrypted: set BACKUP_KEY"), ("x" * 30, "is not the key")])
def test_without_its_key_it_is_refused(safe, key, told):
    safe.manage("backup", "--folder", safe.folder / "kept")
    [backup] = (safe.folder / "kept").iterdir()
    before, safe.variables["BACKUP_KEY"] = safe.digests(), key

    refused = safe.manage("restore", backup, "--replace")

    assert (refused.returncode, told in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)
    assert safe.digests() == before


def test_a_database_newer_than_the_program_is_not_served(office):
    office.manage(
        "shell", "-v", "0", "-c",
        "from django.db import connection; from django.db.migrations.recorder import MigrationRecorder as R;"
        "R(connection).record_applied('reports', '9999_from_the_future')",
    )  # fmt: skip

    refused = office.manage("check_settings")

    assert refused.returncode == 1
    assert "migrated by a newer version of the program" in refused.stderr
