from typing import Any

from django import template

register = template.Library()


@register.filter
def rows_for(rows_by_key: dict[Any, list[Any]], key: Any) -> list[Any]:
    """The rows kept under `key`, none if there is no such key."""
    return rows_by_key.get(key, [])
