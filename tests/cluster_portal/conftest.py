"""A portal of its own, for tests that start it as processes."""

import pytest

from tests.cluster_portal.test_settings import WHOLE, start


@pytest.fixture(scope="session")
def new_installation(tmp_path_factory):
    """A SQLite file as the portal made it, without a person yet: to migrate takes ten seconds, so once for a run."""
    file = tmp_path_factory.mktemp("new") / "portal.sqlite3"
    done = start("migrate", "-v", "0", **{**WHOLE, "DATABASE_URL": f"sqlite:///{file}"})
    assert done.returncode == 0, done.stderr
    return file
