"""The short code and QR that an issued document carries, and what they lead to."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

#: Without letters and digits that are taken for one another: 30 signs, 12 of them about 59 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4


def new_code() -> str:
    """A code nobody can guess, in groups to be read aloud: ``7K3M-Q9XT-2BDF``."""
    signs = [secrets.choice(ALPHABET) for _place in range(LENGTH)]
    return "-".join("".join(signs[start : start + GROUP]) for start in range(0, LENGTH, GROUP))


def tidied(typed: str) -> str:
    """A code as people type it, in the form it is kept in."""
    signs = "".join(sign for sign in typed.upper() if sign in ALPHABET)
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def sha256_hex(chunks: Iterable[bytes]) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
