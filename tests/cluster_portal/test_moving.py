"""`manage.py move_to`: every row arrives, on either kind of database, or none does."""

import contextlib
import json
import shutil
import sqlite3

import pytest
from django.conf import settings
from django.db import connection

from tests.cluster_portal.test_backups import Office, filled  # noqa: F401 – a fixture
from tests.cluster_portal.test_settings import WHOLE

SAMPLE = "from reports import demo; demo.seed(password='mot-mat-khau-mau')"
AGAIN = "from members.models import User as U; U.objects.create(email='moi@example.vn', full_name='M', role='chair')"
COUNT = "from members.models import User, Unit; print(User.objects.count(), Unit.objects.count())"

KEY = "from members.models import User as U; p = U.objects.create(email='k@example.vn', role='chair'); print(p.pk)"


@pytest.fixture
def elsewhere(django_db_setup, django_db_blocker):
    """The address of an empty database of the kind the tests run on."""
    if connection.vendor == "sqlite":
        pytest.skip("moving from one SQLite file to another is tested beside")
    name = "portal_moved"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    told = settings.DATABASES["default"]
    yield f"postgres://{told['USER']}@/{name}?host={told['HOST'] or told['OPTIONS']['host']}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def sample_office(new_installation, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    made = Office(folder, f"sqlite:///{folder}/portal.sqlite3")
    shutil.copy(new_installation, folder / "portal.sqlite3")
    done = made.manage("shell", "-v", "0", "-c", SAMPLE)
    assert done.returncode == 0, done.stderr
    return made


def rows(office):
    """Every row of every table of ours in a file; PostgreSQL keeps the keys of JSON in an order of its own."""

    def value(found):
        with contextlib.suppress(TypeError, ValueError):
            return json.dumps(json.loads(found), sort_keys=True)
        return repr(found)

    with contextlib.closing(sqlite3.connect(office.variables["DATABASE_URL"].removeprefix("sqlite:///"))) as file:
        listed = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_words_%'"  # how an index lies
        )
        names = [name for [name] in file.execute(listed)]
        return {
            name: sorted([value(found) for found in row] for row in file.execute(f'SELECT * FROM "{name}"'))
            for name in names
            if name not in ("django_migrations", "portal_cache", "sqlite_sequence")
        }


def of(office, url):
    moved = Office(office.folder, url)
    moved.variables["MEDIA_ROOT"] = str(office.media)
    return moved


def test_there_and_back_nothing_is_lost(elsewhere, sample_office, tmp_path):
    back = f"sqlite:///{tmp_path}/back.sqlite3"
    there = of(sample_office, elsewhere)

    first = sample_office.manage("move_to", elsewhere)
    second = there.manage("move_to", back)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stdout == second.stdout
    assert "each compared" in first.stdout
    before, after = rows(sample_office), rows(of(sample_office, back))
    assert sum(map(len, before.values())) > 1000
    assert {table for table in before if before[table] != after[table]} == set()
    assert there.manage("shell", "-v", "0", "-c", AGAIN).returncode == 0  # keys go on after the last
    assert there.manage("migrate", "--check").returncode == 0


def test_from_file_to_file(sample_office, tmp_path):
    done = sample_office.manage("move_to", f"sqlite:///{tmp_path}/other.sqlite3")

    assert done.returncode == 0, done.stderr
    moved = of(sample_office, f"sqlite:///{tmp_path}/other.sqlite3")
    counts = [office.manage("shell", "-v", "0", "-c", COUNT).stdout for office in (sample_office, moved)]
    assert counts[0] == counts[1] != "0 0\n"


def key_given(office, then=""):
    done = office.manage("shell", "-v", "0", "-c", KEY + then)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_no_key_is_given_twice(filled, tmp_path):  # noqa: F811
    """An import that is undone, and the trail, go by the keys of rows that may be gone."""
    office = Office(filled, f"sqlite:///{filled}/portal.sqlite3")
    gone = key_given(office, then="; p.delete()")
    url = f"sqlite:///{tmp_path}/other.sqlite3"

    assert office.manage("move_to", url).returncode == 0
    assert key_given(of(office, url)) == gone + 1


def test_no_key_is_given_twice_there_and_back(elsewhere, filled, tmp_path):  # noqa: F811
    office, back = Office(filled, f"sqlite:///{filled}/portal.sqlite3"), f"sqlite:///{tmp_path}/back.sqlite3"
    gone = key_given(office, then="; p.delete()")

    assert office.manage("move_to", elsewhere).returncode == 0
    assert key_given(of(office, elsewhere), then="; p.delete()") == gone + 1
    assert of(office, elsewhere).manage("move_to", back).returncode == 0
    assert key_given(of(office, back)) == gone + 2


def test_a_database_in_use_is_left_alone(filled, tmp_path):  # noqa: F811
    office = Office(filled, f"sqlite:///{filled}/portal.sqlite3")
    other = Office(tmp_path / "other", f"sqlite:///{tmp_path}/other/portal.sqlite3")
    assert office.manage("move_to", other.variables["DATABASE_URL"]).returncode == 0

    again = office.manage("move_to", other.variables["DATABASE_URL"])

    assert again.returncode == 1
    assert "Nothing was moved: the database moved to is in use" in again.stderr


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres://portal@127.0.0.1:9/portal", "Nothing was moved: "),
        ("mysql://a/b", "is no address of a PostgreSQL or SQLite database"),
    ],
)
def test_a_database_that_is_not_there_is_told(filled, url, told):  # noqa: F811
    done = Office(filled, WHOLE["DATABASE_URL"]).manage("move_to", url)

    assert (done.returncode, "Traceback" in done.stderr, told in done.stderr) == (1, False, True)
