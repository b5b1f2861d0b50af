"""Letters in the outbox."""

from members.infrastructure.outbox.posting import Draft, post
from members.models import Letter
from tests.support.factories import NOW


def draft(key="first", address="donvi@example.vn", **values):
    return Draft(**{"kind": "account", "subject": "Thư thử", "body": "Nội dung", **values}, key=key, address=address)


def letter(key="first", *, by=None, about=None, now=NOW, **values):
    """One that waits."""
    post(draft(key, **values), about=about, by=by, now=now)
    return Letter.objects.get(key=key)


def letter_to(unit):
    return letter(f"unit:{unit.pk}", unit_id=unit.pk)
