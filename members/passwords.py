"""Passwords people here think of first, which whoever wants in tries first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cluster_portal.text import fold
from members.models import Cluster, User

#: Without diacritics and blanks. Words of the portal, of offices, and what leaked Vietnamese lists are full of.
COMMON = (
    "matkhau", "password", "passw0rd", "admin", "quantri", "nguoidung", "taikhoan", "dangnhap", "thuky", "chutri",
    "daumoi", "cumtruong", "cumdiaban", "diaban", "antoan", "anninh", "trattu", "congan", "quandoi", "xaphuong",
    "uyban", "ubnd", "truonghoc", "coquan", "donvi", "vanphong", "portal", "cong", "thongtin", "baocao", "vietnam",
    "hanoi", "saigon", "hochiminh", "tphcm", "danang", "haiphong", "cantho", "socson", "anhyeuem", "emyeuanh",
    "yeuem", "yeuanh", "iloveyou", "khongbiet", "khongco", "xinchao", "camon", "giadinh", "hanhphuc", "tinhyeu",
    "nguyen", "maiyeu", "conyeu", "meyeu", "welcome", "qwerty", "qwertyuiop", "asdfgh", "zxcvbn", "qazwsx", "abcdef",
    "abc", "abcd", "test", "demo",
)  # fmt: skip

#: So many letters must be left that stand in no such word; a number added is what everybody adds.
OWN_LETTERS = 4


class GuessableValidator:
    """Refuses what is put together of common words, of the cluster's, the unit's and the person's name, and numbers."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(own_letters(password, _words(_names_around(user)))) < OWN_LETTERS:
            message = _("This password is among the first that are tried: common words, names from here and numbers.")
            raise ValidationError(message, code="password_guessable")

    def get_help_text(self) -> str:
        return _("A password made of common words, names from here and numbers is refused.")


def own_letters(password: str, words: Iterable[str]) -> str:
    """What is left of the letters, repeated ones once, when the words are taken out, the longest first."""
    left = re.sub(r"[^a-z0-9]", "", fold(password))
    for word in sorted({*COMMON, *words}, key=len, reverse=True):
        left = left.replace(word, "·")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", left))


def _names_around(user: User | None) -> list[str]:
    cluster = Cluster.get()
    names = [cluster.name, cluster.short_name, cluster.place]
    if user is not None and getattr(user, "pk", None):
        names += [user.full_name, *((user.unit.name, user.unit.short_name) if user.unit else ())]
    return names


def _words(names: Iterable[Any]) -> list[str]:
    """Each name as one word, and its words of three letters and more; of shorter ones everything is made."""
    found = [fold(str(name)).split() for name in names]
    return [word for parts in found for word in ("".join(parts), *parts) if len(word) > 2]
