"""What waits for the reader of a page, counted for the bell in the bar: each floor adds its own rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True)
class Waiting:
    """Rows that wait for a person; `told` says how many, by `ngettext_lazy`; `page` and `anchor` are where to look."""

    rows: Callable[[Any], QuerySet[Any]]
    told: Any
    page: str = settings.LOGIN_REDIRECT_URL
    anchor: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Bell:
    number: int
    sentences: tuple[str, ...]
    url: str


_WAITING: dict[str, Waiting] = {}


def add_to_bell(code: str, waiting: Waiting) -> None:
    """Called in an app's `ready`."""
    _WAITING[code] = waiting


def ring(user: User) -> Bell:
    """All that waits for the user, in one query; it leads to the home page where it is of several kinds."""
    row: QuerySet[Any, Any] = user.__class__._default_manager.filter(pk=user.pk)
    counted = {f"waiting_{code}": _number(waiting.rows(user)) for code, waiting in _WAITING.items()}
    numbers: dict[str, int] = row.values(**counted).get()
    kinds = [(waiting, numbers[f"waiting_{code}"]) for code, waiting in _WAITING.items()]
    kinds = [(waiting, number) for waiting, number in kinds if number]
    sentences = tuple(str(kind.told % {"number": number}) for kind, number in kinds)
    url = kinds[0][0].url if len(kinds) == 1 else reverse(settings.LOGIN_REDIRECT_URL)
    return Bell(sum(number for _kind, number in kinds), sentences, url)


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many these are, as a part of another query; the rows may be gathered or joined as they like."""
    these = rows.model._base_manager.filter(pk__in=rows.select_related(None).order_by().values("pk"))
    counted = these.order_by().values(every=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
