"""Word files in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I, with real styles.

A document is begun on a base: the standard one made here, or the office's own. Of the
base its styles, page set-up, headers and footers stay, its text goes. Styles that the
base lacks are added, so that any Word file can be a base.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cluster_portal.files.active_content import refuse_active_content
from cluster_portal.files.document_head import END, DocumentHead
from cluster_portal.files.drawings import qr_png
from cluster_portal.files.office_packages import UNREADABLE, finished_package, printable
from cluster_portal.files.word_numbering import HeadingNumbers
from cluster_portal.unbroken import NO_BREAK, unbroken

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE, LANGUAGE = "Times New Roman", "vi-VN"
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
VML = "urn:schemas-microsoft-com"
#: Of a table that only sets lines beside each other, so that they begin where the text does.
NO_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
#: In millimetres: the motto in its size; on the average a bold capital of 13 points, a bold letter of 14.
MOTTO_WIDTH, CAPITAL_WIDTH, LETTER_WIDTH = 58.2, 2.8, 2.35
#: In millimetres: where “Kính gửi” of several begins, its colon below which the dashes stand (II.9), a dash's width.
ADDRESSED_AT, COLON_AT, DASH = 25.0, 17.6, 2.9
#: Lines as far apart as in the PDF (1.3 of the size): a single one of Word's is 1.15 of it.
SPACING = 1.13
#: In millimetres: the columns of the letterhead, which is as wide as the text.
ISSUER_COLUMN, NATION_COLUMN = 66, 99
TEXT_WIDTH = ISSUER_COLUMN + NATION_COLUMN
#: By the last word of their relation's type.
LEFTOVERS = {"thumbnail", "stylesWithEffects", "customXml"}
#: A base unpacked is never larger; protects from archives that swell.
MAX_UNPACKED = 30 * 2**20


class UnusableBase(Exception):
    """The file can't be the base of documents: it is no Word file, or one that is too large."""


