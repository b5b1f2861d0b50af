"""The switch by which a person stops the e-mails the portal sends by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.people import choose_notices
from members.forms.people import NoticesForm
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.SEE_HOME)
def notices(request: SignedInRequest) -> HttpResponse:
    form = NoticesForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["wants_notices"]
        choose_notices(request.user, wanted=wanted, now=timezone.now())
        messages.success(request, _("These e-mails will be sent.") if wanted else _("These e-mails are stopped."))
        return redirect("members:notices")
    return render(request, "members/notices.html", {"form": form})
