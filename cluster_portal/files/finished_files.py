"""The shelf of finished files: a table, so that all web workers and the worker have the same one.

Nothing on it is out of date: what a file is made of is its key, so after a change it is no longer found.
It is left there for three days at most, and the shelf holds 64 MB: what was made first goes first.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import Error, transaction
from django.db.models import F, Q, Sum, Window
from django.utils import timezone
from django_tasks import task

from cluster_portal.files.finished import key_of_html
from cluster_portal.models import FinishedFile
from cluster_portal.worker import is_worker_alive

log = logging.getLogger(__name__)

KEPT_FOR = dt.timedelta(days=3)
MOST_BYTES = 64 * 2**20
#: A PDF of more elements takes more than half a second: about two milliseconds each.
MOST_AT_ONCE = 300
#: One that isn't there after so long was left by the worker.
GIVEN_UP_AFTER = dt.timedelta(minutes=15)
#: Seconds an answer waits for what the worker makes, so that most are sent without a page in between,
#: and between two looks.
PATIENCE = 5.0
BETWEEN_LOOKS = 0.2
#: Seconds between two notes of how far it is.
BETWEEN_NOTES = 0.5
PAGE = re.compile(r"Step 5 - Creating layout - Page (\d+)")


@dataclass
class KeptOnShelf:
    """The shelf as one answer uses it; `being_made` are the keys of what the worker was asked for, `handed_out` of
    what the answer was given.

    An answer that has waited `makes_all` itself, should the shelf have let go of something meanwhile.
    """

    now: dt.datetime
    makes_all: bool = False
    being_made: list[str] = field(default_factory=list)
    handed_out: list[str] = field(default_factory=list)

    def content(self, key: str, make: Callable[[], bytes], *, html: str) -> bytes:
        """What is kept, or made now; b"" for what the worker makes: this answer is not sent."""
        found = finished(key)
        if found is None and not self.makes_all and takes_long(html) and is_worker_alive(now=self.now):
            ask_worker(key, html, now=self.now)
            self.being_made.append(key)
            return b""
        if found is None:
            found = make()
            keep(key, found, now=self.now)
        self.handed_out.append(key)
        return found


def finished(key: str) -> bytes | None:
    """What is kept under `key`; None where nobody has made it, or it was let go of."""
    content: bytes | memoryview | None = (
        FinishedFile.objects.filter(key=key, made_at__isnull=False).values_list("content", flat=True).first()
    )
    return None if content is None else bytes(content)


def takes_long(html: str) -> bool:
    return html.count("<") - html.count("</") > MOST_AT_ONCE


def ask_worker(key: str, html: str, *, now: dt.datetime) -> None:
    """Have the PDF made, once for all who ask; anew where it failed."""
    have_made(key, lambda: make_pdf.enqueue(key=key), html=html, now=now)


def have_made(key: str, enqueue: Callable[[], object], *, html: str = "", now: dt.datetime) -> None:
    """Note that it is asked for, and `enqueue` its task, which calls `finish`."""
    with transaction.atomic():
        FinishedFile.objects.filter(pk__in=[row.pk for row in given_up(now)]).delete()
        _row, is_new = FinishedFile.objects.get_or_create(key=key, defaults={"html": html, "asked_at": now})
        if is_new:
            enqueue()


def given_up(now: dt.datetime) -> list[FinishedFile]:
    """What failed, or was left by a worker that died over it again and again."""
    waiting = FinishedFile.objects.filter(made_at__isnull=True).only("pk", "has_failed", "asked_at").order_by("pk")
    return [row for row in waiting if row.has_failed or row.asked_at < now - GIVEN_UP_AFTER]


def keep(key: str, content: bytes, *, now: dt.datetime) -> None:
    """Put it on the shelf. Whoever asked for it gets it in any case, also where the database refuses."""
    values = {"content": content, "size": len(content), "html": "", "made_at": now, "has_failed": False}
    try:
        with transaction.atomic():
            FinishedFile.objects.update_or_create(key=key, defaults=values, create_defaults={**values, "asked_at": now})
            make_room(now)
    except Error:
        log.exception("A finished file could not be kept.")


def make_room(now: dt.datetime) -> None:
    """Let go of what is old, and of what is beyond `MOST_BYTES`; what was made last stays, however large it is."""
    let_go_of_old(now=now)
    newest_first = Window(Sum("size"), order_by=[F("made_at").desc(), F("pk").desc()])
    rows = FinishedFile.objects.filter(made_at__isnull=False).annotate(so_far=newest_first).order_by("pk")
    beyond = [pk for pk, size, so_far in rows.values_list("pk", "size", "so_far") if so_far > max(MOST_BYTES, size)]
    if beyond:
        FinishedFile.objects.filter(pk__in=beyond).delete()


def let_go_of_old(*, now: dt.datetime) -> None:
    """The worker's chore: what papers say stays for `KEPT_FOR`, also where nobody asks for another, and unfinished."""
    before = now - KEPT_FOR
    old = FinishedFile.objects.filter(Q(made_at__lt=before) | Q(made_at=None, asked_at__lt=before)).order_by("pk")
    if old.exists():  # a look spares SQLite a lock in every idle turn
        old.delete()