@dataclass(frozen=True)
class Style:
    """How one element of the decree's table looks; lengths in points, `indent` of its first line and `left` in mm."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    align: WD_ALIGN_PARAGRAPH = LEFT
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 1.0
    with_next: bool = False


COUNTRY = Style("Quốc hiệu", 12.5, bold=True, capitals=True, align=CENTER)
MOTTO = Style("Tiêu ngữ", 13.5, bold=True, align=CENTER)
SUPERIOR = Style("Cơ quan chủ quản", 13, capitals=True, align=CENTER)
ISSUER = Style("Cơ quan ban hành", 13, bold=True, capitals=True, align=CENTER)
NOTATION = Style("Số ký hiệu", 13, align=CENTER, before=4)
ABOUT = Style("Trích yếu công văn", 12, align=CENTER)
MARK = Style("Dấu chỉ", 13.5, bold=True, align=CENTER, before=5)
ADDRESS = Style("Địa chỉ cơ quan", 11)
DRAFT = Style("Dự thảo", 13, bold=True, align=CENTER)
PLACE_AND_DATE = Style("Địa danh, thời gian".replace(",", ""), 13.5, italic=True, align=CENTER, before=4)
SAMPLE = Style("Dữ liệu mẫu", 11, italic=True, align=CENTER)
KIND = Style("Title", 14, bold=True, capitals=True, align=CENTER, before=18, spacing=SPACING, with_next=True)
SUBJECT = Style("Subtitle", 14, bold=True, align=CENTER, spacing=SPACING, with_next=True)
RULE = Style("Đường kẻ", 2, align=CENTER, before=3, after=2)
HEADING_1 = Style("Heading 1", 14, bold=True, capitals=True, indent=10, before=10, spacing=SPACING, with_next=True)
HEADING_2 = Style("Heading 2", 14, bold=True, indent=10, before=10, spacing=SPACING, with_next=True)
HEADING_3 = Style("Heading 3", 14, indent=10, before=6, spacing=SPACING, with_next=True)
PART = Style("Phần", 14, bold=True, capitals=True, indent=10, before=10, spacing=SPACING, with_next=True)
SECTION = Style("Mục", 14, bold=True, indent=10, before=10, spacing=SPACING, with_next=True)
ARTICLE = Style("Điều", 14, bold=True, indent=10, before=10, spacing=SPACING, with_next=True)
CHAPTER = Style("Chương", 14, bold=True, align=CENTER, before=10, spacing=SPACING, with_next=True)
CHAPTER_TITLE = Style("Tên chương", 14, bold=True, capitals=True, align=CENTER, spacing=SPACING, with_next=True)
BODY = Style("Body Text", 14, align=JUSTIFY, indent=10, before=6, spacing=SPACING)
CAPTION = Style("Caption", 12, bold=True, align=CENTER, before=8, after=4, with_next=True)
TABLE_HEAD = Style("Đầu bảng", 12, bold=True, align=CENTER)
TABLE_TEXT = Style("Chữ trong bảng", 12)
TABLE_NUMBER = Style("Số trong bảng", 12, align=RIGHT)
TABLE_ORDINAL = Style("Số thứ tự trong bảng", 12, align=CENTER)
TABLE_HEAD_SMALL = Style("Đầu bảng nhỏ", 8.5, bold=True, align=CENTER)
SMALL_TEXT = Style("Chữ nhỏ trong bảng", 9)
SMALL_NUMBER = Style("Số nhỏ trong bảng", 9, align=RIGHT)
ADDRESSEE = Style("Kính gửi", 14, align=CENTER, before=6, after=6)
ADDRESSEES = Style("Kính gửi nhiều nơi", 14, left=ADDRESSED_AT, before=6)
ADDRESSEE_LISTED = Style("Nơi được kính gửi", 14, left=ADDRESSED_AT + COLON_AT + DASH, indent=-DASH)
NOTE = Style("Ghi chú", 13, italic=True, align=JUSTIFY, indent=10, before=6)
RECIPIENTS_TITLE = Style("Nơi nhận", 12, bold=True, italic=True)
RECIPIENT = Style("Danh sách nơi nhận", 11)
CAPACITY = Style("Chức vụ người ký", 13, bold=True, capitals=True, align=CENTER, with_next=True)
SIGNER = Style("Họ tên người ký", 14, bold=True, align=CENTER, before=60)
SECOND_POST = Style("Chức vụ khác của người ký", 13, bold=True, capitals=True, align=CENTER, before=60, with_next=True)
SIGNER_BELOW_POST = Style("Họ tên dưới chức vụ", 14, bold=True, align=CENTER)
NEWS_TITLE = Style("Tên tin bài", 14, bold=True, align=CENTER, after=6, with_next=True)
PICTURE = Style("Ảnh", 14, align=CENTER, before=6, with_next=True)
PICTURE_CAPTION = Style("Chú thích ảnh", 13, italic=True, align=CENTER, after=6)
BYLINE = Style("Tác giả", 14, bold=True, align=RIGHT, before=6)
ANNEX = Style("Phụ lục", 14, bold=True, align=CENTER, with_next=True)
ANNEX_TITLE = Style("Tên phụ lục", 14, bold=True, capitals=True, align=CENTER, with_next=True)
ANNEX_ATTACHED = Style("Kèm theo", 14, italic=True, align=CENTER, after=6, with_next=True)
ANNEX_END = Style("Hết phụ lục", 14, align=RIGHT, before=6)
VERIFICATION = Style("Kiểm tra văn bản", 10)
STYLES = tuple(value for value in list(vars().values()) if isinstance(value, Style))

#: The headings that Word numbers, from the highest on.
HEADINGS = (HEADING_1, HEADING_2, HEADING_3)
#: Those whose numbers Word counts, with their place among its numbers.
COUNTED = {HEADING_1: 0, HEADING_2: 1, PART: 0, SECTION: 1}
#: What a base of Word's own brings along in Word's look; the standard base lays it anew.
BUILT_IN = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption")


@cache
def standard_base() -> bytes:
    """The base that is used unless the office has one of its own; also what it may start from."""
    document = Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    _set_face(normal)
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
    return _saved(document)


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


def add_missing_styles(document: Any) -> None:
    known = {style.name for style in document.styles}
    for style in STYLES:
        if style.name not in known:
            _add_style(document, style)


def _add_style(document: Any, wanted: Style) -> None:
    style = document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH, builtin=wanted.name in BUILT_IN)
    style.base_style = document.styles["Normal"]
    style.quick_style, style.hidden = True, False
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.all_caps = Pt(wanted.size), wanted.bold, wanted.italic, wanted.capitals
    font.color.rgb = RGBColor(0, 0, 0)
    _set_face(style)
    layout.alignment = wanted.align
    layout.first_line_indent = Mm(wanted.indent)
    if wanted.left:
        layout.left_indent = Mm(wanted.left)
    layout.space_before, layout.space_after = Pt(wanted.before), Pt(wanted.after)
    layout.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    layout.line_spacing = wanted.spacing
    layout.keep_with_next = wanted.with_next
    if wanted.name.startswith("Heading "):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(wanted.name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def _set_face(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)


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


def _rule_length(text: str, column: float) -> float:
    """Two fifths of the longest line of the text (II.2, II.5: a third to half); `column` is how wide that may be."""
    return min(len(text) * CAPITAL_WIDTH if text.isupper() else len(text) * LETTER_WIDTH, column) * 0.4


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return finished_package(file.getvalue())


@dataclass(frozen=True)
class TableCell:
    """One cell of a table, `columns` wide and `rows` high."""

    text: str
    style: Style = TABLE_TEXT
    bold: bool = False
    columns: int = 1
    rows: int = 1


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
        """A grid whose head repeats on each page and whose rows don't split; `widths` in millimetres.

        In `head` None stands for a place that the cell above it reaches down to.
        """
        twips = [round(width * 1440 / 25.4) for width in widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        lines = "".join([*(self._row(row, twips, is_head=True) for row in head), *(self._row(r, twips) for r in rows)])
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60))
        )
        table = parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}'
            f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
        )
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def _row(self, cells: Sequence[TableCell | None], twips: Sequence[int], *, is_head: bool = False) -> str:
        xml, column = [], 0
        for cell in cells:
            span = cell.columns if cell else 1
            width = sum(twips[column : column + span])
            xml.append(self._cell(cell, width))
            column += span
        repeat = "<w:tblHeader/>" if is_head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(xml)}</w:tr>"

    def _cell(self, cell: TableCell | None, width: int) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell is None:
            style = self._style_id(TABLE_HEAD)
            below = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
            return f"<w:tc><w:tcPr>{properties}<w:vMerge/></w:tcPr>{below}</w:tc>"
        if cell.columns > 1:
            properties += f'<w:gridSpan w:val="{cell.columns}"/>'
        if cell.rows > 1:
            properties += '<w:vMerge w:val="restart"/>'
        bold = "<w:rPr><w:b/></w:rPr>" if cell.bold else ""
        text = escape(unbroken(printable(cell.text)))
        return (
            f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{self._style_id(cell.style)}"/></w:pPr>'
            f'<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
        )

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
        return _saved(self.document)
