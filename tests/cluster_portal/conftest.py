"""A portal of its own, for tests that start it as processes."""

import pytest

from tests.cluster_portal.test_settings import WHOLE, start
from tests.support.migrated import installation


@pytest.fixture(scope="session")
def new_installation(pytestconfig):
    """A SQLite file as the portal made it, without a person yet, kept from run to run: to migrate takes ten seconds."""

    def migrate(file):
        done = start("migrate", "-v", "0", **{**WHOLE, "DATABASE_URL": f"sqlite:///{file}"})
        assert done.returncode == 0, done.stderr

    return installation(pytestconfig.cache.mkdir("migrated"), migrate)
