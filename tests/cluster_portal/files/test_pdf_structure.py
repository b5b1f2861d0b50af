"""The tag tree of a table that runs over pages, and the field a signature goes into."""

import io

import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pypdf.generic import DictionaryObject

from cluster_portal.files.pdf import html_to_pdf

HEAD = "<thead><tr><th scope='col'>Nội dung</th><th scope='col'>Số vụ</th></tr></thead>"
ROWS = "".join(f"<tr><th scope='row'>Hàng {number}</th><td>{number}</td></tr>" for number in range(120))
TABLE = f"<table><caption>Bảng 1. Dài</caption>{HEAD}<tbody>{ROWS}</tbody></table>"
ROOM = "<div class='signing-room' data-signature='{}'></div>"


def written(body):
    style = "<link rel='stylesheet' href='css/document.css'>"
    return html_to_pdf(f"<html lang='vi'><head><title>Thử</title>{style}</head><body>{body}</body></html>")


def elements(pdf):
    """Every element of the tag tree."""

    def below(element):
        element = element.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                yield from below(kid)

    yield from below(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"][0])


@pytest.fixture(scope="module")
def found():
    pdf = written(f"<h1>Báo cáo</h1><p>Chữ</p>{TABLE}<p>Hết</p>")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 2
    return list(elements(pdf))


def of(found, *kinds):
    return [element for element in found if element["/S"] in kinds]


def test_a_table_over_pages_is_one_table_with_one_caption_and_one_head(found):
    (table,) = of(found, "/Table")
    kinds = [kid.get_object()["/S"] for kid in table["/K"]]
    assert kinds[:2] == ["/Caption", "/THead"]
    assert set(kinds[2:]) == {"/TBody"}
    assert len(of(found, "/TR")) == 121


def test_every_cell_names_a_head_of_this_table(found):
    names = {cell["/ID"] for cell in of(found, "/TH")}
    assert len(names) == 122
    assert {len(cell["/A"]["/Headers"]) for cell in of(found, "/TD")} == {2}
    assert {head for cell in of(found, "/TD") for head in cell["/A"]["/Headers"]} <= names


def test_every_head_says_what_it_heads(found):
    scopes = [cell["/A"]["/Scope"] for cell in of(found, "/TH")]
    assert (scopes.count("/Column"), scopes.count("/Row")) == (2, 120)


def test_two_tables_stay_two():
    pdf = written(f"<h1>Báo cáo</h1>{TABLE}<p>Giữa</p>{TABLE}")
    assert len(of(elements(pdf), "/Table", "/THead")) == 4


def test_a_signing_program_finds_one_empty_field_where_the_signer_stands():
    pdf = written(f"<h1>Giấy mời</h1>{ROOM.format('NguoiKy')}<p>Trang</p>{ROOM.format('NguoiKy')}")
    ((name, value, field),) = enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))
    left, bottom, right, top = (float(edge) for edge in field.get_object()["/Rect"])
    assert (name, value) == ("NguoiKy", None)
    assert 80 < left < right < 596
    assert round(top - bottom) == 60
    assert [element["/S"] for element in of(elements(pdf), "/Form")] == ["/Form"]


def test_the_same_text_gives_the_same_bytes():
    assert written(TABLE + ROOM.format("ThuKy")) == written(TABLE + ROOM.format("ThuKy"))


def test_a_document_nobody_signs_has_no_field():
    assert list(enumerate_sig_fields(PdfFileReader(io.BytesIO(written("<h1>Chương trình</h1>"))))) == []
