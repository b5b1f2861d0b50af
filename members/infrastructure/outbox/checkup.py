"""What `manage.py doctor` tells of the post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings

from cluster_portal.doctor import Finding, note, ok, wrong
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.outbox.server import Away, mail_server

#: A letter that is due for so long waits for something.
LATE = dt.timedelta(hours=1)


def mail(*, now: dt.datetime) -> Iterator[Finding]:
    """Whether the server lets the portal in, and what does not get away."""
    if "smtp" not in settings.EMAIL_BACKEND and "outbox" not in settings.EMAIL_BACKEND:
        yield note("e-mails go to nobody: EMAIL_URL names no mail server")
    else:
        try:
            with mail_server():
                yield ok(f"{settings.EMAIL_HOST} takes e-mails")
        except Away as fault:
            yield wrong(f"{settings.EMAIL_HOST} takes no e-mails: {fault}")
    failed = Letter.objects.filter(state__in=(Letter.State.FAILED, Letter.State.UNCLEAR)).count()
    late = Letter.objects.due(now - LATE).count()
    if failed:
        yield wrong(f"{failed} e-mails failed or are unclear: see Thư gửi đi")
    if late:
        yield wrong(f"{late} e-mails wait for more than an hour")
