from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("_nav_item.html", takes_context=True)
def nav_item(context: Any, url_name: str, label: str, *args: Any, apart: str = "", also: str = "") -> dict[str, Any]:
    """One entry of the navigation, marked while its page or a page below it is open, but not one of `apart`.

    `also` names places that are reached from this one though their addresses stand elsewhere, one blank between.
    """
    url = reverse(url_name, args=args)
    path = context["request"].path
    places = [url, *(reverse(name) for name in also.split())]
    is_below = url != "/" and path.startswith(tuple(places)) and not (apart and path.startswith(reverse(apart)))
    return {"url": url, "label": label, "current": "page" if path == url else "true" if is_below else ""}
