"""Examines one signed file in a process of its own: the question on standard input, JSON on standard output."""

from __future__ import annotations

import json
import pickle
import sys
from typing import Any

from django.conf import settings

from cluster_portal.bounded import limit_this_process

MAX_MEMORY = 1024 * 2**20
MAX_SECONDS = 8


def question(**asked: Any) -> bytes:
    """Written by the portal itself, so that it may be pickled; the answer, which comes from a file, is not."""
    return pickle.dumps(asked)


def answer(data: bytes) -> dict[str, Any]:
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]

    from reports.documents.signing.signatures import inspect
    from reports.documents.signing.trust import TrustRoots

    asked = pickle.loads(data)  # noqa: S301 – see above
    roots = TrustRoots(tuple(Certificate.load(certificate) for certificate in asked.pop("roots")))
    return inspect(roots=roots, **asked).to_plain()


def main() -> None:
    limit_this_process(memory=MAX_MEMORY, seconds=MAX_SECONDS)
    settings.configure(TIME_ZONE="Asia/Ho_Chi_Minh", USE_TZ=True)
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
