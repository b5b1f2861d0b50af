"""Form widgets, written as Django's templates write them, letter for letter, without a template for each.

The half-year report has some 150 fields, and Django renders two templates for each and two
more for each option of a select: a quarter of what that page cost. What isn't listed here
goes the usual way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import escape
from django.utils.safestring import SafeData

Widget = Mapping[str, Any]

_ESCAPING = Context()


class PlainWidgets(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _shown(value: object) -> str:
    """`{{ value }}`"""
    return render_value_in_context(value, _ESCAPING)


def _text(value: object) -> str:
    """`{{ value|stringformat:'s' }}`"""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_text(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    attributes = _attributes(widget["attrs"])
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{value}{attributes}>'


def _textarea(widget: Widget) -> str:
    value = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: object, options: list[Widget]) -> str:
    within = "".join(f"\n  {_option(option)}\n" for option in options)
    return f'\n  <optgroup label="{_shown(name)}">{within}\n  </optgroup>' if name else within


def _option(option: Widget) -> str:
    return f'<option value="{_text(option["value"])}"{_attributes(option["attrs"])}>{_shown(option["label"])}</option>'


_INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "tel", "text", "time", "url")
WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
