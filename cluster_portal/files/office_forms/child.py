"""Looks into a form, or fills it in, in a process of its own: JSON on standard input and output.

The file may be built so that a parser needs minutes or gigabytes, or dies. Here it can
only end this process (`cluster_portal.bounded`).
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping
from typing import Any

from cluster_portal.bounded import limit_this_process

MAX_MEMORY = 1024 * 2**20
MAX_SECONDS = 15
#: In signs; no form that people fill in has as many places.
MAX_OUTLINE = 2_000_000


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """The outline of a form, or the form with `values` in it; or why it can't be used."""
    from cluster_portal.files.office_forms import document, workbook
    from cluster_portal.files.office_forms.packages import UnfitPackage, open_package

    try:
        parts = open_package(base64.b64decode(request["content"]))
        if workbook.BOOK not in parts and document.DOCUMENT not in parts:
            raise UnfitPackage("no_form")
        kind = workbook if workbook.BOOK in parts else document
        if request["values"] is None:
            found = {"outline": kind.outline(parts)}
            return found if len(json.dumps(found)) < MAX_OUTLINE else {"unusable": "too_large"}
        content, refused = kind.filled(parts, request["values"])
    except UnfitPackage as unusable:
        return {"unusable": str(unusable)}
    except (ValueError, KeyError, IndexError):  # an attribute that is no number, a part that isn't there
        return {"unusable": "damaged"}
    return {"content": base64.b64encode(content).decode(), "refused": refused}


if __name__ == "__main__":
    limit_this_process(memory=MAX_MEMORY, seconds=MAX_SECONDS)
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
