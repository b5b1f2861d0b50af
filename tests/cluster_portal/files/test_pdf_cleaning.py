"""A PDF that somebody sends keeps its pages and loses what it says of its maker."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import NameObject, StreamObject

from cluster_portal.files.pdf_cleaning import FAULTY, LOCKED, NotClean, clean_pdf, without_camera_data

SECRET = "BI-MAT-CAN-XOA"


def jpeg():
    exif = Image.Exif()
    exif[0x010E] = SECRET
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def pdf(**options):
    """A scan whose picture, document data, scripts and enclosed file all tell the secret."""
    page = io.BytesIO()
    Image.open(io.BytesIO(jpeg())).save(page, "PDF")
    writer = PdfWriter(io.BytesIO(page.getvalue()))
    writer.add_metadata({"/Author": SECRET})
    writer.add_open_action(JavaScript(f"app.alert('{SECRET}')"))
    writer.add_attachment("kem.txt", SECRET.encode())
    metadata = StreamObject()
    metadata.set_data(SECRET.encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)
    if options:
        writer.encrypt(**options)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pages_stay_and_all_else_goes():
    before = pdf()
    after = clean_pdf(before)
    reader = PdfReader(io.BytesIO(after))
    assert SECRET.encode() in before
    assert SECRET.encode() not in after
    assert SECRET not in str(reader.metadata)
    assert (len(reader.pages), reader.pages[0].images[0].image.size) == (1, (300, 200))
    assert reader.attachments == {}


def test_a_picture_loses_what_the_camera_wrote_and_nothing_else():
    before = jpeg()
    after = without_camera_data(before)
    assert SECRET.encode() in before
    assert SECRET.encode() not in after
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"%PDF-1.7 nichts", FAULTY), (pdf()[:900], FAULTY), (pdf(user_password="x", owner_password="y"), LOCKED)],
    ids=["no pages", "cut off", "locked"],
)
def test_what_cannot_be_read_is_told(data, why):
    with pytest.raises(NotClean) as told:
        clean_pdf(data)
    assert told.value.args == (why,)
