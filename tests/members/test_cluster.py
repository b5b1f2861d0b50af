import pytest

from members.actions import change_cluster, set_up_cluster
from members.infrastructure.editing import StaleEdit
from members.models import AuditEntry, Cluster
from tests.support.factories import NOW

VALUES = {"name": "Cụm Một", "short_name": "Cụm 1", "issuer_line": "CỤM MỘT", "place": "Sóc Sơn"}


def test_the_cluster_is_set_up_once(db, secretariat):
    set_up_cluster(values=VALUES, by=secretariat, now=NOW)

    with pytest.raises(StaleEdit):
        set_up_cluster(values={**VALUES, "name": "Cụm Hai"}, by=secretariat, now=NOW)

    assert Cluster.get().name == "Cụm Một"


def test_changing_the_cluster_leaves_a_trace(cluster, secretariat):
    change_cluster(cluster, values={"place": "Hà Nội"}, revision=1, by=secretariat, now=NOW)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == ("cluster.changed", {"place": ["Sóc Sơn", "Hà Nội"]})


def test_a_form_opened_before_the_set_up_can_not_overwrite_it(db, secretariat):
    blank = Cluster.get()
    set_up_cluster(values=VALUES, by=secretariat, now=NOW)

    with pytest.raises(StaleEdit):
        change_cluster(blank, values={"name": "Cụm Hai"}, revision=blank.revision, by=secretariat, now=NOW)