@task
def make_pdf(key: str) -> None:
    """Make the PDF that `ask_worker` left the HTML of. May run twice: the second time there is nothing to do."""
    from cluster_portal.files.pdf import html_to_pdf

    def make(waiting: FinishedFile) -> bytes:
        if key_of_html(waiting.html) != key:
            raise OtherProgram
        with _noting_pages(waiting.pk):
            return html_to_pdf(waiting.html)

    finish(key, make)


def finish(key: str, make: Callable[[FinishedFile], bytes]) -> None:
    """Put on the shelf what was asked for under `key`, unless it is there already; told as failed where it fails."""
    waiting = FinishedFile.objects.filter(key=key, made_at__isnull=True).first()
    if waiting is None:
        return
    try:
        content = make(waiting)
    except Error:
        raise  # the database went away; the worker begins it anew
    except Exception:
        FinishedFile.objects.filter(pk=waiting.pk).update(has_failed=True, html="")
        raise
    keep(key, content, now=timezone.now())  # the clock: when it was finished nobody can hand in


class OtherProgram(Exception):
    """The worker runs another version of the program than the page that asked: its file would not be the same."""


@contextmanager
def _noting_pages(pk: int) -> Iterator[None]:
    """Note the page that is being laid out, as WeasyPrint tells it."""
    progress = logging.getLogger("weasyprint.progress")
    notes, level = _Notes(pk), progress.level
    progress.addHandler(notes)
    progress.setLevel(logging.INFO)
    try:
        yield
    finally:
        progress.removeHandler(notes)
        progress.setLevel(level)


class _Notes(logging.Handler):
    def __init__(self, pk: int) -> None:
        super().__init__()
        self.pk, self.noted = pk, 0.0

    def emit(self, record: logging.LogRecord) -> None:
        page = PAGE.match(record.getMessage())
        if page and time.monotonic() - self.noted > BETWEEN_NOTES:
            self.noted = time.monotonic()
            FinishedFile.objects.filter(pk=self.pk).update(page=int(page[1]))


@dataclass(frozen=True)
class Progress:
    """How far the files of one answer are; `page` is the one being laid out, 0 where the worker hasn't begun."""

    finished: int
    of: int
    page: int
    has_failed: bool

    @property
    def is_done(self) -> bool:
        """Also what is no longer known: whoever asks again gets it made anew."""
        return self.finished == self.of and not self.has_failed


def are_done_soon(keys: Sequence[str], *, now: dt.datetime) -> bool:
    """Whether the worker has made them after `PATIENCE` at the latest; it takes its work up within a second."""
    until = time.monotonic() + PATIENCE
    while True:
        progress = progress_of(keys, now=now)
        if progress.is_done or progress.has_failed or time.monotonic() > until:
            return progress.is_done
        time.sleep(BETWEEN_LOOKS)


def progress_of(keys: Sequence[str], *, now: dt.datetime) -> Progress:
    rows = FinishedFile.objects.filter(key__in=keys, made_at__isnull=True).defer("html", "content").order_by("pk")
    waiting = list(rows)
    return Progress(
        finished=len(set(keys)) - len(waiting),
        of=len(set(keys)),
        page=max((row.page for row in waiting), default=0),
        has_failed=any(row.has_failed or row.asked_at < now - GIVEN_UP_AFTER for row in waiting),
    )
