"""The ``{{ places }}`` of a Word file, and texts put in theirs. Knows no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cluster_portal.files.office_forms.packages import UnfitPackage, local, packed, parsed, related, written

DOCUMENT = "word/document.xml"
#: What else of a document is printed.
PRINTED = ("header", "footer", "footnotes", "endnotes")
PLACE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
#: Longer names and more places are no form.
MAX_NAME, MAX_PLACES = 100, 1000


def outline(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The places by name, in their order, each with the paragraph it stands in; all as plain JSON."""
    found: dict[str, str] = {}
    for part in _printed_parts(parts):
        for paragraph in parsed(parts[part]).iter("{*}p"):
            text = "".join(each.text or "" for each in _texts(paragraph))
            for place in PLACE.finditer(text):
                found.setdefault(_name(place), " ".join(text.split())[:300])
    if not found:
        raise UnfitPackage("no_places")
    if len(found) > MAX_PLACES:
        raise UnfitPackage("too_large")
    return {"kind": "docx", "places": found}


def _name(place: re.Match[str]) -> str:
    return " ".join(place[1].split())[:MAX_NAME]


def _printed_parts(parts: Mapping[str, bytes]) -> list[str]:
    return [DOCUMENT, *sorted(name for kind in PRINTED for name in related(parts, DOCUMENT, kind).values())]


def _texts(paragraph: Any) -> Iterator[Any]:
    """The texts of a paragraph in their order, without those of paragraphs in a frame within it."""
    for text in paragraph.iter("{*}t"):
        if next((each for each in text.iterancestors() if local(each) == "p"), None) is paragraph:
            yield text


def filled(parts: Mapping[str, bytes], values: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The document with `values` in the place of the names, and which of them it has no place for.

    A place that has no value stays as it is, for all to see.
    """
    found, put = dict(parts), set()
    for part in _printed_parts(parts):
        root = parsed(parts[part])
        for paragraph in root.iter("{*}p"):
            put |= _fill(list(_texts(paragraph)), values)
        found[part] = written(root)
    return packed(found), [name for name in values if name not in put]


def _fill(texts: list[Any], values: Mapping[str, Any]) -> set[str]:
    """Put values into one paragraph, from its end on, so that what stands before keeps its place."""
    whole, put = "".join(each.text or "" for each in texts), set()
    for place in reversed(list(PLACE.finditer(whole))):
        if (name := _name(place)) in values:
            _replace(texts, place.start(), place.end(), str(values[name]))
            put.add(name)
    return put


def _replace(texts: list[Any], begin: int, end: int, value: str) -> None:
    """Word cuts a text into runs wherever it likes; the value gets the look of the run that `begin` lies in."""
    at = 0
    for each in texts:
        text = each.text or ""
        first, last = max(begin - at, 0), min(end - at, len(text))
        if first < last:
            each.text = text[:first] + value + text[last:]
            each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""
        at += len(text)
