"""What opens accounts is kept encrypted: a copy of the database alone opens none.

With Fernet, under a key made from `TWO_FACTOR_KEY`, or from `SECRET_KEY` where that isn't set.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

log = logging.getLogger(__name__)

#: Stands before what is encrypted; what an earlier version kept has no such sign.
MARK = "fernet:"


def encrypt(text: str) -> str:
    return MARK + _fernet().encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """The secret; where the key is another by now, one that nobody knows, so that no code fits it."""
    if not kept.startswith(MARK):
        return kept
    try:
        return _fernet().decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        log.error("A second factor can't be read: TWO_FACTOR_KEY or SECRET_KEY was changed.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> Fernet:
    key = hashlib.sha256(f"two-factor:{settings.TWO_FACTOR_KEY or settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
