from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.idle import idle_seconds
from members.infrastructure.bell import ring
from members.infrastructure.capabilities import Can, allowed, sees_own_unit
from members.models import Cluster, User


class Permissions:
    """`can.MANAGE_UNITS` in a template asks the same table as `@requires` does."""

    def __init__(self, user: User | AnonymousUser | None) -> None:
        self._user = user

    def __getitem__(self, name: str) -> bool:
        return allowed(self._user, Can[name])


def portal(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: the cluster, and what its reader may do."""
    user = getattr(request, "user", None)
    return {
        "cluster": SimpleLazyObject(Cluster.get),
        "can": Permissions(user),
        "idle_seconds": idle_seconds(user),
        "bell": SimpleLazyObject(lambda: ring(user)),  # type: ignore[arg-type]  # the bar asks for people signed in
        "sees_own_unit": SimpleLazyObject(lambda: sees_own_unit(user)),
    }
