"""What the layout engine leaves out of a tagged PDF: whole tables, scopes of heads, a place to sign.

A table that runs over pages is tagged anew on each. Here it becomes one again: its rows
follow each other below the one head, and the heads that are printed again are artifacts,
as ISO 14289-1, 7.1 wants of what is repeated. Where somebody signs, a signature field
lies, so that a signing program finds the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.document import Document

#: Marks the room for a signature in a template; its value names the field.
SIGNATURE_ATTRIBUTE = "data-signature"
FIELD_DESCRIPTION = "Nơi ký số"
#: Points in a CSS pixel.
POINTS = 0.75
HEADS = ("/THead",)

Element = Any


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """A finisher of `write_pdf`: the tag tree as it should be, and the fields to sign in."""
    tree = Tree(pdf)
    tree.name_scopes()
    for parts in _tables_over_pages(document, tree):
        tree.join_table(parts)
    for name, page, box in _rooms_to_sign(document):
        tree.add_signature_field(name, page, box)


class Tree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self._at(pdf.catalog["StructTreeRoot"])
        self.numbers = self._at(self.root["ParentTree"])["Nums"]
        self.document = self._at(self.root["K"][0])

    def _at(self, reference: Any) -> Element:
        return self.pdf.objects[int(reference.split()[0])]

    def elements(self, *kinds: str) -> list[Element]:
        """Those of the kinds, in the order of the text."""
        return [each for each in self.pdf.objects if isinstance(each, pydyf.Dictionary) and each.get("S") in kinds]

    def kids(self, element: Element) -> list[Element]:
        return [self._at(kid) for kid in element["K"] if not isinstance(kid, int)]

    def below(self, element: Element) -> Iterator[Element]:
        """The element and all elements it holds."""
        yield element
        for kid in self.kids(element):
            if kid.get("Type") == "/StructElem":
                yield from self.below(kid)

    def page_number(self, element: Element) -> int:
        return list(self.pdf.page_references).index(element["Pg"])

    def name_scopes(self) -> None:
        """Say of each head whether it heads a column or a row."""
        for head in self.elements("/TH"):
            rows = self._at(self._at(head["P"])["P"])
            head["A"]["Scope"] = "/Column" if rows["S"] in HEADS else "/Row"

    def join_table(self, parts: list[Element]) -> None:
        """Put what stands in the later parts into the first; their heads are said once."""
        first, *later = parts
        for part in later:
            first_ids, own_ids = self._head_ids(first), self._head_ids(part)
            same_head = {own.string: first for own, first in zip(own_ids, first_ids, strict=False)}
            for kid in self.kids(part):
                if kid["S"] in HEADS:
                    self._make_artifact(kid)
                else:
                    kid["P"] = first.reference
                    first["K"].append(kid.reference)
                    self._refer(kid, same_head)
            part["K"] = pydyf.Array()
            self._remove(part)

    def _head_ids(self, table: Element) -> list[pydyf.String]:
        """The names of its heads of columns, in their order."""
        heads = [kid for kid in self.kids(table) if kid["S"] in HEADS]
        return [cell["ID"] for head in heads for cell in self.below(head) if "ID" in cell]

    def _refer(self, rows: Element, same_head: dict[str, pydyf.String]) -> None:
        """Let cells name the head that stays."""
        for cell in self.below(rows):
            if "Headers" in cell.get("A", {}):
                named = (same_head.get(head.string, head) for head in cell["A"]["Headers"])
                cell["A"]["Headers"] = pydyf.Array(named)

    def _make_artifact(self, element: Element) -> None:
        """Take what is printed again out of the tree."""
        page = self.page_number(element)
        marks = {kid for each in self.below(element) for kid in each["K"] if isinstance(kid, int)}
        owners = self.numbers[2 * page + 1]
        for mark in marks:
            owners[mark] = "null"
        stream = self._at(self._at(element["Pg"])["Contents"]).stream
        for place, operand in enumerate(stream):
            if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in marks:
                stream[place - 1], stream[place], stream[place + 1] = "/Artifact", b"BMC", b""
        element["K"] = pydyf.Array()

    def _remove(self, element: Element) -> None:
        """Take an empty element out, and what is empty without it."""
        while not element["K"] and element is not self.document:
            parent = self._at(element["P"])
            parent["K"] = pydyf.Array(kid for kid in parent["K"] if kid != element.reference)
            element = parent

    def add_signature_field(self, name: str, page: int, box: tuple[float, float, float, float]) -> None:
        """An empty signature field of that name, tagged as a form (ISO 14289-1, 7.18.4)."""
        page_reference = self.pdf.page_references[page]
        left, bottom, right, top = box
        nothing = pydyf.Stream(
            extra={"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, right - left, top - bottom))}
        )
        self.pdf.add_object(nothing)
        field = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": pydyf.String(name),
                "TU": pydyf.String(FIELD_DESCRIPTION),
                "F": 4,
                "Rect": pydyf.Array(box),
                "P": page_reference,
                "AP": pydyf.Dictionary({"N": nothing.reference}),
            }
        )
        self.pdf.add_object(field)
        form = self._form(field, page_reference)
        field["StructParent"] = self.numbers[-2] + 1
        self.numbers.extend((field["StructParent"], form.reference))
        self._at(page_reference).setdefault("Annots", pydyf.Array()).append(field.reference)
        fields = self.pdf.catalog.setdefault("AcroForm", pydyf.Dictionary({"Fields": pydyf.Array()}))["Fields"]
        fields.append(field.reference)

    def _form(self, field: Element, page: Any) -> Element:
        """The field's element, after everything else on its page."""
        object_reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page})
        self.pdf.add_object(object_reference)
        form = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Form",
                "K": pydyf.Array([object_reference.reference]),
                "Pg": page,
                "P": self.document.reference,
            }
        )
        self.pdf.add_object(form)
        places = [place for place, kid in enumerate(self.document["K"]) if self._at(kid)["Pg"] == page]
        self.document["K"].insert(places[-1] + 1 if places else len(self.document["K"]), form.reference)
        return form


def _tables_over_pages(document: Document, tree: Tree) -> list[list[Element]]:
    """Of each table that runs over pages the elements it was tagged as, page by page."""
    boxes = [box for page in document.pages for box in page._page_box.descendants() if _is_table(box)]
    parts: dict[int, list[Element]] = {}
    for box, element in zip(boxes, tree.elements("/Table"), strict=True):
        parts.setdefault(id(box.element), []).append(element)
    return [elements for elements in parts.values() if len(elements) > 1]


def _is_table(box: Any) -> bool:
    return getattr(box, "is_table_wrapper", False) and box.element is not None and box.element_tag == "table"


def _rooms_to_sign(document: Document) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    """The first room of each name: the page it is on, and where, in points from its lower left corner."""
    found = set()
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            name = box.element.get(SIGNATURE_ATTRIBUTE) if box.element is not None and box.width else None
            if name and name not in found:
                found.add(name)
                left, top = box.border_box_x() * POINTS, (page.height - box.border_box_y()) * POINTS
                right, bottom = left + box.border_width() * POINTS, top - box.border_height() * POINTS
                yield name, number, (round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))
