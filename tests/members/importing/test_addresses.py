"""A kind of table whose rows go to one place among several: the place is in its addresses."""

import dataclasses

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import get_object_or_404
from django.test import override_settings
from django.urls import include, path, reverse

from members.importing.addresses import import_paths
from members.infrastructure.capabilities import Can
from members.models import TableImport, Unit
from members.unit_import import UNIT_IMPORT
from tests.support.tables import UNITS, xlsx


def _neighbours_of(request, unit_id):
    """Units that are entered from the page of another, as guests are from that of a meeting."""
    get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    return dataclasses.replace(
        UNIT_IMPORT, prefix="neighbour-import", home="members:unit-detail", url_args={"unit_id": unit_id}
    )


urlpatterns = [
    *import_paths("beside/<int:unit_id>/", name="neighbour-import", can=Can.SEE_UNITS, kind=_neighbours_of),
    path("", include("cluster_portal.urls")),
]


@pytest.fixture
def client(as_user, secretariat, cluster):
    with override_settings(ROOT_URLCONF=__name__):
        yield as_user(secretariat)


def page(unit, step="", **args):
    return reverse(f"neighbour-import{step}", kwargs={"unit_id": unit.pk, **args})


def upload(client, unit, name="Xã Mới"):
    data = xlsx(UNITS, [name, name.removeprefix("Xã "), "xã", "01/07/2020", None])
    return client.post(page(unit), {"file": SimpleUploadedFile("a.xlsx", data)}, follow=True)


def test_every_page_of_it_leads_to_pages_of_the_same_place(client, unit):
    shown = upload(client, unit)
    assert shown.redirect_chain == [(page(unit, "-preview"), 302)]
    for step in ("-confirm", "-preview"):
        assert f'action="{page(unit, step)}"' in shown.text
    assert f'href="{unit.get_absolute_url()}"' in shown.text

    stored = client.post(page(unit, "-confirm"), {"shown": shown.context["fingerprint"]}, follow=True)
    (kept,) = TableImport.objects.all()
    assert stored.redirect_chain == [(page(unit, "-stored", import_id=kept.pk), 302)]
    client.post(page(unit, "-undo", import_id=kept.pk))
    assert not Unit.objects.filter(name="Xã Mới").exists()


def test_what_waits_for_one_place_is_not_stored_in_another(client, unit, other_unit):
    upload(client, unit)
    assert client.get(page(other_unit, "-preview")).url == page(other_unit)
    upload(client, other_unit, "Xã Khác")
    assert "Xã Mới" in client.get(page(unit, "-preview")).text


def test_what_was_stored_for_one_place_is_not_found_in_another(client, unit, other_unit):
    client.post(page(unit, "-confirm"), {"shown": upload(client, unit).context["fingerprint"]})
    kept = TableImport.objects.get()
    assert client.get(page(other_unit, "-stored", import_id=kept.pk)).status_code == 404
    assert client.get(page(other_unit)).context["earlier"] == []
    assert client.get(page(unit)).context["earlier"] == [(kept, page(unit, "-stored", import_id=kept.pk))]


def test_a_place_somebody_may_not_see_is_not_found(client, liaison, other_unit):
    client.force_login(liaison)
    assert client.get(page(other_unit)).status_code == 404
