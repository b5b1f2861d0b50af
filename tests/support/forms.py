"""What a browser would send of the forms of a page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The fields of all forms that post, with the values they have; of a choice the chosen ones, or the first."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._posts = False
        self._select = self._area = ""
        self._first = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self._posts = (found.get("method") or "").lower() == "post"
        if not self._posts:
            return
        name = found.get("name") or ""
        if tag == "input" and name and found.get("type") != "file":
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.sent.setdefault(name, []).append(found.get("value") or "")
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            self._first = found.get("value") if self._first is None else self._first
            if "selected" in found:
                self.sent.setdefault(self._select, []).append(found.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.sent.setdefault(name, [""])

    def handle_data(self, data):
        if self._area:
            self.sent[self._area] = [self.sent[self._area][0] + data]

    def handle_endtag(self, tag):
        if tag == "form":
            self._posts = False
        elif tag == "select" and self._select:
            self.sent.setdefault(self._select, [self._first or ""])
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def fields_of(page: str) -> dict[str, list[str]]:
    reader = _Fields()
    reader.feed(page)
    reader.sent.pop("csrfmiddlewaretoken", None)
    reader.sent.pop("language", None)
    return reader.sent
