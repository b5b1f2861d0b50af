"""Who changed a draft last, as the trail tells; what one person wrote and signed off is marked, and stays.

Taken back, a draft that waits for its approver is a draft again.
"""

from django.db import migrations
from django.db.models import F, Q

WORDED = ("document.subject_changed", "document.text_edited")


def tell_last_change(apps, schema_editor):
    entries = apps.get_model("members", "AuditEntry").objects.filter(target_type="reports.DocumentDraft")
    drafts = apps.get_model("reports", "DocumentDraft").objects
    for draft in drafts.order_by("pk"):
        last = entries.filter(target_id=draft.pk, verb__in=WORDED).order_by("-at", "-pk").first()
        drafts.filter(pk=draft.pk).update(changed_by=last.actor_id if last else draft.created_by_id)
    alone = Q(signed_off_by=None) | Q(signed_off_by=F("created_by")) | Q(signed_off_by=F("changed_by"))
    drafts.exclude(status="draft").filter(alone).update(is_of_one_hand=True)


def back_to_drafts(apps, schema_editor):
    drafts = apps.get_model("reports", "DocumentDraft").objects
    drafts.filter(status="submitted").update(status="draft", approver=None)


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_approval_by_another"), ("members", "0009_letters_whose_time_is_over")]

    operations = [migrations.RunPython(tell_last_change, back_to_drafts)]
