"""The one place that talks to the mail server, and tells apart how that can end.

What matters is whether the server may have the letter although nobody was told so.
SMTP leaves one gap: the text is out, the answer doesn't come. Everything before it is
certain not to have been taken, everything after it to have been.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

#: Seconds for the answer to the text of a letter: servers look for viruses in it meanwhile (RFC 5321 4.5.3.2
#: even has ten minutes; a worker must show within three that it lives).
ANSWER = 120


class NotTaken(Exception):
    """The server said no. `str()` is its answer."""


class Refused(NotTaken):
    """For good: it will say no tomorrow."""


class Later(NotTaken):
    """For now, or for a reason that isn't the letter's."""


class Away(NotTaken):
    """Nobody answers, or the line broke before the text was out."""


class Unclear(Exception):
    """The text was out, and the line broke before the server said whether it takes it."""


class _Phases:
    """For smtplib's clients: knows whether the text of a letter is out."""

    sock: socket.socket | None
    _is_asked_for_text = _is_text_out = False

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()  # type: ignore[misc]
        self._is_asked_for_text = code == 354
        if self._is_asked_for_text and self.sock:
            self.sock.settimeout(max(self.sock.gettimeout() or 0, ANSWER))
        return code, text

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        self._is_text_out = self._is_asked_for_text

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._is_text_out = False
        usual = self.sock.gettimeout() if self.sock else None
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except OSError as error:  # smtplib's are OSErrors, too
            if self._is_text_out:
                raise Unclear(str(error)) from error
            raise
        finally:
            if self.sock:
                self.sock.settimeout(usual)
        return answer


class _Client(_Phases, smtplib.SMTP):
    pass


class _SafeClient(_Phases, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's, with clients that know how far they came; `EMAIL_BACKEND` where mails really leave."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SafeClient if self.use_ssl else _Client


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """An open line to the server. Raises `Away` – also where it doesn't let the portal in: that isn't the letters'."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise Away(_answer(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def hand_over(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Returns when the server has taken the letter; raises `NotTaken` or `Unclear`."""
    try:
        connection.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        raise Away(_answer(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, _text = next(iter(error.recipients.values()))
        raise (Refused if code >= 500 else Later)(_answer(error)) from error
    except smtplib.SMTPDataError as error:
        raise (Refused if error.smtp_code >= 500 else Later)(_answer(error)) from error
    except smtplib.SMTPException as error:
        raise Later(_answer(error)) from error
    except OSError as error:
        raise Away(_answer(error)) from error
    except ValueError as error:  # an address or a head that can't be written down
        raise Refused(_answer(error)) from error


def _answer(error: Exception) -> str:
    """What the server said, for people: ``550 no such mailbox``."""
    code: int
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return " ".join(str(error).split())[:300]
    said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return " ".join(f"{code} {said}".split())[:300]
