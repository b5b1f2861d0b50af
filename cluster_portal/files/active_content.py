"""What an office file may do when it is opened – macros, embedded objects, fetching from elsewhere – found by content.

A name says nothing: parts are renamed, types declared anew. So every part is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

MAX_PARTS = 5_000
#: What one part and all of them may unpack to; pictures are looked at by their first bytes alone.
MAX_XML, MAX_UNPACKED = 32 * 2**20, 400 * 2**20
#: OLE (Word 97 files, embedded objects, VBA), and programs of Windows, Linux and macOS.
PROGRAMS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
#: Parts of OpenDocument, and of Office Open XML, that hold programs or objects.
PLACES = re.compile(
    r"(^|/)(basic|scripts|object ?\d*|activex|ctrlprops)/|vba(project|data)|\.(exe|dll|js|vbs)$", re.IGNORECASE
)
EMBEDDED = re.compile(r"(^|/)embeddings/", re.IGNORECASE)
#: Content types and relationships that declare them, whatever the part is called.
DECLARED = re.compile(r"macroenabled|vbaproject|vbadata|oleobject|activex|attachedtoolbars", re.I)
FIELDS = re.compile(r"\bDDE(AUTO)?\b|\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b", re.I)
HARMLESS_LINK = re.compile(r"(https?://|mailto:|#)", re.I)
HREF = "{http://www.w3.org/1999/xlink}href"


class ActiveContent(Exception):
    """The file would do something; `str()` says what, in a sentence for people."""


def refuse_active_content(package: zipfile.ZipFile, *, within: int = 0) -> None:
    """Raises `ActiveContent`, and `zipfile.BadZipFile` for what can't be looked through.

    A workbook within, which every chart of a slide brings along, is looked through likewise; `within` counts them.
    """
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise zipfile.BadZipFile
    for part in parts:
        if PLACES.search(part.filename):
            raise _programs()
        with package.open(part) as opened:
            head = opened.read(8)
        if head.startswith(PROGRAMS) or (EMBEDDED.search(part.filename) and not head.startswith(b"PK\x03\x04")):
            raise _programs()
        if head.startswith(b"PK\x03\x04"):
            _look_into_package(package, part, within)
        if part.file_size and part.filename.lower().endswith((".xml", ".rels", ".rdf")):
            _look_into(package, part)


def _look_into_package(package: zipfile.ZipFile, part: zipfile.ZipInfo, within: int) -> None:
    if within or part.file_size > MAX_XML:
        raise _programs()
    with zipfile.ZipFile(io.BytesIO(package.read(part))) as inner:
        refuse_active_content(inner, within=within + 1)


def _programs() -> ActiveContent:
    return ActiveContent(_("The file holds macros, programs or embedded objects. Save it without them."))


def _outside() -> ActiveContent:
    return ActiveContent(_("The file fetches parts from elsewhere when it is opened. Break these links, then save it."))


def _look_into(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > MAX_XML:
        raise zipfile.BadZipFile
    root = _parsed(package.read(part))
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    declares = part.filename == "[Content_Types].xml" or part.filename.endswith(".rels")
    if declares and any(DECLARED.search(str(value)) for element in elements for value in element.values()):
        raise _programs()
    if part.filename.endswith(".rels") and any(map(_leads_outside, elements)):
        raise _outside()
    if FIELDS.search("".join(_instructions(elements))) or any(map(_loads, elements)):
        raise _outside()


def _parsed(content: bytes) -> etree._Element:
    """Without entities and the net; a part that declares types of its own is none of an office program's."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise zipfile.BadZipFile from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise zipfile.BadZipFile
    return root


def _leads_outside(element: etree._Element) -> bool:
    """An external relationship; a link that somebody must click is none, unless it opens a file."""
    values = {etree.QName(name).localname.lower(): str(value) for name, value in element.attrib.items()}
    if values.get("targetmode", "").strip().lower() != "external":
        return False
    is_link = values.get("type", "").endswith("/hyperlink")
    return not (is_link and HARMLESS_LINK.match(values.get("target", "").strip()))


def _instructions(elements: list[etree._Element]) -> Iterator[str]:
    """The code of Word's fields, which may be cut into runs."""
    for element in elements:
        name = etree.QName(element).localname
        if name == "instrText":
            yield element.text or ""
        elif name == "fldSimple":
            yield " ".join(["", *map(str, element.values()), ""])


def _loads(element: etree._Element) -> bool:
    """OpenDocument: a picture, frame or section that is taken from elsewhere, or an event with a script."""
    name = etree.QName(element).localname
    if name in ("event-listener", "script", "applet", "plugin", "object-ole"):
        return element.get(HREF) is not None or name in ("applet", "plugin", "object-ole")
    href = str(element.get(HREF) or "")
    return name in ("image", "object", "section-source", "floating-frame") and bool(
        re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\|/|\.\./\.\.", href, re.I)
    )
