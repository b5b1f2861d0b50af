"""Telling whether figures have changed, whatever became of names and wording."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Any

from reports.comparison.values import Summary

#: What may be put differently without any figure being another.
WORDS = {"name", "short_name", "noun", "took_over", "group_name", "polarity"}


def fingerprint(summary: Summary) -> str:
    """SHA-256 over all figures of the summary; the same for the same figures, in whatever order they are listed."""
    content = asdict(summary)
    if summary.scope.is_whole:
        del content["scope"]  # as the documents were fingerprinted before there were other scopes
    if not summary.incomplete_because:
        del content["incomplete_because"]  # as before there were reasons
    return _digest(_figures(content))


def fingerprint_of_values(values: dict[str, Any]) -> str:
    """SHA-256 over everything that is said, in its order: names and wording count as well."""
    return _digest(values)


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()


def _figures(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _figures(item) for key, item in value.items() if key not in WORDS}
    if isinstance(value, list | tuple):
        return sorted((_figures(item) for item in value), key=_text)
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else str(value)
