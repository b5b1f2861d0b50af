"""E-mails on the way of a document: to who is to approve it, and back; they say nothing of what it tells."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.infrastructure.outbox.posting import Draft, withdraw
from members.models import Cluster, User
from reports.models import ApprovalRequest, DocumentDraft, IssuedDocument

KIND, SENT = "approval", "document_sent"


def put_before(request: ApprovalRequest, *, origin: str) -> Draft:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A document waits for your approval")
    return _letter(request, request.approver, subject, "asked", origin)


def returned(request: ApprovalRequest, *, origin: str) -> Draft:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A document has been returned to you")
    return _letter(request, _asker(request), subject, "returned", origin)


def approved(request: ApprovalRequest, *, origin: str) -> Draft:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A document has been approved")
    return _letter(request, _asker(request), subject, "approved", origin)


def sent(document: IssuedDocument, person: User, *, origin: str) -> Draft:
    """To a liaison of a unit the document was sent to, with the way to it."""
    link = origin.rstrip("/") + reverse("reports:sent-detail", args=[document.pk])
    context = {"person": person, "document": document, "cluster": Cluster.get(), "link": link}
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Document %(notation)s has been sent to your unit") % {"notation": document.notation}
        body = render_to_string("reports/documents/mail_sent.txt", context)
    return Draft.to(person, SENT, f"document:{document.pk}:{person.pk}", subject=subject, body=body)


def take_back(draft: DocumentDraft, *, now: dt.datetime) -> None:
    """What waits and tells of the state it was in isn't true any more."""
    withdraw(about=draft, kinds=(KIND,), now=now)


def _asker(request: ApprovalRequest) -> User:
    if request.asked_by is None:
        raise ValueError("nobody asked for it")
    return request.asked_by


def _letter(request: ApprovalRequest, person: User, subject: str, state: str, origin: str) -> Draft:
    draft = request.draft
    link = origin.rstrip("/") + draft.get_absolute_url() if origin else ""
    context = {"person": person, "state": state, "draft": draft, "cluster": Cluster.get(), "link": link}
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("reports/documents/mail_approval.txt", context)
    return Draft.to(person, KIND, f"approval:{request.pk}:{state}", subject=subject, body=body, unit_id=None)
