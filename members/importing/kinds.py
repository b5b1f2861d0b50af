"""What makes one kind of table differ from another in the flow they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from django.urls import reverse

from cluster_portal.tables import several
from cluster_portal.tables.cells import Book
from cluster_portal.tables.layout import Choice, Table, TableKind
from cluster_portal.tables.reading import Read, Reading
from members.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What an undo needs of each thing that was stored, as JSON.
Created = list[Any]


@dataclass(frozen=True)
class Storing:
    """What an action is told beside the things to store."""

    by: User
    now: dt.datetime
    origin: str


class Undo(Protocol):
    """An action that takes back what was stored."""

    def __call__(self, *, created: Created, by: User, now: dt.datetime) -> None: ...


@dataclass(frozen=True)
class Question:
    """Rows that are stored only where somebody ticks them, each with its sentence and what it is about: text, address.

    `counted` says how many are stored at once, and how many only then; `rest` is what of a row is stored
    though nobody ticks it, None: nothing.
    """

    title: StrOrPromise
    lead: StrOrPromise
    is_asked: Callable[[Any], bool]
    told: Callable[[Read[Any]], str]
    counted: Callable[[int, int], str]
    about: Callable[[Read[Any]], Sequence[tuple[str, str]]] = lambda read: ()
    rest: Callable[[Any], Any] = lambda thing: None


@dataclass(frozen=True)
class NextStep:
    """What a file left to be done, in a sentence; `label` leads to the page where it is."""

    told: str
    label: str
    address: str


@dataclass(frozen=True)
class ImportKind:
    """A kind of table; `prefix` is the name of its first page, `home` of the list it belongs to.

    Where tables of one kind go to several places – the guests of one meeting, the report of one
    unit – `url_args` says to which: its pages and its home are addressed with them, and what
    waits and what was stored is kept apart by them. `check` reads and checks a table, `store`
    stores what it read and returns what `undo` needs. Both act in the caller's transaction and
    raise `Refused` where a rule forbids it.

    `further` are kinds of tables that lie in other sheets of the same file and are read with it.
    `workbook` makes the template where it is more than an empty table.
    """

    table: TableKind
    prefix: str
    home: str
    home_title: StrOrPromise
    title: StrOrPromise
    hint: StrOrPromise
    check: Callable[[Table, User | None, dt.date], Reading[Any]]
    store: Callable[[Reading[Any], Storing], Created]
    undo: Undo
    told: Callable[[int], str]
    example: dict[str, str]
    lists: Callable[[], dict[str, Sequence[str]]]
    file_name: str
    mask: Callable[[Book, Table | None], Book] | None = None
    question: Question | None = None
    next_steps: Callable[[Created], Sequence[NextStep]] = lambda created: ()
    url_args: Mapping[str, Any] = field(default_factory=dict)
    further: tuple[TableKind, ...] = ()
    workbook: Callable[[], bytes] | None = None

    @property
    def tables(self) -> tuple[TableKind, ...]:
        return (self.table, *self.further)

    def find(self, book: Book, choice: Choice | None = None) -> Table:
        """What a file holds of it; raises `NoTable`."""
        return several.find(book, self.tables, choice)

    @property
    def key(self) -> str:
        """What its waiting file and its stored tables are kept under."""
        return ":".join([self.table.name, *map(str, self.url_args.values())])

    def asked(self, reading: Reading[Any]) -> list[Read[Any]]:
        """The rows that are stored only where they are ticked."""
        if self.question is None:
            return []
        return [read for read in reading.rows if read.thing is not None and self.question.is_asked(read.thing)]

    def answered(self, reading: Reading[Any], wanted: Collection[str]) -> Reading[Any]:
        """What is stored where of the rows asked about those whose keys are `wanted` were ticked."""
        if self.question is None:
            return reading
        rest = {each.row.key: self.question.rest(each.thing) for each in self.asked(reading)}
        unticked = rest.keys() - {*wanted}
        rows = (replace(read, thing=rest[key]) if (key := read.row.key) in unticked else read for read in reading.rows)
        return replace(reading, rows=tuple(rows))

    def url(self, step: str = "", **args: Any) -> str:
        """The address of the first page, or of a step as `members.importing.addresses` names it."""
        return reverse(f"{self.prefix}-{step}" if step else self.prefix, kwargs={**self.url_args, **args})

    @property
    def home_url(self) -> str:
        return reverse(self.home, kwargs=dict(self.url_args))
