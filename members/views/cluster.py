from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import change_cluster, set_up_cluster
from members.forms.cluster import ClusterForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import Cluster, DatedLetterhead


@requires(Can.MANAGE_CLUSTER)
def cluster_edit(request: SignedInRequest) -> HttpResponse:
    """The cluster's name, letterhead and rules; the first time, it is set up here."""
    cluster = Cluster.get()
    is_new = cluster._state.adding
    form = ClusterForm(request.POST or None, instance=cluster)
    if request.method == "POST" and form.is_valid():
        values, revision = form.values, form.cleaned_data["revision"]
        with show_refusals(form):
            if is_new:
                set_up_cluster(values=values, by=request.user, now=timezone.now())
            else:
                change_cluster(cluster, values=values, revision=revision, by=request.user, now=timezone.now())
            messages.success(request, _("The settings of the cluster were saved."))
            return redirect("members:cluster-edit")
    context = {"form": form, "is_new": is_new, "letterheads": DatedLetterhead.objects.in_order()}
    return render(request, "members/cluster_form.html", context)
