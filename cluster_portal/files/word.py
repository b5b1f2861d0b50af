"""Word files in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I, with real styles.

A document is begun on a base: the standard one made here, or the office's own. Of the
base its styles, page set-up, headers and footers stay, its text goes. Styles that the
base lacks are added, so that any Word file can be a base.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cluster_portal.files.document_head import END, DocumentHead
from cluster_portal.files.drawings import qr_png
from cluster_portal.files.office_packages import printable
from cluster_portal.files.word_base import LANGUAGE, saved, standard_base
from cluster_portal.files.word_grid import TableCell, grid
from cluster_portal.files.word_numbering import HeadingNumbers
from cluster_portal.files.word_styles import (
    ABOUT,
    ADDRESS,
    ADDRESSEE,
    ADDRESSEE_LISTED,
    ADDRESSEES,
    ANNEX,
    ANNEX_ATTACHED,
    ANNEX_END,
    ANNEX_TITLE,
    BODY,
    CAPACITY,
    COUNTED,
    COUNTRY,
    DRAFT,
    HEADINGS,
    ISSUER,
    KIND,
    MARK,
    MOTTO,
    NOTATION,
    PICTURE,
    PICTURE_CAPTION,
    PLACE_AND_DATE,
    RECIPIENT,
    RECIPIENTS_TITLE,
    RULE,
    SAMPLE,
    SECOND_POST,
    SIGNER,
    SIGNER_BELOW_POST,
    SUBJECT,
    SUPERIOR,
    TABLE_TEXT,
    VERIFICATION,
    Style,
    add_missing_styles,
)
from cluster_portal.unbroken import NO_BREAK, unbroken

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VML = "urn:schemas-microsoft-com"
#: Of a table that only sets lines beside each other, so that they begin where the text does.
NO_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
#: In millimetres: the motto in its size; on the average a bold capital of 13 points, a bold letter of 14.
MOTTO_WIDTH, CAPITAL_WIDTH, LETTER_WIDTH = 58.2, 2.8, 2.35
#: In millimetres: the columns of the letterhead, which is as wide as the text.
ISSUER_COLUMN, NATION_COLUMN = 66, 99
TEXT_WIDTH = ISSUER_COLUMN + NATION_COLUMN


def _rule_length(text: str, column: float) -> float:
    """Two fifths of the longest line of the text (II.2, II.5: a third to half); `column` is how wide that may be."""
    return min(len(text) * CAPITAL_WIDTH if text.isupper() else len(text) * LETTER_WIDTH, column) * 0.4


class WordDocument:
    """An official document that is written from its beginning to its end."""

    def __init__(self, head: DocumentHead, *, base: bytes | None = None) -> None:
        self.head = head
        self.document = Document(io.BytesIO(base or standard_base()))
        add_missing_styles(self.document)
        self._style_ids: dict[str, str] = {}
        self._dresses: dict[str, str | None] = {}  # the same as a paragraph names it: not, where it is the usual one
        self._empty()
        self.numbers = HeadingNumbers(self.document, tuple(self._style_id(style) for style in HEADINGS))
        properties = self.document.core_properties
        properties.title, properties.author = printable(head.title), printable(head.letterhead.issuer)
        properties.language, properties.comments = LANGUAGE, ""
        self.address = head.letterhead.address_line if head.kind_code else ""
        if self.address:
            self._write_address()
        if head.letterhead.is_sample:
            self._mark_sample(self.section.footer, self.section.first_page_footer)

    def _write_address(self) -> None:
        """Below a rule as wide as the text, at the foot of the first page and above its lower margin (III.4)."""
        section, footer = self.section, self.section.first_page_footer
        footer.is_linked_to_previous = False
        section.footer_distance = section.bottom_margin
        self._rule(footer.paragraphs[0], TEXT_WIDTH)
        self._fill(footer.add_paragraph(), self.address, ADDRESS)

    def _mark_sample(self, *footers: Any) -> None:
        for footer in footers:
            footer.is_linked_to_previous = False
            last = footer.paragraphs[-1]
            self._fill(footer.add_paragraph() if last.text else last, self.head.letterhead.sample_mark, SAMPLE)

    @property
    def section(self) -> Any:
        return self.document.sections[-1]

    def _empty(self) -> None:
        """Take the base's text away; its last section's set-up stays."""
        body = self.document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)

    def paragraph(self, text: str, style: Style = BODY, *, strong: str = "") -> None:
        """A paragraph with what is `strong` in it; the number of a heading is Word's own, as far as it is the same."""
        paragraph = self.document.add_paragraph()
        if style in COUNTED:
            self._dress(paragraph, style)
            text = self.numbers.take(paragraph, text, COUNTED[style])
        before, found, behind = text.partition(strong) if strong else (text, "", "")
        self._fill(paragraph, before, style)
        for piece, is_bold in ((found, True), (behind, None)):
            if piece:
                paragraph.add_run(unbroken(printable(piece))).bold = is_bold

    def heading(self, text: str, style: Style, *, rank: int) -> None:
        """A heading of a style that says how it looks, not of which rank it is, from 1 on."""
        self.paragraph(text, style)
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(rank - 1))
        self.document.paragraphs[-1]._p.get_or_add_pPr().insert_element_before(level, "w:rPr", "w:sectPr")

    def _dress(self, paragraph: Any, style: Style) -> None:
        """Give the paragraph its style; looked up once, as the library goes through all styles for that."""
        if style.name not in self._dresses:
            found = self.document.styles[style.name]
            self._dresses[style.name] = self.document.part.get_style_id(found, WD_STYLE_TYPE.PARAGRAPH)
        paragraph._p.style = self._dresses[style.name]

    def _fill(self, paragraph: Any, text: str, style: Style) -> None:
        self._dress(paragraph, style)
        if text:
            paragraph.add_run(unbroken(printable(text)))

    def picture(self, content: bytes, caption: str, *, width: float = 140, told: str = "") -> None:
        """A picture, `width` millimetres wide, above its caption, if any; `told` is for who doesn't see it."""
        paragraph = self.document.add_paragraph(style=self.document.styles[PICTURE.name])
        self._draw(paragraph, content, width, told or caption)
        if caption:
            self.paragraph(caption, PICTURE_CAPTION)

    def _draw(self, paragraph: Any, content: bytes, width: float, told: str) -> None:
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width))
        shape._inline.docPr.set("descr", printable(told))
        for side in ("distT", "distB", "distL", "distR"):  # LibreOffice keeps text off a picture that doesn't say so
            shape._inline.set(side, "0")

    def verification(self) -> None:
        """The code of an issued document and the picture that leads to the page which vouches for it."""
        found = self.head.verification
        if found is None:
            return
        where = f"Tra cứu, xác thực văn bản tại {found.address}"
        told = "Mã QR dẫn đến trang kiểm tra văn bản"
        lines = [(f"Mã tra cứu: {found.code}", VERIFICATION), (where, VERIFICATION)]
        if found.trail:
            lines.append((f"Mã đối chiếu nhật ký: {found.trail}", VERIFICATION))
        with self.ending():
            self.paragraph("", TABLE_TEXT)
            self.side_by_side(([("", VERIFICATION)], lines), widths=(22, 143))
        self._draw(self.document.tables[-1].rows[0].cells[0].paragraphs[0], qr_png(found.address), 18, told)

    def letterhead(self, *, is_dated: bool = True) -> None:
        """Issuer and nation, number and – not on minutes – place and date, marks, kind and subject."""
        head, letterhead = self.head, self.head.letterhead
        issuer = [(letterhead.superior, SUPERIOR)] if letterhead.superior else []
        nation = [("Cộng hòa xã hội chủ nghĩa Việt Nam", COUNTRY), ("Độc lập - Tự do - Hạnh phúc", MOTTO)]
        self.side_by_side(
            (
                [*issuer, (letterhead.issuer, ISSUER), (_rule_length(letterhead.issuer.upper(), 64), RULE)],
                [*nation, (MOTTO_WIDTH, RULE)],
            ),
            (self._below_issuer(), [(head.place_and_date, PLACE_AND_DATE)] if is_dated else []),
            widths=(ISSUER_COLUMN, NATION_COLUMN),
        )
        if head.is_letter:
            return
        self.paragraph(head.kind, KIND)
        self.paragraph(head.subject_unbroken, SUBJECT)
        rule = self.document.add_paragraph()
        self._rule(rule, _rule_length(head.subject, 149))
        rule.paragraph_format.space_after = Pt(8)

    def addressees(self, lines: Sequence[str]) -> None:
        """“Kính gửi” one in the middle, or several below each other, their dashes below its colon (II.9)."""
        first, *listed = lines or ("",)
        if first:
            self.paragraph(first, ADDRESSEES if listed else ADDRESSEE)
        for line in listed:
            self.paragraph(line, ADDRESSEE_LISTED)

    def _below_issuer(self) -> list[tuple[Any, Any]]:
        """Number, what a letter is about, and what is marked."""
        head = self.head
        return [
            *([(head.notation, NOTATION)] if head.kind_code else []),
            *([(head.about, ABOUT)] if head.is_letter else []),
            *((mark, MARK) for mark in (head.urgency, head.circulation) if mark),
            *([(head.draft_mark, DRAFT)] if head.draft_mark else []),
        ]

    def signatures(self, recipients: Sequence[str] = ()) -> None:
        """The recipients on the left, level with the post of who signs on the right; the letterhead's as a rule.

        What the signer is elsewhere stands below the signature, above the name (Phụ lục I, II.7, ô 7b).
        """
        letterhead = self.head.letterhead
        name = [(letterhead.signer_name, SIGNER)]
        if letterhead.signer_post:
            name = [(letterhead.signer_post, SECOND_POST), (letterhead.signer_name, SIGNER_BELOW_POST)]
        with self.ending():
            self.paragraph("", TABLE_TEXT)
            listed = [(line, RECIPIENT) for line in recipients or letterhead.recipient_lines]
            posts = [(post, CAPACITY) for post in letterhead.capacity_lines]
            self.side_by_side(([("Nơi nhận:", RECIPIENTS_TITLE), *listed], [*posts, *name]), widths=(71, 94))

    @contextmanager
    def ending(self) -> Iterator[None]:
        """What is written in here is never alone on a page: it goes along with the last line before it, or row."""
        blocks = qn("w:p"), qn("w:tbl")
        last = next(self.document.element.body.iterchildren(*blocks, reversed=True))
        yield
        for block in [last, *last.itersiblings(*blocks)][:-1]:
            row = block.findall(qn("w:tr"))[-1] if block.tag == qn("w:tbl") else block
            for paragraph in row.iter(qn("w:p")):
                Paragraph(paragraph, self.document).paragraph_format.keep_with_next = True

    def side_by_side(
        self, *rows: tuple[Sequence[tuple[Any, Any]], Sequence[tuple[Any, Any]]], widths: tuple[float, float]
    ) -> None:
        """Two columns of lines, each a text with its style, or the length of a `RULE`; `widths` in millimetres.

        What stands in one of the `rows` begins level in both columns.
        """
        table = self.document.add_table(rows=len(rows), cols=2)
        table.autofit = False
        table._tbl.tblPr.insert_element_before(parse_xml(NO_MARGINS), "w:tblLook")
        for row, columns in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, lines in zip(row.cells, columns, strict=True):
                for place, (content, style) in enumerate(lines):
                    paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
                    if style is RULE:
                        self._rule(paragraph, content)
                    elif style is MARK:
                        self._frame(paragraph, content)
                    else:
                        self._fill(paragraph, content, style)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)

    def _frame(self, paragraph: Any, mark: str) -> None:
        """A mark in a frame; how urgent the document is in red (Phụ lục I, III.2)."""
        self._fill(paragraph, f"{NO_BREAK}{mark}{NO_BREAK}", MARK)
        run = paragraph.runs[0]
        if mark == self.head.urgency:
            run.font.color.rgb = RGBColor(0xE0, 0, 0)
        frame = f'<w:bdr {nsdecls("w")} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        run._r.get_or_add_rPr().append(parse_xml(frame))

    def _rule(self, paragraph: Any, length: float) -> None:
        """A line of `length` millimetres, drawn in the middle of the column."""
        self._fill(paragraph, "", RULE)
        drawn = parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="{VML}:vml" xmlns:o="{VML}:office:office">'
            f'<v:rect style="width:{length * 72 / 25.4:.1f}pt;height:.75pt" o:hralign="center" o:hrstd="t" o:hr="t" '
            'fillcolor="black" stroked="f"/></w:pict>'
        )
        paragraph.add_run()._r.append(drawn)

    def table(
        self,
        head: Iterable[Sequence[TableCell | None]],
        rows: Iterable[Sequence[TableCell]],
        *,
        widths: Sequence[float],
    ) -> None:
        """A grid (`word_grid.grid`) below what was written last."""
        table = grid(head, rows, widths=widths, style_id=self._style_id)
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def _style_id(self, style: Style) -> str:
        if style.name not in self._style_ids:
            self._style_ids[style.name] = str(self.document.styles[style.name].style_id)
        return self._style_ids[style.name]

    def annex(self, number: str, subject: str, *, is_across: bool = False) -> None:
        """Begin an annex on a new page; its pages are numbered anew, the first one without number (III.1)."""
        self.section_anew(is_across=is_across)
        if self.address:  # which stands on the first page of the text alone
            self.section.first_page_footer.is_linked_to_previous = False
            if self.head.letterhead.is_sample:
                self._mark_sample(self.section.first_page_footer)
        self.paragraph(f"Phụ lục {number}".strip(), ANNEX)
        self.paragraph(subject, ANNEX_TITLE)
        self.paragraph(self.head.attached, ANNEX_ATTACHED)

    def section_anew(self, *, is_across: bool = False) -> None:
        """Begin on a new page, whose number is 1."""
        last, section = self.section, self.document.add_section(WD_SECTION.NEW_PAGE)
        self._flatten_break()
        if is_across != (last.orientation == WD_ORIENT.LANDSCAPE):
            section.page_width, section.page_height = last.page_height, last.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if is_across else WD_ORIENT.PORTRAIT
        section.different_first_page_header_footer = True
        for numbering in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(numbering)
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")

    def _flatten_break(self) -> None:
        """The paragraph a section ends with is as low as can be: on a full page it would take another, blank one."""
        breaks = self.document.element.body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}")
        paragraph = Paragraph(breaks[-1].getparent().getparent(), self.document)
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = layout.first_line_indent = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)

    def end_of_annex(self) -> None:
        """The sign of the end."""
        with self.ending():
            self.paragraph(END, ANNEX_END)

    def bytes(self) -> bytes:
        """The file; the same text on the same base gives the same bytes."""
        return saved(self.document)
