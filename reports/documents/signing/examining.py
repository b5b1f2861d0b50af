"""Examining a signed file without letting it hold up the portal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from cluster_portal.bounded import answer_of
from reports.documents.signing import child
from reports.documents.signing.inspection import Inspection
from reports.documents.signing.pdf_revisions import has_too_many_revisions
from reports.documents.signing.signatures import unexaminable
from reports.documents.signing.trust import TrustRoots

#: Seconds of wall time, of which a busy machine may need many for what else takes two.
MAX_WAIT = 25


def examine(
    content: bytes, *, issued: Iterable[bytes], roots: TrustRoots, moment: dt.datetime, step_by_step: bool = True
) -> Inspection:
    """`inspect` under a budget; a file of too many revisions can't be examined.

    Raises `TooMuchWork` where the budget was not enough: made so, or only a busy machine – which nobody can tell.
    """
    original = next((file for file in issued if content.startswith(file)), None)
    if has_too_many_revisions(content[len(original or b"") :]):
        return unexaminable(original)
    asked = child.question(
        content=content,
        issued=[original] if original else [],
        roots=[certificate.dump() for certificate in roots.certificates],
        moment=moment,
        step_by_step=step_by_step,
    )
    return Inspection.from_plain(json.loads(answer_of("reports.documents.signing.child", asked, wait=MAX_WAIT)))
