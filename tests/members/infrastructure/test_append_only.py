"""What stands for good can't be altered through any door of the models."""

import pytest
from django.apps import apps

from members.infrastructure.append_only import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from members.infrastructure.audit import AuditEntry
from tests.support.factories import NOW

FOR_GOOD = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def test_the_trail_the_documents_and_their_signed_copies_stand_for_good():
    assert {model.__name__ for model in FOR_GOOD} == {
        "AuditEntry", "TrailLink", "IssuedDocument", "IssuedFile", "SignedCopy", "SignedCopyWithdrawal",
        "Dispatch", "DocumentReading",
    }  # fmt: skip
    assert all(isinstance(model._default_manager.all(), AppendOnlyQuerySet) for model in FOR_GOOD)


@pytest.mark.parametrize("model", FOR_GOOD)
def test_no_door_alters_a_row(db, model):
    rows = model._default_manager.all()
    row = model(pk=1)
    for act in (
        row.save,
        row.delete,
        rows.delete,
        lambda: rows.update(pk=2),
        lambda: rows.bulk_update([row], [model._meta.fields[1].name]),
        lambda: rows.bulk_create([row], update_conflicts=True, unique_fields=["pk"], update_fields=["id"]),
    ):
        with pytest.raises(AppendOnlyError):
            act()


def test_a_new_row_is_written(db):
    AuditEntry(at=NOW, actor_name="Thử", verb="unit.added", target_type="members.Unit", target_label="Thử").save()

    assert AuditEntry.objects.count() == 1
