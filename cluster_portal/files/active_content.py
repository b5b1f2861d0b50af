"""What an office file may do when it is opened – macros, embedded objects, fetching from elsewhere – found by content.

A name says nothing: parts are renamed, types declared anew. So every part is looked at, by a process of its own
(`python -m cluster_portal.files.active_content`, asked by `office_files`): a few kilobytes may unpack to millions of
elements. Knows no Django, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from lxml import etree

from cluster_portal.bounded import limit_this_process
from cluster_portal.files.office_packages import UNREADABLE

#: Bytes of memory, and seconds of work.
MEMORY, SECONDS = 1 << 30, 8
MAX_PARTS = 5_000
#: What one part and all of them may unpack to; pictures are looked at by their first bytes alone.
MAX_XML, MAX_UNPACKED = 32 * 2**20, 400 * 2**20
#: Angle brackets that open, in all parts together; a sheet of 20,000 rows and twenty columns has as many.
MAX_MARKS = 2_000_000
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
TYPES, XML = "[Content_Types].xml", (".xml", ".rels", ".rdf", ".vml")
#: Elements of OpenDocument that hold programs, and those that may be taken from elsewhere.
OBJECTS = ("applet", "plugin", "object-ole")
LOADING = ("image", "object", "section-source", "floating-frame")
LOOKED_AT = [f"{{*}}{name}" for name in ("instrText", "fldSimple", "event-listener", "script", *OBJECTS, *LOADING)]
ODT = b"application/vnd.oasis.opendocument.text"
#: The part that only this kind of Office Open XML has.
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


class Does(StrEnum):
    PROGRAMS = "programs"
    OUTSIDE = "outside"


class ActiveContent(Exception):
    """The file would do something: `does` says what."""

    def __init__(self, does: Does) -> None:
        super().__init__(does)
        self.does = does


def kind_of(content: bytes) -> str | None:
    """Which office file it is – docx, pptx, xlsx, odt – or None for no readable one. Raises `ActiveContent`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            refuse_active_content(package)
            return _kind_of_package(package)
    except UNREADABLE:
        return None


def _kind_of_package(package: zipfile.ZipFile) -> str | None:
    parts = set(package.namelist())
    if "mimetype" in parts and package.getinfo("mimetype").file_size < 200:
        return "odt" if package.read("mimetype") == ODT else None
    return next((kind for kind, part in MAIN_PARTS.items() if part in parts), None) if TYPES in parts else None


def refuse_active_content(package: zipfile.ZipFile) -> None:
    """Raises `ActiveContent`, and `zipfile.BadZipFile` for what can't be looked through."""
    _Look().through(package)


class _Look:
    """One file looked through, with all that lies in it."""

    def __init__(self) -> None:
        self.marks = 0

    def through(self, package: zipfile.ZipFile, *, within: int = 0) -> None:
        """A workbook within, which every chart of a slide brings along, is looked through, too; `within` counts."""
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise zipfile.BadZipFile
        types = next((part for part in parts if part.filename == TYPES and part.file_size), None)
        is_xml = _declared_xml(self._parsed(package, types) if types else None)
        for part in parts:
            if PLACES.search(part.filename):
                raise ActiveContent(Does.PROGRAMS)
            with package.open(part) as opened:
                head = opened.read(8)
            is_package = head.startswith(b"PK\x03\x04")
            if head.startswith(PROGRAMS) or (EMBEDDED.search(part.filename) and not is_package):
                raise ActiveContent(Does.PROGRAMS)
            if is_package:
                self._within(package, part, within)
            elif part.file_size and is_xml.fullmatch(part.filename):
                self._look_into(package, part)

    def _within(self, package: zipfile.ZipFile, part: zipfile.ZipInfo, within: int) -> None:
        if within or part.file_size > MAX_XML:
            raise ActiveContent(Does.PROGRAMS)
        with zipfile.ZipFile(io.BytesIO(package.read(part))) as inner:
            self.through(inner, within=within + 1)

    def _look_into(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        root = self._parsed(package, part)
        is_rels = part.filename.lower().endswith(".rels")
        if is_rels or part.filename == TYPES:
            elements = [element for element in root.iter() if isinstance(element.tag, str)]
            if any(DECLARED.search(str(value)) for element in elements for value in element.values()):
                raise ActiveContent(Does.PROGRAMS)
            if is_rels and any(map(_leads_outside, elements)):
                raise ActiveContent(Does.OUTSIDE)
        found = list(root.iter(LOOKED_AT))
        if FIELDS.search("".join(_instructions(found))) or any(map(_loads, found)):
            raise ActiveContent(Does.OUTSIDE)

    def _parsed(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> etree._Element:
        """Without entities and the net; a part that declares types of its own is none of an office program's."""
        if part.file_size > MAX_XML:
            raise zipfile.BadZipFile
        content = package.read(part)
        self.marks += content.count(b"<")
        if self.marks > MAX_MARKS:
            raise zipfile.BadZipFile
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as fault:
            raise zipfile.BadZipFile from fault
        if root.getroottree().docinfo.internalDTD is not None:
            raise zipfile.BadZipFile
        return root


def _declared_xml(types: etree._Element | None) -> re.Pattern[str]:
    """The names of parts that are XML: by their ending, or because the package declares them so."""
    names, endings = [], [re.escape(ending[1:]) for ending in XML]
    for told in types.iter("{*}Override", "{*}Default") if types is not None else ():
        if re.search(r"[+/]xml$", told.get("ContentType", "").strip(), re.I) and "svg" not in told.get("ContentType"):
            names.append(re.escape(told.get("PartName", "").removeprefix("/")))
            endings.append(re.escape(told.get("Extension", "xml")))
    return re.compile(rf"(?:{'|'.join(names) or '(?!)'})|.*\.(?:{'|'.join(endings)})", re.I | re.S)


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
    if name in ("event-listener", "script", *OBJECTS):
        return element.get(HREF) is not None or name in OBJECTS
    href = str(element.get(HREF) or "")
    return name in LOADING and bool(re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\|/|\.\./\.\.", href, re.I))


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    try:
        said = {"kind": kind_of(sys.stdin.buffer.read())}
    except ActiveContent as found:
        said = {"does": found.does.value}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
