"""Addresses that open something to whoever knows them, and how they are told without what opens it.

A key to set a password stands in its link's path; so does what else a link alone lets in.
Log lines, the trail and what browsers tell other pages (`Referer`) name the page and not the key.
"""

from __future__ import annotations

import logging
import re

#: Below these paths each address is a secret.
PLACES = ("accounts/password/reset/key", "accounts/email/confirm", "verify")
#: What arguments of URLs and fields of queries are called that hold one; a test asks for a word on every other.
NAMES = ("key", "uidb36", "code", "token", "secret", "signature", "password")
MASK = "…"

_SLASH = r"(?<!/)(?<!%2F)(?:/|%2F)++"  # a whole run of them, so that nothing is looked at twice
_PLACE = rf"{_SLASH}(?:{'|'.join(_SLASH.join(map(re.escape, place.split('/'))) for place in PLACES)}){_SLASH}"
#: An address alone, in which spaces may stand; one among words; a field of a query.
_ALONE = re.compile(rf"\A(?=/)(.*?{_PLACE}).+", re.IGNORECASE | re.DOTALL)
_AMONG_WORDS = re.compile(rf"({_PLACE})[^\s\"'?&#<>]+", re.IGNORECASE)
_IN_QUERY = re.compile(rf"(\A|[?&]|%3F|%26)((?:{'|'.join(NAMES)})(?:=|%3D))[^\s\"'&#<>]+", re.IGNORECASE)


def masked(text: str) -> str:
    """The text without the secrets of addresses in it, whole ones and parts, quoted ones (``%2F``) too.

    >>> masked("answered 404: /accounts/password/reset/key/5-cxn3b2-0123456789abcdef/")
    'answered 404: /accounts/password/reset/key/…'
    """
    text = _AMONG_WORDS.sub(rf"\1{MASK}", _ALONE.sub(rf"\1{MASK}", text))
    return _IN_QUERY.sub(rf"\1\2{MASK}", text)


def is_secret(path: str) -> bool:
    return _AMONG_WORDS.search(path) is not None


class Masked(logging.Filter):
    """Takes the secrets of addresses out of log lines and their tracebacks, whoever wrote them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(given) if isinstance(given, str) else given for given in record.args)
        record.msg, record.args = masked(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True
