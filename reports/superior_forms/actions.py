"""What is done with superiors' forms; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cluster_portal.files.office_forms import asking
from members.infrastructure.audit import record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.refusals import Refused, locked
from members.models import User
from reports.models import FormBinding, SuperiorForm
from reports.superior_forms.places import lack_of_place


def upload_form(*, name: str, content: bytes, file_name: str, by: User | None, now: dt.datetime) -> SuperiorForm:
    """Keep the file as it is. Raises `Refused` for one that can't be filled in, or a name that is taken."""
    try:
        outline = asking.outline_of(content)
    except asking.UnusableForm as unusable:
        raise Refused(str(unusable), "file") from unusable
    form = SuperiorForm(
        name=name,
        kind=outline["kind"],
        file_name=f"{file_name}.{outline['kind']}",
        content=content,
        outline=outline,
        uploaded_at=now,
        uploaded_by=by,
    )
    with transaction.atomic():
        with refuse_twin(form):
            form.save()
        record(verb="superior_form.uploaded", target=form, by=by, now=now)
    return form


@transaction.atomic
def bind_place(
    *, form: SuperiorForm, place: str, address: str, written_as: str, by: User | None, now: dt.datetime
) -> FormBinding:
    """Say which figure belongs there, in the place of what was said before. Raises `Refused` where none can."""
    form = locked(form)
    if lack := lack_of_place(form, place):
        raise Refused(lack, "place")
    former = form.bindings.filter(place=place).first()
    binding, _created = FormBinding.objects.update_or_create(
        form=form, place=place, defaults={"address": address, "written_as": written_as}
    )
    changes = {"form_place": (place, place), "reference": (former.address if former else None, address)}
    record(verb="superior_form.bound", target=form, by=by, now=now, changes=changes)
    return binding


@transaction.atomic
def unbind_place(*, form: SuperiorForm, place: str, by: User | None, now: dt.datetime) -> None:
    """Leave the place empty from now on."""
    form = locked(form)
    for binding in [each for each in form.bindings.all() if each.place == place]:  # a database takes not every text
        changes = {"form_place": (place, place), "reference": (binding.address, None)}
        record(verb="superior_form.unbound", target=form, by=by, now=now, changes=changes)
        binding.delete()


@transaction.atomic
def remove_form(*, form: SuperiorForm, by: User | None, now: dt.datetime) -> None:
    """Take the form away with its bindings; what was filled in with it lies with whoever downloaded it."""
    form = locked(form)
    record(verb="superior_form.removed", target=form, by=by, now=now)
    form.delete()
