"""What a window of the browser sends along with what is typed in it: what stood there before."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

from reports.submissions.merging import Typing


def window_in(data: QueryDict, typed: Mapping[str, str], held: Collection[str]) -> Typing:
    """What was typed into the fields `held`, with `was` and `sent` as JSON objects."""
    named = {name: text for name, text in typed.items() if name in held}
    was = {name: text for name, text in _object(data.get("was")).items() if isinstance(text, str)}
    sent = {name: texts for name, texts in _object(data.get("sent")).items() if isinstance(texts, list)}
    return Typing(named, was if data.get("was") else None, sent)


def was_of(typed: Mapping[str, str]) -> str:
    """Stored text as a window sends it back: the fields that hold anything."""
    return json.dumps({name: text for name, text in typed.items() if text}, ensure_ascii=False)


def _object(sent: str | None) -> dict[str, Any]:
    """What a browser sent, or nothing where it was tampered with."""
    try:
        read = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
