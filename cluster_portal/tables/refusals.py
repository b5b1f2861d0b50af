"""Why a file is no table that can be read. Knows no Django; the sentences are `books.SENTENCES`."""

from __future__ import annotations

import enum


class Refusal(enum.Enum):
    EMPTY = "empty"
    TOO_LARGE = "too large"
    UNPACKS_TOO_LARGE = "unpacks too large"
    TOO_MANY_ROWS = "too many rows"
    TOO_MUCH_WORK = "too much work"
    PASSWORD = "password"  # noqa: S105 – the reason, no password
    DAMAGED = "damaged"
    NOT_A_TABLE = "not a table"
    WEB_PAGE = "web page"
    BINARY_WORKBOOK = "binary workbook"
    OLD_FONT = "old font"
    ENCODING = "encoding"
    OPEN_QUOTE = "open quote"


class UnreadableFile(Exception):
    """The file can't be read; `detail` names the old font."""

    def __init__(self, refusal: Refusal, detail: str | None = None) -> None:
        super().__init__(refusal.value, detail)
        self.refusal, self.detail = refusal, detail
