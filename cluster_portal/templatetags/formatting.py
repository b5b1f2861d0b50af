"""`cluster_portal.formatting` for templates; a missing value is a dash, never a nought."""

import datetime as dt

from django import template
from django.template.defaultfilters import stringfilter

from cluster_portal import formatting
from cluster_portal.unbroken import kept_whole

register = template.Library()

register.filter("number", formatting.number)
register.filter("signed", formatting.signed)
register.filter("percent", formatting.percent)
register.filter("signed_percent", formatting.signed_percent)
register.filter("shortdate", formatting.date, expects_localtime=True)
register.filter("moment", formatting.moment, expects_localtime=True)
#: A heading whose periods and amounts stay on one line: "6 tháng đầu năm 2022", "28 đơn vị".
register.filter("kept_whole", stringfilter(kept_whole), is_safe=True)


@register.filter
def money(dong: int | None) -> str:
    return formatting.NOT_REPORTED if dong is None else formatting.money(dong)


@register.filter
def longdate(day: dt.date | None) -> str:
    return formatting.NOT_REPORTED if day is None else formatting.long_date(day)
