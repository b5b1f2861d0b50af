"""A PDF as the revisions it grew by: what it is, and what was added to it since it was issued.

Signing a PDF appends to it: the bytes of the issued file stay where they were, and a
new revision with a signature follows. What is appended may also replace pages, though,
and a signature over the whole is then as valid as any. So each revision after the
issued one is reviewed, and nothing but what signing needs is let pass.
"""

from __future__ import annotations

import io
import re
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef
from pyhanko.sign import diff_analysis
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

#: What signing may put into a document's root and into its form; anything else is a change.
SIGNING_ADDS = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"})
SIGNING_ADDS_TO_FORM = frozenset({"/DA", "/DR", "/Fields", "/NeedAppearances", "/Q", "/SigFlags"})

_BESIDE_SIGNATURES = [
    diff_analysis.DocInfoRule(),
    diff_analysis.XrefStreamRule(),
    diff_analysis.ObjectStreamRule(),
    diff_analysis.DSSCompareRule(),
    diff_analysis.MetadataUpdateRule(),
]
#: pyHanko's own policy starts at a signed revision; this one at a file that has no form yet.
SIGNING_ONLY = diff_analysis.StandardDiffPolicy(
    global_rules=[
        diff_analysis.CatalogModificationRule(ignored_keys=SIGNING_ADDS),
        *(rule.as_qualified(ModificationLevel.LTA_UPDATES) for rule in _BESIDE_SIGNATURES),
    ],
    form_rule=diff_analysis.FormUpdatingRule(
        field_rules=[diff_analysis.SigFieldCreationRule(), diff_analysis.SigFieldModificationRule()],
        ignored_acroform_keys=SIGNING_ADDS_TO_FORM,
    ),
)


#: A document signed by all units and stamped for ever has fewer; each is work.
MOST_REVISIONS = 200


class UnusablePdf(Exception):
    """The file is no PDF that can be kept and examined; `str()` is a sentence for people."""


def read_pdf(content: bytes) -> PdfFileReader:
    """The file, if its pages can be reached. Raises `UnusablePdf`."""
    if not content.startswith(b"%PDF-"):
        raise UnusablePdf(_("This is not a PDF. Scan or sign the document as PDF and choose that file."))
    if has_too_many_revisions(content):
        raise UnusablePdf(_("This PDF has been changed too many times. Print it to a new PDF and choose that."))
    try:
        reader = open_pdf(content)
        if reader.encrypted:
            raise UnusablePdf(_("This PDF is protected by a password. Choose one that anybody can open."))
        pages = int(reader.root["/Pages"]["/Count"])
    except UnusablePdf:
        raise
    except Exception as fault:  # a file made to harm can make a reader raise anything
        raise UnusablePdf(_("This PDF is damaged or incomplete. Scan or export it again.")) from fault
    if pages < 1:
        raise UnusablePdf(_("This PDF has no pages."))
    return reader


def has_too_many_revisions(added: bytes) -> bool:
    """Told from the bytes, before anything is parsed; what hides its revisions meets the budget of time."""
    return max(added.count(b"startxref"), added.count(b"%%EOF"), added.count(b"trailer")) > MOST_REVISIONS


def open_pdf(content: bytes) -> PdfFileReader:
    """To the letter of the standard where the file keeps it; a scanner's small faults are read over."""
    try:
        return PdfFileReader(io.BytesIO(content))
    except PdfStrictReadError:
        return PdfFileReader(io.BytesIO(content), strict=False)


def unpack(reader: PdfFileReader) -> None:
    """Read object streams at once into the reader's cache.

    pyHanko reads the head of a stream again for every object in it. Our files hold
    thousands of objects in one: twenty seconds become half of one.
    """
    xrefs = reader.xrefs
    used = [xrefs.object_streams_used_in(revision) for revision in range(xrefs.total_revisions)]
    for number in {stream.idnum for streams in used for stream in streams}:
        stream: Any = generic.Reference(number, 0, reader).get_object()
        data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), stream["/First"]
        source, head = io.BytesIO(data), [int(figure) for figure in data[:first].split()]
        for index, (idnum, offset) in enumerate(zip(head[::2], head[1::2], strict=True)):
            reference = generic.Reference(idnum, 0, reader)
            if xrefs[reference] == ObjStreamRef(number, index):
                source.seek(first + offset)
                reader.cache_indirect_object(0, idnum, generic.read_object(source, reference))


def is_only_signed(reader: PdfFileReader, content: bytes, original: bytes) -> bool:
    """Whether a file that begins with the bytes of `original` shows what it shows, and has been signed at most."""
    before = PdfFileReader(io.BytesIO(original))
    last = before.xrefs.total_revisions - 1
    if reader.xrefs.hybrid_xrefs_present or reader.xrefs.total_revisions <= last:
        return False
    if reader.xrefs.get_startxref_for_revision(last) != before.last_startxref:
        return False  # the bytes are there, but what is read doesn't build on them
    if not _ends_with_its_last_revision(reader, content):
        return False
    base = reader.get_historical_resolver(last)
    no_form = generic.DictionaryObject({generic.NameObject("/Fields"): generic.ArrayObject()})
    base.root.setdefault("/AcroForm", no_form)
    return isinstance(SIGNING_ONLY.review_file(reader, base), DiffResult)


def _ends_with_its_last_revision(reader: PdfFileReader, content: bytes) -> bool:
    last = reader.xrefs.get_xref_container_info(reader.xrefs.total_revisions - 1)
    end = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*").search(content, last.end_location)
    return end is not None and int(end[1]) == last.declared_startxref and end.end() == len(content)
