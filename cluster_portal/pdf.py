"""HTML to PDF: tagged (PDF/UA-1), in Vietnamese, from the project's own files only."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML, default_url_fetcher

DOCUMENT_LANGUAGE = "vi"
ALLOWED_ROOTS = (Path(settings.BASE_DIR) / "static",)


class ForbiddenResource(Exception):
    """A document named something outside the project's own files."""


def fetch_own_files(url: str, *args: Any, **kwargs: Any) -> Any:
    """WeasyPrint's fetcher, narrowed to `data:` and the project's static files."""
    parts = urlsplit(url)
    if parts.scheme == "data":
        return default_url_fetcher(url, *args, **kwargs)
    path = Path(unquote(parts.path)).resolve()
    if parts.scheme == "file" and any(path.is_relative_to(root) for root in ALLOWED_ROOTS):
        return default_url_fetcher(url, *args, **kwargs)
    raise ForbiddenResource(url)


def document_html(template: str, context: dict[str, Any]) -> str:
    """The finished HTML of an official document; those are Vietnamese only."""
    with translation.override(DOCUMENT_LANGUAGE):
        return render_to_string(template, context)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF/UA-1 file; style sheets are named relative to `static/`."""
    html = HTML(
        string=document_html(template, context),
        base_url=ALLOWED_ROOTS[0].as_uri() + "/",
        url_fetcher=fetch_own_files,
    )
    return html.write_pdf(pdf_variant="pdf/ua-1")
