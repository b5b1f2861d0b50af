"""The root certificates an office trusts, as SIGNATURE_TRUST_ROOTS names them."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data

from cluster_portal.doctor import Finding, note, ok, wrong

logger = logging.getLogger(__name__)

#: Before the end of a root's time somebody should know.
SOON = dt.timedelta(days=30)
ENDINGS = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True)
class TrustRoots:
    """`certificates` for pyHanko; none means that nobody has set any up. `digest` tells one set from another."""

    certificates: tuple[Any, ...] = ()
    digest: str = ""


def trust_roots() -> TrustRoots:
    """The roots as they stand on the disk now: a certificate put there counts from the next page on."""
    path = Path(settings.SIGNATURE_TRUST_ROOTS) if settings.SIGNATURE_TRUST_ROOTS else None
    if path is None:
        return TrustRoots()
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS) if path.is_dir() else [path]
    certificates = [certificate for file in files for certificate in _certificates(file)]
    digest = hashlib.sha256(b"".join(certificate.sha256 for certificate in certificates)).hexdigest()
    return TrustRoots(tuple(certificates), digest if certificates else "")


def certificates(*, now: dt.datetime) -> Iterator[Finding]:
    """For `manage.py doctor`: whether the roots can be read, and for how long they are good."""
    if not settings.SIGNATURE_TRUST_ROOTS:
        yield note("SIGNATURE_TRUST_ROOTS is not set: who signed a document is not told")
        return
    roots = trust_roots().certificates
    if not roots:
        yield wrong(f"{settings.SIGNATURE_TRUST_ROOTS} holds no readable certificate")
    for root in roots:
        ends = root["tbs_certificate"]["validity"]["not_after"].native
        said = f"{root.subject.human_friendly} is good until {ends:%Y-%m-%d}"
        yield ok(said) if ends > now + SOON else wrong(said)


def _certificates(file: Path) -> list[Any]:
    """The certificates in one file; none, and a line in the log, where it holds something else."""
    try:
        found = list(load_certs_from_pemder_data(file.read_bytes()))
        for certificate in found:
            certificate.native  # noqa: B018 – read to its end now: whatever is faulty shows here
    except (OSError, ValueError, TypeError):
        logger.warning("%s holds no readable certificate; nobody is trusted for it.", file)
        return []
    return found
