"""The fixed cast: one person per role, and a second liaison whose rows could leak."""

import errno
import gc
import os
import signal
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from cluster_portal import bounded
from cluster_portal.files import pdf
from reports import demo
from tests.support.documents import as_typed
from tests.support.factories import ClusterFactory, UnitFactory, UserFactory
from tests.support.flushing import let_flush
from tests.support.migrated import start_from_a_copy
from tests.support.row_order import turn_rows_around
from tests.support.rows import all_rows, put_back, undone
from tests.support.slow import Measuring, mark_slow

SAMPLE_PASSWORD = "mot-mat-khau-mau"


def pytest_configure(config):
    turn_rows_around()
    let_flush()
    measure_bounded_work()
    if "MEASURE_TESTS" in os.environ:  # .ci/slow-tests
        config.pluginmanager.register(Measuring(Path(os.environ["MEASURE_TESTS"])))
    if hasattr(config, "cache"):  # `-p no:cacheprovider` has none
        start_from_a_copy(config.cache.mkdir("migrated"))


def measure_bounded_work():
    """Measure the processes that read strangers' files where this one is measured; they are told nothing else."""
    bounded.ENVIRONMENT.update({name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")})


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    """Photos and attachments of a test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def on_disk(settings, tmp_path):
    """Files go where an office has them, not into memory; the folder they are in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "cluster_portal.files.kept.KeptFiles"}}
    return settings.MEDIA_ROOT


@pytest.fixture
def disk_fills_up(monkeypatch):
    """`disk_fills_up(after=3)`: so often a file or its folder still gets to the disk before that is full."""
    reach_the_disk = os.fsync

    def fill(*, after):
        left = [after]

        def fsync(file):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            reach_the_disk(file)

        monkeypatch.setattr(os, "fsync", fsync)

    return fill


@pytest.fixture
def two_seconds_of_work():
    """What takes longer fails: text of any length is read in time that grows with it."""

    def give_up(_number, _frame):
        raise AssertionError("it takes more than two seconds of work")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, 2)  # of work: waiting for a busy machine doesn't count
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


NO_PARAMETERS = SimpleNamespace(params={})


ASKING_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "starting_rows"}


def pytest_collection_modifyitems(items):
    """Mark the tests that reach no database, and see to it that only tests in `browser/` open a browser."""
    for item in items:
        if not (ASKING_THE_DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db")):
            item.add_marker(pytest.mark.one_database)
    mark_slow(items)
    _refuse_browsers_astray(items)


def pytest_collection_finish():
    """Look for garbage seldom, and never among what was imported: an eighth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _refuse_browsers_astray(items):
    """An argument named `page` outside of `browser/` is taken for Playwright's.

    It moves the test – and with it those that flush the database – before tests that want the starting rows.
    """
    browsing = [item for item in items if "browser_name" in getattr(item, "callspec", NO_PARAMETERS).params]
    astray = [item.nodeid for item in browsing if item.path.parent.name != "browser"]
    if astray:
        raise pytest.UsageError(f"These tests name an argument as Playwright does: {astray}")


@pytest.fixture(scope="session")
def starting_rows(django_db_setup, django_db_blocker):
    """What the data migrations created, such as the catalogue, by model."""
    with django_db_blocker.unblock():
        return all_rows()


@pytest.fixture
def transactional_db(starting_rows, transactional_db):
    """Tests with a live server or threads flush the database after themselves; here the starting rows come back.

    (Django's `serialized_rollback` can't: beside Playwright's event loop a thread has a second connection.)
    """
    put_back(starting_rows)


@pytest.fixture(scope="session")
def sample_rows(django_db_setup, django_db_blocker):
    """What `seed_demo` enters, which takes seconds, so that it is entered once for a run."""
    with undone(django_db_blocker):
        demo.seed(password=SAMPLE_PASSWORD)
        return all_rows()


@pytest.fixture
def sample(sample_rows, db):
    """The portal filled with the sample data."""
    put_back(sample_rows)


@pytest.fixture
def cluster(db):
    return ClusterFactory()


@pytest.fixture
def unit(db):
    return UnitFactory(name="Xã Thử Một", short_name="Thử Một", order=1)


@pytest.fixture
def other_unit(db):
    return UnitFactory(name="Xã Thử Hai", short_name="Thử Hai", order=2)


@pytest.fixture
def secretariat(db):
    return UserFactory(email="thuky@example.vn", full_name="Thư Ký Thử", role="secretariat")


@pytest.fixture
def chair(db):
    return UserFactory(email="chutri@example.vn", full_name="Chủ Trì Thử", role="chair")


@pytest.fixture
def liaison(unit):
    return UserFactory(email="daumoi1@example.vn", full_name="Đầu Mối Một", role="liaison", unit=unit)


@pytest.fixture
def other_liaison(other_unit):
    return UserFactory(email="daumoi2@example.vn", full_name="Đầu Mối Hai", role="liaison", unit=other_unit)


@pytest.fixture
def as_user(client):
    """A client signed in as the given person: `as_user(liaison).get(...)`."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def empty_document():
    return pdf._laid_out("<html lang='vi'><title>Trống</title><h1>Trống</h1></html>")


@pytest.fixture
def _empty_pdfs(monkeypatch, empty_document):
    """PDF files of one empty page, for tests that ask who gets a file and not what it says, as layout takes long."""
    monkeypatch.setattr(pdf, "_laid_out", lambda html: empty_document)


@pytest.fixture
def pdf_text():
    """The text a reader finds in a PDF, line by line, as poppler's pdftotext reads it."""

    def read(pdf: bytes) -> str:
        command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
        return as_typed(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode())

    return read
