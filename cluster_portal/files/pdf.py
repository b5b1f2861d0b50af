"""HTML to PDF: tagged (PDF/UA-1), in Vietnamese, from the project's own files only."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cluster_portal.files.finished import kept_of_html
from cluster_portal.files.pdf_structure import finish
from cluster_portal.unbroken import unbroken_html

DOCUMENT_LANGUAGE = "vi"
READING, KEEPING = "pdf/ua-1", "pdf/a-3a"

#: Says that a PDF/A file is a PDF/UA-1 file as well; PDF/A wants the foreign property described beside it.
ALSO_FOR_READING = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
STATIC = Path(settings.BASE_DIR) / "static"


class ForbiddenResource(Exception):
    """A document named something outside the project's own files; it is left out."""


class OwnFilesFetcher(URLFetcher):
    """WeasyPrint's fetcher, narrowed to `data:` and the project's static files."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        own = parts.scheme == "file" and Path(unquote(parts.path)).resolve().is_relative_to(STATIC)
        if not own and parts.scheme != "data":
            raise ForbiddenResource(url)
        return super().fetch(url, headers)


def document_html(template: str, context: dict[str, Any]) -> str:
    """The finished HTML of an official document; those are Vietnamese only."""
    with translation.override(DOCUMENT_LANGUAGE):
        return render_to_string(template, context)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF/UA-1 file; the same context gives the same bytes.

    Style sheets are named relative to `static/`; pictures come as `data:`.
    """
    return html_to_pdf(document_html(template, context))


@kept_of_html
def html_to_pdf(html: str) -> bytes:
    """A finished document's PDF/UA-1 bytes."""
    content: bytes = _laid_out(html).write_pdf(pdf_variant=READING, finisher=finish)
    return content


@dataclass(frozen=True)
class SourceData:
    """A file that goes along in the archival PDF: the data the document was made from, as of `date`."""

    name: str
    description: str
    content: bytes
    date: dt.datetime


def html_to_pdfs(html: str, source: SourceData | None = None) -> tuple[bytes, bytes]:
    """The document for reading (PDF/UA-1) and for keeping (PDF/A-3a, with its source data if any), laid out once."""
    document = _laid_out(html)
    reading = document.write_pdf(pdf_variant=READING, finisher=finish)
    if source is not None:
        document.metadata.attachments = [_attachment(source)]
    return reading, document.write_pdf(pdf_variant=KEEPING, finisher=_name_as_readable)


def _name_as_readable(document: Document, pdf: Any) -> None:
    """Put `ALSO_FOR_READING` into the file's metadata, which must be one RDF."""
    finish(document, pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    end = b"</rdf:RDF>"
    metadata.stream = [part.replace(end, ALSO_FOR_READING + end) for part in metadata.stream]


def _attachment(source: SourceData) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(source.content),
        name=source.name,
        description=source.description,
        created=source.date,
        modified=source.date,
        relationship="Source",
    )


def _laid_out(html: str) -> Document:
    fetcher = OwnFilesFetcher(allow_redirects=False)
    html = unbroken_html(html)
    return HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=fetcher).render(pdf_variant=READING)
