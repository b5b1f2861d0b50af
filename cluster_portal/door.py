"""What a person typed, as it comes in: one cleaner for every form, and numbers of a bounded size.

`hang` sets both into Django's own form fields when the portal starts. Most fields are
made by others – by ModelForms from models, by django-allauth, by django-filter – and a
field class of our own beside Django's would be forgotten somewhere; so the door stands
where all of them pass. tests/cluster_portal/test_door.py walks every form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls.converters import IntConverter
from django.utils.translation import gettext as _

from cluster_portal.text import clean_line, clean_lines

#: Characters that a text without a length of its own may have: in a box of lines, in one line.
LONGEST_LINES, LONGEST_LINE = 20_000, 1_000
#: What a search looks for; every word of it is compared with every row.
LONGEST_SEARCH = 200
#: Nobody types more; it isn't even cleaned, as that takes time.
_FAR_TOO_LONG = 200_000
#: What a key or a revision is in every database.
_DIGITS = 18

_read = forms.CharField.to_python
_check_values = forms.ModelMultipleChoiceField._check_values  # type: ignore[attr-defined]


def hang() -> None:
    """Let every text that a form reads be clean and of a bounded length, and every key one that can be."""
    IntConverter.regex = f"[0-9]{{1,{_DIGITS}}}"
    forms.CharField.to_python = _clean_text  # type: ignore[assignment, method-assign]
    forms.ModelMultipleChoiceField._check_values = _known_keys  # type: ignore[attr-defined]


def number_in(text: str | None, otherwise: int) -> int:
    """The number that a request names, such as a revision; `otherwise` where it names none there could be."""
    return int(text) if text and text.isdecimal() and len(text) <= _DIGITS else otherwise


def _clean_text(field: forms.CharField, value: Any) -> Any:
    if not isinstance(value, str) or isinstance(field.widget, forms.PasswordInput):
        return _read(field, value)
    has_lines = isinstance(field.widget, forms.Textarea)
    _check_length(value, _FAR_TOO_LONG)
    clean = clean_lines(value) if has_lines else clean_line(value)
    if field.max_length is None and not hasattr(field, "longest"):  # a LongTextField measures its text itself
        _check_length(clean, LONGEST_LINES if has_lines else LONGEST_LINE)
    return _read(field, clean)


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValidationError(
            _("This text is too long: at most %(longest)d characters, now %(length)d.")
            % {"longest": longest, "length": len(text)},
            code="max_length",
        )


def _known_keys(field: forms.ModelMultipleChoiceField[Any], value: Iterable[Any]) -> QuerySet[Any]:
    """Django looks all keys up at once, where one that is too large for the database breaks the question."""
    value = list(value) if isinstance(value, list | tuple) else value
    for key in value if isinstance(value, list) else ():
        if str(key).isdecimal() and len(str(key)) > _DIGITS:
            raise ValidationError(
                field.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": f"{str(key)[:20]}…"}
            )
    return cast(QuerySet[Any], _check_values(field, value))
