from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from members.forms.audit import AuditFilter
from members.infrastructure.audit import AuditEntry
from members.infrastructure.audit_wording import readable
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.models import Unit

ENTRIES_A_PAGE = 50


@requires(Can.READ_AUDIT)
def audit_list(request: SignedInRequest) -> HttpResponse:
    entries = AuditEntry.objects.visible_to(request.user)
    units = list(Unit.objects.visible_to(request.user).in_order())
    form = AuditFilter(
        request.GET, entries=entries, units=units, shows_security=allowed(request.user, Can.MANAGE_CLUSTER)
    )
    page = Paginator(form.found(), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "page": page, "entries": readable(page), "filtered": is_filtered}
    return render(request, "members/audit_list.html", context)
