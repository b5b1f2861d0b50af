"""The secretariat edits what is counted; what is out of use stays where it was counted."""

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from incidents.models import Category, CategoryGroup
from members.models import AuditEntry
from reports.models import Indicator
from reports.submissions.catalogue import Catalogue
from tests.support.factories import RoundFactory


def post(client, kind, pk=None, **typed):
    name = "catalogue-edit" if pk else "catalogue-add"
    return client.post(reverse(f"reports:{name}", args=[kind, pk] if pk else [kind]), typed)


def test_a_category_gets_its_code_from_its_name(as_user, secretariat, cluster):
    group = CategoryGroup.objects.first()
    typed = {"name": "Mua bán người", "group": group.pk, "polarity": "fewer", "order": 11, "is_active": "on"}
    post(as_user(secretariat), "categories", **typed)
    assert Category.objects.get(name="Mua bán người").code == "mua-ban-nguoi"
    assert AuditEntry.objects.filter(verb="catalogue.added").count() == 1


def test_a_name_in_other_spelling_is_taken(as_user, secretariat, cluster):
    typed = {"name": "ma tuy", "group": CategoryGroup.objects.first().pk, "polarity": "fewer", "order": 1}
    response = post(as_user(secretariat), "categories", **typed)
    assert list(response.context["form"].errors) == ["name"]


def test_a_category_out_of_use_is_no_longer_asked_for_but_still_read(as_user, secretariat, cluster):
    drugs = Category.objects.get(code="ma-tuy")
    typed = {"name": drugs.name, "group": drugs.group_id, "polarity": "neutral", "order": 1, "revision": 1}
    post(as_user(secretariat), "categories", drugs.pk, **typed)
    assert "ma-tuy" not in {category.code for category in Catalogue.load(period=Period(2022, 1)).categories}
    read = Catalogue.load(period=Period(2022, 1), including=frozenset({"ma-tuy"}))
    assert "ma-tuy" in {category.code for category in read.categories}


def test_two_people_do_not_overwrite_each_others_change(as_user, secretariat, cluster):
    indicator = Indicator.objects.first()
    typed = {"noun": "buổi", "polarity": "more", "order": 1, "is_active": "on", "revision": 1}
    client = as_user(secretariat)
    post(client, "indicators", indicator.pk, name="Buổi phổ biến pháp luật", **typed)
    response = post(client, "indicators", indicator.pk, name="Buổi truyền thông", **typed)
    indicator.refresh_from_db()
    assert indicator.name == "Buổi phổ biến pháp luật"
    assert "name" in response.context["form"].errors


def test_an_unknown_kind_is_not_found(as_user, secretariat, cluster):
    assert as_user(secretariat).get(reverse("reports:catalogue-add", args=["colours"])).status_code == 404


@pytest.mark.parametrize(("kind", "model"), [("categories", Category), ("indicators", Indicator)])
def test_what_counts_is_written_by_the_office_and_read_in_the_form(as_user, secretariat, liaison, cluster, kind, model):
    entry = model.objects.first()
    address = reverse("reports:catalogue-edit", args=[kind, entry.pk])
    client = as_user(secretariat)
    form = client.get(address).context["form"]
    client.post(address, {**{name: form[name].value() for name in form.fields}, "help": "Mỗi buổi tính một."})
    opened, unit = RoundFactory(), liaison.unit
    page = as_user(liaison).get(reverse("reports:submission-edit", args=[opened.period, unit.pk]), {"step": "all"})
    assert page.text.count("Mỗi buổi tính một.") == 1
