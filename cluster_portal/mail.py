"""Many e-mails from one page: over one connection, each outcome told as soon as it is known."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from smtplib import SMTPException, SMTPServerDisconnected
from typing import TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)

Recipient = TypeVar("Recipient")


class MailServerAway(Exception):
    """The mail server can't be reached, or went away; what was not told as taken was not taken."""


def send_each(letters: Iterable[tuple[Recipient, EmailMessage]]) -> Iterator[tuple[Recipient, bool]]:
    """Send each letter, and tell whether the mail server took it before the next one is tried.

    So whoever asks can note it at once, and nothing is forgotten if the page dies on the way.
    A refused address keeps no letter from the others. After `EMAIL_PATIENCE` seconds no
    further one is begun: a slow mail server must not hold up the page until the web server
    gives it up. Raises `MailServerAway` where nothing more can be sent.
    """
    until = time.monotonic() + settings.EMAIL_PATIENCE
    connection = get_connection()
    with _away_told():
        connection.open()
    try:
        for recipient, message in letters:
            with _away_told():
                is_taken = _is_taken(connection, message)
            yield recipient, is_taken
            if time.monotonic() >= until:
                return
    finally:
        connection.close()


def _is_taken(connection: BaseEmailBackend, message: EmailMessage) -> bool:
    try:
        connection.send_messages([message])
    except SMTPServerDisconnected:
        raise
    except SMTPException:
        log.exception("an e-mail was refused by the mail server")
        return False
    return True


@contextmanager
def _away_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # smtplib's exceptions are OSErrors
        log.exception("the mail server can't be reached")
        raise MailServerAway from error
