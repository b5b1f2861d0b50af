"""A read file between its upload and its confirmation, in the session of the person who uploaded it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import HttpRequest

from cluster_portal.tables.cells import Book
from cluster_portal.tables.layout import Choice


@dataclass(frozen=True)
class WaitingFile:
    """It is checked anew whenever it is shown and when it is stored, as other people go on working."""

    name: str
    digest: str
    book: Book
    choice: Choice

    def keep(self, request: HttpRequest, kind: str) -> None:
        request.session[_key(kind)] = {
            "name": self.name,
            "digest": self.digest,
            "book": self.book.to_json(),
            "choice": asdict(self.choice),
        }

    def with_choice(self, choice: Choice) -> WaitingFile:
        return replace(self, choice=choice)


def waiting_file(request: HttpRequest, kind: str) -> WaitingFile | None:
    kept = request.session.get(_key(kind))
    if not isinstance(kept, dict) or "book" not in kept:
        return None
    return WaitingFile(kept["name"], kept["digest"], Book.from_json(kept["book"]), _choice(kept["choice"]))


def drop(request: HttpRequest, kind: str) -> None:
    request.session.pop(_key(kind), None)


def _key(kind: str) -> str:
    return f"import_{kind}"


def _choice(data: dict[str, Any]) -> Choice:
    columns = data["columns"]
    by_place = None if columns is None else {int(at): name for at, name in columns.items()}
    return Choice(**{**data, "columns": by_place, "parts": tuple(map(_choice, data.get("parts", ())))})
