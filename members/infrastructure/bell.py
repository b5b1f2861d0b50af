"""What waits for the reader of a page, counted for the bell in the bar: each floor adds its own rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, eq=False)
class Waiting:
    """Rows that wait for a person; `told` says how many, by `ngettext_lazy`; `page` and `anchor` are where to look.

    Which `rows` these are depends on who it is, the role and the unit, not on the clock nor on other rows: the
    question is put together once.
    """

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
    alias = user.__class__._default_manager.db
    with connections[alias].cursor() as cursor:
        cursor.execute(*_question(alias, user, user.role, user.unit_id, tuple(_WAITING.items())))
        numbers = cursor.fetchone()
    kinds = [(waiting, number) for waiting, number in zip(_WAITING.values(), numbers, strict=True) if number]
    sentences = tuple(str(kind.told % {"number": number}) for kind, number in kinds)
    url = kinds[0][0].url if len(kinds) == 1 else reverse(settings.LOGIN_REDIRECT_URL)
    return Bell(sum(number for _kind, number in kinds), sentences, url)


@lru_cache(maxsize=500)
def _question(
    alias: str, user: User, _role: str, _unit: int | None, kinds: tuple[tuple[str, Waiting], ...]
) -> tuple[str, tuple[Any, ...]]:
    """Its SQL, and the values in it. Putting it together takes longer than asking it, and every page asks."""
    row: QuerySet[Any, Any] = user.__class__._default_manager.using(alias).filter(pk=user.pk).order_by()
    counted = {f"waiting_{code}": _number(waiting.rows(user)) for code, waiting in kinds}
    return row.values_list(*counted.values()).query.get_compiler(alias).as_sql()  # type: ignore[no-any-return]


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many these are, as a part of another query; the rows may be gathered or joined as they like."""
    these = rows.model._base_manager.filter(pk__in=rows.select_related(None).order_by().values("pk"))
    counted = these.order_by().values(every=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
