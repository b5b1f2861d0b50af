"""A file of rows as people have it, read in a process that can be killed."""

from __future__ import annotations

import json

from django.utils.translation import gettext_lazy as _

from cluster_portal.bounded import TooMuchWork, answer_of
from cluster_portal.tables.cells import Book
from cluster_portal.tables.refusals import Refusal, UnreadableFile

MAX_BYTES = 10 * 2**20
#: Wall time; a busy machine may need it for what takes two seconds else.
MAX_WAIT = 40

SENTENCES = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.TOO_LARGE: _("The file is larger than 10 MB. Keep only the table in it, then choose it again."),
    Refusal.UNPACKS_TOO_LARGE: _(
        "Unpacked, the file is too large. Copy only the table into a new workbook, then choose that."
    ),
    Refusal.TOO_MANY_ROWS: _(
        "The file has more than 20,000 rows, or a cell far below its table. "
        "Delete the rows below the table, or divide it into several files."
    ),
    Refusal.TOO_MUCH_WORK: _(
        "The file takes too long to read. Copy only the table into a new workbook, then choose that."
    ),
    Refusal.PASSWORD: _(
        "The file has a password. Open it in Excel, remove the password, save it, then choose it again."
    ),
    Refusal.DAMAGED: _(
        "This is not a readable Excel file: it is damaged or was cut off. "
        "Open it in Excel, save it anew as .xlsx, then choose that."
    ),
    Refusal.NOT_A_TABLE: _("This is no table. Excel (.xlsx, .xls), OpenDocument (.ods) and CSV are read."),
    Refusal.WEB_PAGE: _(
        "This is a web page or XML under the name of a table. Open it in Excel, save it as .xlsx, then choose that."
    ),
    Refusal.BINARY_WORKBOOK: _(
        "Files of the kind .xlsb are not read. Open it in Excel, save it as .xlsx, then choose that."
    ),
    Refusal.OLD_FONT: _(
        "The text is typed for an old font (%(font)s), not in Unicode. Convert it to Unicode, for example with Unikey, "
        "then choose the file again."
    ),
    Refusal.ENCODING: _("The file can't be read. Save it as Excel (.xlsx) or as CSV in UTF-8."),
    Refusal.OPEN_QUOTE: _(
        "The CSV file can't be read: a quotation mark is never closed, or a cell is too long. Save it as Excel (.xlsx)."
    ),
}


def sentence(refused: UnreadableFile) -> str:
    return str(SENTENCES[refused.refusal]) % {"font": refused.detail}


def read_book(data: bytes) -> Book:
    """The sheets of a file; raises `UnreadableFile`."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(Refusal.TOO_LARGE)
    answer = json.loads(_answer(data))
    if "refused" in answer:
        raise UnreadableFile(Refusal(answer["refused"]), answer["detail"])
    return Book.from_json(answer["book"])


def _answer(data: bytes) -> bytes:
    try:
        return answer_of("cluster_portal.tables.child", data, wait=MAX_WAIT)
    except TooMuchWork as error:
        raise UnreadableFile(Refusal.TOO_MUCH_WORK) from error
