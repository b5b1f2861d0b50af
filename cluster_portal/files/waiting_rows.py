"""Where the rows of an uploaded file wait between their preview and its confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.http import HttpRequest

from cluster_portal.files.spreadsheets import SpreadsheetRow


class WaitingRows:
    """In the session of the person who uploaded them, under the name of the import.

    They must be checked anew when they are confirmed, as other people go on working.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def keep(self, request: HttpRequest, rows: Iterable[SpreadsheetRow]) -> None:
        request.session[self.name] = [asdict(row) for row in rows]

    def fetch(self, request: HttpRequest) -> list[SpreadsheetRow]:
        return [SpreadsheetRow(**row) for row in request.session.get(self.name, ())]

    def drop(self, request: HttpRequest) -> None:
        request.session.pop(self.name, None)
