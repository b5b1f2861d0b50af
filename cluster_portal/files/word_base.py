"""What a Word file is begun on: the standard base, made here, or a file of the office's own that can be one."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cluster_portal.files.active_content import refuse_active_content
from cluster_portal.files.office_packages import UNREADABLE, finished_package
from cluster_portal.files.word_styles import BUILT_IN, CENTER, add_missing_styles, set_face

LANGUAGE = "vi-VN"
#: By the last word of their relation's type.
LEFTOVERS = {"thumbnail", "stylesWithEffects", "customXml"}
#: A base unpacked is never larger; protects from archives that swell.
MAX_UNPACKED = 30 * 2**20


class UnusableBase(Exception):
    """The file can't be the base of documents: it is no Word file, or one that is too large."""


@cache
def standard_base() -> bytes:
    """The base that is used unless the office has one of its own; also what it may start from."""
    document = Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    set_face(normal)
    for name in BUILT_IN:
        if name in document.styles:
            document.styles[name].delete()
    add_missing_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    _drop_leftovers(document)
    section.different_first_page_header_footer = True
    _add_page_number(section.header.paragraphs[0])
    return saved(document)


def _drop_leftovers(document: Any) -> None:
    """What the library's own template brings along: its picture, a second set of styles, notes of its maker."""
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in LEFTOVERS:
                del part.rels[key]
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for zoom in document.settings.element.iter(qn("w:zoom")):  # the schema asks for a percentage, also beside a kind
        zoom.set(qn("w:percent"), "100")


def check_base(content: bytes) -> None:
    """Raises `UnusableBase` where the content is no Word file a document can begin on."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
                raise UnusableBase
            refuse_active_content(package)
        Document(io.BytesIO(content))
    except (*UNREADABLE, PackageNotFoundError, KeyError, SyntaxError) as error:
        raise UnusableBase from error


def _add_page_number(paragraph: Any) -> None:
    paragraph.alignment = CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def saved(document: Any) -> bytes:
    """The same document gives the same bytes."""
    file = io.BytesIO()
    document.save(file)
    return finished_package(file.getvalue())
