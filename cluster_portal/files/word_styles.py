"""The styles of Word files: how each element of the table in Nghị định 30/2020/NĐ-CP, Phụ lục I, looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FACE = "Times New Roman"
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
#: In millimetres: where “Kính gửi” of several begins, its colon below which the dashes stand (II.9), a dash's width.
ADDRESSED_AT, COLON_AT, DASH = 25.0, 17.6, 2.9
#: Lines as far apart as in the PDF (1.3 of the size): a single one of Word's is 1.15 of it.
SPACING = 1.13


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
    set_face(style)
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


def set_face(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)
