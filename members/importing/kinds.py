"""What makes one kind of table differ from another in the flow they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cluster_portal.tables.cells import Book
from cluster_portal.tables.layout import Table, TableKind
from cluster_portal.tables.reading import Reading
from members.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What an undo needs of each thing that was stored, as JSON.
Created = list[Any]


@dataclass(frozen=True)
class Storing:
    """What an action is told beside the things to store; `wanted` are the rows chosen although they repeat others."""

    by: User
    now: dt.datetime
    origin: str
    wanted: frozenset[str]


@dataclass(frozen=True)
class ImportKind:
    """A kind of table; `prefix` is the name of its first page, `home` of the list it belongs to.

    `check` reads and checks a table, `store` stores what it read and returns what `undo`
    needs. Both act in the caller's transaction and raise `Refused` where a rule forbids it.
    """

    table: TableKind
    prefix: str
    home: str
    home_title: StrOrPromise
    title: StrOrPromise
    hint: StrOrPromise
    check: Callable[[Table, User, dt.date], Reading[Any]]
    store: Callable[[Reading[Any], Storing], Created]
    undo: Callable[[Created, User, dt.datetime], None]
    told: Callable[[int], str]
    example: dict[str, str]
    lists: Callable[[], dict[str, Sequence[str]]]
    file_name: str
    mask: Callable[[Book, Table | None], Book] | None = None
    notes: tuple[tuple[StrOrPromise, StrOrPromise], ...] = field(default=())

    def page(self, step: str = "") -> str:
        """The URL name of a step: ``preview``, ``confirm``, ``template``, ``faults``, ``stored``, ``undo``."""
        return f"{self.prefix}-{step}" if step else self.prefix
