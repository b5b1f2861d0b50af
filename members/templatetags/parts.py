from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from members.infrastructure.extensions import parts_at

register = template.Library()


@register.simple_tag(takes_context=True)
def parts(context: Context, place: str) -> SafeString:
    """What upper floors show at this place of the page."""
    engine = template.Engine.get_default()
    shown = (engine.get_template(name).render(context) for name in parts_at(place))
    return mark_safe("".join(shown))  # noqa: S308 – rendered by our own templates, which escape
