"""The portal's address as strangers reach it, for what is printed and for mails that no page causes.

Whoever issues a document may sit at another address – an inner name, a tunnel, localhost –
which nobody who holds the paper can open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.http import HttpRequest
from django.http.request import validate_host


def public_url(path: str) -> str:
    """The address of a page of the portal; without the setting, at the first of its hosts."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    return f"{settings.PORTAL_ADDRESS or f'{scheme}://{host}'}{path}"


def mailed_url(request: HttpRequest, path: str) -> str:
    """Where a mail leads that somebody's click causes; without the setting, to the address they clicked at."""
    return f"{settings.PORTAL_ADDRESS}{path}" if settings.PORTAL_ADDRESS else request.build_absolute_uri(path)


@register(Tags.security, deploy=True)
def check_portal_address(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """The QR code of an issued document leads there for years."""
    address = settings.PORTAL_ADDRESS
    hint = "Set it to the address at which anybody reaches the portal: PORTAL_ADDRESS=https://portal.example.vn"
    if not address:
        return [CheckWarning("PORTAL_ADDRESS is not set; it is printed on documents.", hint=hint, id="portal.W001")]
    if not validate_host(urlsplit(address).hostname or "", settings.ALLOWED_HOSTS):
        wrong = f"PORTAL_ADDRESS is {address}, whose host is none of ALLOWED_HOSTS: the QR codes lead nowhere."
        return [CheckWarning(wrong, hint=hint, id="portal.W002")]
    return []
