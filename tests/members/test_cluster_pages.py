import datetime as dt

import pytest
from django.urls import reverse

from members.letterhead import build_letterhead
from members.models import Cluster, LeadTerm

SENT = {
    "name": "Cụm Một",
    "short_name": "Cụm 1",
    "cut_off_rule": "calendar",
    "issuer_line": "CỤM MỘT",
    "place": "Sóc Sơn",
    "signer_capacity": "CỤM TRƯỞNG",
}


def test_the_cluster_is_set_up_on_its_page(as_user, secretariat):
    client = as_user(secretariat)
    opened = client.get("/cluster/").context["form"]["revision"].value()

    client.post("/cluster/", {**SENT, "revision": opened})

    assert Cluster.get().name == "Cụm Một"


def test_every_setting_stands_on_the_page_so_that_saving_it_empties_none(as_user, secretariat, cluster):
    page = as_user(secretariat).get("/cluster/")
    told = page.content.decode()
    assert [name for name in page.context["form"].fields if f'name="{name}"' not in told] == []


def test_a_second_set_up_is_shown_the_first(as_user, secretariat, cluster):
    response = as_user(secretariat).post("/cluster/", {**SENT, "revision": 0})

    assert cluster.name in response.context["form"].errors["name"][0]
    assert Cluster.get().name == cluster.name


def test_a_handover_is_recorded_on_its_page(as_user, secretariat, cluster, unit, other_unit):
    LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2021, 1, 1))
    sent = {"role": "lead", "unit": other_unit.pk, "starts_on": "2022-01-01"}

    as_user(secretariat).post(reverse("members:lead-term-hand-over"), sent)

    assert LeadTerm.objects.get(unit=unit).ends_on == dt.date(2021, 12, 31)
    assert LeadTerm.objects.get(unit=other_unit).ends_on is None


def test_a_refused_handover_says_why(as_user, secretariat, cluster, unit, other_unit):
    LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2021, 1, 1))
    sent = {"role": "lead", "unit": other_unit.pk, "starts_on": "2020-01-01"}

    response = as_user(secretariat).post(reverse("members:lead-term-hand-over"), sent)

    assert "01/01/2021" in response.context["form"].errors["starts_on"][0]


def test_a_term_is_ended_on_its_page(as_user, secretariat, cluster, unit):
    term = LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2021, 1, 1))

    as_user(secretariat).post(reverse("members:lead-term-end", args=[term.pk]), {"ends_on": "2022-12-31"})

    assert LeadTerm.objects.get().ends_on == dt.date(2022, 12, 31)


def test_a_term_is_taken_back_after_a_question(as_user, secretariat, unit):
    term = LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2021, 1, 1))
    client, url = as_user(secretariat), reverse("members:lead-term-remove", args=[term.pk])

    client.get(url)
    assert LeadTerm.objects.exists()

    client.post(url)
    assert not LeadTerm.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_terms_need_the_same_queries_however_many(as_user, chair, unit, count, django_assert_num_queries):
    for year in range(count):
        first, last = dt.date(2000 + year, 1, 1), dt.date(2000 + year, 12, 31)
        LeadTerm.objects.create(unit=unit, role="lead", starts_on=first, ends_on=last)
    client = as_user(chair)

    with django_assert_num_queries(6):  # session, user, holders, terms, cluster, alerts
        assert len(client.get("/lead-terms/").context["terms"]) == count


@pytest.mark.parametrize(
    ("authority", "title", "wrong"),
    [("KT.", "", ["signer_title"]), ("", "CỤM PHÓ", ["signer_title"]), ("KT.", "CỤM PHÓ", []), ("Q.", "", [])],
)
def test_who_signs_on_behalf_says_with_which_title(as_user, secretariat, cluster, authority, title, wrong):
    sent = {**SENT, "revision": cluster.revision, "signer_authority": authority, "signer_title": title}

    response = as_user(secretariat).post("/cluster/", sent)

    errors = list(response.context["form"].errors) if response.context else []
    assert errors == wrong
    if not wrong:
        letterhead = build_letterhead(Cluster.get(), on=None)
        assert (letterhead.signer_capacity, letterhead.signer_title) == (f"{authority} CỤM TRƯỞNG", title)
