"""A page that is read asks once; whoever changes something asks anew."""

import pytest
from django.http import HttpResponse

from cluster_portal.once import OnceMiddleware, once
from members.models import Cluster


@pytest.mark.parametrize(("method", "times"), [("get", 1), ("head", 1), ("post", 2)])
def test_one_page_asks_once_and_the_next_anew(rf, method, times):
    asked = []

    def page(request):
        for _part in range(2):
            once("x", lambda: asked.append(1))
        return HttpResponse()

    for page_number in (1, 2):
        OnceMiddleware(page)(getattr(rf, method)("/"))
        assert len(asked) == times * page_number
    once("x", lambda: asked.append(1))
    once("x", lambda: asked.append(1))
    assert len(asked) == times * 2 + 2


def test_what_one_part_of_a_page_does_to_the_cluster_no_other_sees(rf, cluster, django_assert_num_queries):
    names = []

    def page(request):
        for _part in range(2):
            found = Cluster.get()
            names.append(found.name)
            found.name = "typed and not saved"
        return HttpResponse()

    with django_assert_num_queries(1):
        OnceMiddleware(page)(rf.get("/"))
    assert names == [cluster.name] * 2


def test_a_portal_without_a_name_is_one_too(rf, db):
    OnceMiddleware(lambda request: HttpResponse(Cluster.get().name + Cluster.get().name))(rf.get("/"))
