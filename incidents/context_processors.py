from collections.abc import Callable
from functools import partial

from django.http import HttpRequest

from incidents.models import Alert


def alerts(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """For the bell in the bar, which is there for those who are told of grave cases; nothing is counted before."""
    return {"count_open_alerts": partial(_count, request)}


def _count(request: HttpRequest) -> int:
    return Alert.objects.open_for(request.user).count()  # type: ignore[arg-type]  # the bar asks for people signed in
