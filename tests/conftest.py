"""The fixed cast: one person per role, and a second liaison whose rows could leak."""

import pytest

from tests.factories import ClusterFactory, UnitFactory, UserFactory


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
