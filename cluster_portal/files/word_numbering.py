"""Headings that Word numbers itself: ``I.``, below it ``1.``, below that ``a)`` (Phụ lục I, II.6).

Who moves a part in Word finds the others renumbered. A heading whose number is not the
one Word would count to keeps it as text, so that the file never says another than the PDF.
"""

from __future__ import annotations

import re
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from cluster_portal.formatting import roman

#: The levels as Word calls them: how it counts, and what it writes.
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
#: In twips, as far in as a paragraph begins: 1 cm (II.6).
INDENT = 567
MARKS = (re.compile(r"([IVXLC]+)\. "), re.compile(r"([0-9]+)\. "))


class HeadingNumbers:
    """Counts along with Word, heading by heading."""

    def __init__(self, document: Any, style_ids: tuple[str, ...]) -> None:
        self.document, self.style_ids = document, style_ids
        self.counted = [0] * len(MARKS)
        self._number_id: int | None = None

    def take(self, paragraph: Any, text: str, level: int) -> str:
        """What is left to write of the heading `text`, once the paragraph is numbered by Word."""
        found, number = MARKS[level].match(text), self.counted[level] + 1
        if found is None or found[1] != (roman(number) if level == 0 else str(number)):
            return text
        self.counted[level:] = [number] + [0] * (len(MARKS) - level - 1)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = self._list()
        return text[found.end() :]

    def _list(self) -> int:
        """The key of the document's one list of headings, made when it is first asked for."""
        if self._number_id is None:
            numbering = _numbering_part(self.document).element
            taken = [int(each.get(qn("w:abstractNumId"))) for each in numbering.findall(qn("w:abstractNum"))]
            key = max(taken, default=-1) + 1
            levels = "".join(
                f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
                f'<w:suff w:val="space"/><w:lvlText w:val="{written}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="0" w:firstLine="{INDENT}"/></w:pPr></w:lvl>'
                for place, ((kind, written), style) in enumerate(zip(LEVELS, self.style_ids, strict=True))
            )
            kinds = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
                f"{levels}</w:abstractNum>"
            )
            first = numbering.find(qn("w:num"))
            numbering.append(kinds) if first is None else first.addprevious(kinds)
            self._number_id = numbering.add_num(key).numId
        return self._number_id


def _numbering_part(document: Any) -> Any:
    """The part that holds lists; a base that has none gets one."""
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        empty = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part
