"""What Word and Excel files have in common: a package of XML parts.

The writers of both put the time of saving into their files. Here it is taken out again,
so that the same content always gives the same bytes and a digest tells one from another;
and what openpyxl writes in an order of its own is put into that of the schema.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

#: The earliest time a ZIP archive can hold; it stands for “no time”.
NO_TIME = (1980, 1, 1, 0, 0, 0)
CORE_PROPERTIES, SHEET_STYLES = "docProps/core.xml", "xl/styles.xml"
#: What is said of a font, in the order in which Office reads it (ISO/IEC 29500, CT_Font).
OF_FONTS = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")
#: What reading a stranger's package may raise: it is none, was cut off or damaged, has a password, or packs unheard of.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
#: What XML 1.0 can't hold.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def finished_package(package: bytes) -> bytes:
    """The same package with every time of saving set to one and the same, its fonts told in the schema's order."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == CORE_PROPERTIES:
                part = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            if name == SHEET_STYLES:
                part = _fonts_in_order(part)
            info = zipfile.ZipInfo(name, NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return file.getvalue()


def _fonts_in_order(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    for font in root.iter(f"{SHEETS}font"):
        font[:] = sorted(font, key=lambda told: OF_FONTS.index(etree.QName(told).localname))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def printable(text: str) -> str:
    """The text without the control characters that XML can't hold."""
    return ILLEGAL.sub("", text)
