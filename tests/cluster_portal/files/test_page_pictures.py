"""Pages of our own PDFs as pictures with their text: made once, bounded, of a file that is one."""

import io
import json

import pytest
from PIL import Image

from cluster_portal.files import page_pictures
from cluster_portal.files.finished_files import KeptOnShelf
from cluster_portal.files.page_pictures import Page, pages_of, picture_of
from cluster_portal.files.pdf import html_to_pdf
from tests.support.factories import NOW

HTML = "<html lang='vi'><title>Thử</title><style>p {{ break-after: page }}</style>{}"


def pdf_of(*texts):
    return html_to_pdf(HTML.format("".join(f"<p>{text}</p>" for text in texts)))


@pytest.fixture
def shelf(db):
    return KeptOnShelf(now=NOW)


def test_each_page_has_its_text_and_the_size_of_its_picture(shelf):
    pdf = pdf_of("Trang thứ nhất", "Trang thứ hai")

    pages = pages_of("a", lambda: pdf, shelf=shelf)

    assert (pages.of, pages.further) == (2, 0)
    assert pages.shown == (Page(1, 1241, 1754, "Trang thứ nhất"), Page(2, 1241, 1754, "Trang thứ hai"))
    picture = Image.open(io.BytesIO(picture_of("a", 2, lambda: pdf, shelf=shelf)))
    assert (picture.format, picture.size) == ("PNG", (1241, 1754))


def test_the_picture_shows_the_page(shelf):
    """Its top is black where the text is, and another page's isn't the same."""
    pdf = pdf_of("Một", "Hai hai hai")
    first, second = (Image.open(io.BytesIO(picture_of("a", n, lambda: pdf, shelf=shelf))).convert("L") for n in (1, 2))
    assert [darkest < 16 and lightest > 250 for darkest, lightest in (first.getextrema(), second.getextrema())] == [
        True,
        True,
    ]
    assert first.tobytes() != second.tobytes()


def test_a_page_is_drawn_once(shelf):
    pdf, loaded = pdf_of("Một"), []

    def load():
        loaded.append(1)
        return pdf

    for _time in range(3):
        pages_of("a", load, shelf=shelf)
        picture_of("a", 1, load, shelf=shelf)

    assert len(loaded) == 2


def test_another_file_has_other_pages(shelf):
    for key, text in (("a", "Một"), ("b", "Hai")):
        pdf = pdf_of(text)
        assert pages_of(key, lambda pdf=pdf: pdf, shelf=shelf).shown[0].text == text


def test_a_long_document_is_shown_in_part(shelf, monkeypatch):
    monkeypatch.setattr(page_pictures, "MOST_PAGES", 2)
    pdf = pdf_of("Một", "Hai", "Ba")

    pages = pages_of("a", lambda: pdf, shelf=shelf)

    assert (len(pages.shown), pages.of, pages.further) == (2, 3, 1)
    assert picture_of("a", 3, lambda: pdf, shelf=shelf) == b""


@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_there_is_no_picture_of_a_page_that_is_not_there(shelf, number):
    assert picture_of("a", number, lambda: pdf_of("Một"), shelf=shelf) == b""


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no PDF at all"])
def test_what_is_no_pdf_has_no_pages(shelf, content):
    assert pages_of("a", lambda: content, shelf=shelf) == page_pictures.Pages((), 0)
    assert picture_of("a", 1, lambda: content, shelf=shelf) == b""
    assert json.loads(page_pictures._described(content)) == {"shown": [], "of": 0}
