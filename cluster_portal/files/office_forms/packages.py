"""An office package whose parts are read and put back one by one. Knows no Django: the child process imports it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from cluster_portal.files.office_packages import UNREADABLE

#: What all parts of a form may grow to when they are unpacked.
MAX_UNPACKED = 40 * 2**20
MACROS = ("vbaProject.bin", "vbaData.xml")


class UnfitPackage(Exception):
    """The file can't be filled in; the argument is a code that `asking` has a sentence for."""


def open_package(content: bytes) -> dict[str, bytes]:
    """The parts by name, in their order; raises `UnfitPackage`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise UnfitPackage("too_large")
            if any(part.flag_bits & 1 for part in parts):
                raise UnfitPackage("password")
            if any(part.filename.endswith(MACROS) for part in parts):
                raise UnfitPackage("macros")
            return {part.filename: package.read(part) for part in parts if not part.is_dir()}
    except UNREADABLE as error:
        raise UnfitPackage("damaged") from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package again; the same parts give the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return file.getvalue()


def parsed(content: bytes) -> Any:
    """The root of a part; one that declares entities is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnfitPackage("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise UnfitPackage("damaged")
    return root


def written(root: Any) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def local(element: Any) -> str:
    """An element's name without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def named_like(element: Any, name: str) -> str:
    """`name` in the namespace of `element`: transitional and strict files differ in it."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def related(parts: Mapping[str, bytes], part: str, kind: str) -> dict[str, str]:
    """The parts that `part` names as its `kind`, by key."""
    folder, name = posixpath.split(part)
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    found = {}
    for relation in parsed(relations) if relations else ():
        target = relation.get("Target", "")
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path in parts:
                found[relation.get("Id", "")] = path
    return found
