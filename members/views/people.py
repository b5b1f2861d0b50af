"""Accounts and invitations; the secretariat's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.files.pdf import render_pdf
from cluster_portal.files.qr import qr_picture
from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.text import name_key
from members.actions import (
    ListedPerson,
    change_person,
    deactivate_person,
    import_people,
    invite_person,
    print_access_letter,
    reactivate_person,
    renew_invitation,
)
from members.asking import ask_first
from members.forms.people import PeopleFilter, PersonForm
from members.forms.people_of_units import PeopleOfUnitsForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.outbox.result import post_about
from members.invitations import lack_of_letter
from members.models import Cluster, Unit, User


@requires(Can.MANAGE_PEOPLE)
def person_list(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    found = form.apply(User.objects.select_related("unit")).in_order()
    people = sorted(found, key=lambda person: name_key(person.full_name))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(
        request,
        "members/person_list.html",
        {"form": form, "people": people, "count": len(people), "filtered": is_filtered},
    )


@requires(Can.MANAGE_PEOPLE)
def person_invite(request: SignedInRequest) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("role", "unit") if request.GET.get(name)}
    form = PersonForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        origin = mailed_url(request, "/")
        with show_refusals(form):
            invited = invite_person(values=form.values, by=request.user, now=timezone.now(), origin=origin).person
            return redirect("members:person-invitation", invited.pk)
    return render(request, "members/person_form.html", {"form": form})


@requires(Can.MANAGE_PEOPLE)
def people_of_units(request: SignedInRequest) -> HttpResponse:
    """A liaison for each unit in which nobody has an account, all in one go."""
    form = PeopleOfUnitsForm(request.POST or None, units=_units_to_invite_from(request.POST))
    if request.method == "POST" and form.is_valid():
        people, origin = [ListedPerson(values) for values in form.people], mailed_url(request, "/")
        with show_refusals(form):
            invited = import_people(people=people, by=request.user, now=timezone.now(), origin=origin)
            told = ngettext("%(n)d person was invited.", "%(n)d people were invited.", len(invited))
            messages.success(request, told % {"n": len(invited)})
            return redirect("members:person-list")
    return render(request, "members/people_of_units.html", {"form": form}, status=422 if form.errors else 200)


def _units_to_invite_from(typed: QueryDict) -> list[Unit]:
    """Where nobody has an account, and where a name was typed while somebody else invited another."""
    members = Unit.objects.members_on(timezone.localdate())
    lacking = set(members.without_account().values_list("pk", flat=True))
    return [unit for unit in members.in_order() if unit.pk in lacking or typed.get(f"full_name_{unit.pk}")]


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_invitation_renew(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    origin = mailed_url(request, "/")
    renew_invitation(person, by=request.user, now=timezone.now(), origin=origin)
    return redirect("members:person-invitation", person.pk)


@requires(Can.MANAGE_PEOPLE)
def person_invitation(request: SignedInRequest, person_id: int) -> HttpResponse:
    """What became of the e-mail with the link, which is never shown: whoever has it can take the account over."""
    person = get_object_or_404(User, pk=person_id)
    context = {"person": person, "letters": post_about(person), "lack": lack_of_letter(person)}
    return render(request, "members/person_invitation.html", context)


@requires(Can.MANAGE_PEOPLE)
@require_POST
@sends_file
def person_letter(request: SignedInRequest, person_id: int) -> HttpResponseBase:
    """A letter to print for somebody no e-mail reaches."""
    person, now = get_object_or_404(User, pk=person_id), timezone.now()
    link = print_access_letter(person, by=request.user, now=now, origin=mailed_url(request, "/"))
    context = {"person": person, "link": link, "picture": qr_picture(link), "by": request.user, "now": now}
    content = render_pdf("members/access_letter.html", {**context, "cluster": Cluster.get()})
    return send_file(content, name="thu-cap-ma.pdf")


@requires(Can.MANAGE_PEOPLE)
def person_edit(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User.objects.select_related("unit"), pk=person_id)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            change_person(person, **form.edit, by=request.user, now=timezone.now())
            messages.success(request, _("The account of %(person)s was saved.") % {"person": person})
            return redirect("members:person-list")
    is_needed = User.objects.active().secretariat().are_only(person)
    context = {"form": form, "person": person, "is_needed": is_needed}
    return render(request, "members/person_form.html", context)


@requires(Can.MANAGE_PEOPLE)
def person_deactivate(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Ask first; then close the account."""
    person = get_object_or_404(User, pk=person_id)
    if request.method != "POST":
        return ask_first(
            request,
            heading=_("Deactivate the account"),
            sentence=_("A deactivated person is signed out at once and can't sign in; what they did stays recorded."),
            back=reverse("members:person-edit", args=[person.pk]),
            about=str(person),
            is_grave=True,
        )
    deactivate_person(person, by=request.user, now=timezone.now())
    messages.success(request, _("The account of %(person)s was deactivated.") % {"person": person})
    return redirect("members:person-edit", person.pk)


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_reactivate(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    reactivate_person(person, by=request.user, now=timezone.now())
    messages.success(request, _("The account of %(person)s was reactivated.") % {"person": person})
    return redirect("members:person-edit", person.pk)
