"""A PDF that somebody sends keeps its pages and loses what it says of its maker."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from cluster_portal.files.pdf_cleaning import ACTIVE, FAULTY, LOCKED, NotClean, clean_pdf, without_camera_data
from tests.support.signing import sign

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


def test_the_same_file_sent_twice_is_the_same_file():
    sent = pdf()
    assert clean_pdf(sent) == clean_pdf(sent)
    assert b"ModDate" not in clean_pdf(sent)  # of another second it would be another


#: As a text stands in a PDF, in which a hyphen is written otherwise.
MARK = "BIMATCANXOA"
LAUNCH = {"/S": "/Launch", "/F": MARK}
SCRIPT = {"/S": "/JavaScript", "/JS": MARK}


def named(value):
    """Plain values as PDF objects; texts that begin with a stroke are names."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): named(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return ArrayObject(map(named, value))
    return value if not isinstance(value, str) else (NameObject if value[:1] == "/" else TextStringObject)(value)


def by_reference(writer, value):
    return writer._add_object(named(value))


ACTING = {
    "a link that runs a program": lambda writer: {"/Annots": [{"/Subtype": "/Link", "/A": LAUNCH}]},
    "told by reference": lambda writer: {
        "/Annots": [{"/Subtype": "/Link", "/A": {**LAUNCH, "/S": by_reference(writer, "/Launch")}}]
    },
    "the second of two actions": lambda writer: {
        "/Annots": [{"/A": {"/S": "/URI", "/URI": "https://example.vn", "/Next": by_reference(writer, [SCRIPT])}}]
    },
    "an enclosed file": lambda writer: writer.add_attachment("kem.txt", MARK.encode()) and {},
    "a form with scripts": lambda writer: {"/Extra": {"/XFA": MARK}},
}


def acting(build):
    writer = PdfWriter()
    writer.add_blank_page(300, 200)
    writer.pages[0].update(named(build(writer)))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("build", ACTING.values(), ids=ACTING)
def test_what_would_do_something_is_left_out_and_not_taken_of_a_signed_one(build):
    before = acting(build)
    after = clean_pdf(before)
    assert MARK.encode() in before
    assert MARK.encode() not in after
    assert len(PdfReader(io.BytesIO(after)).pages) == 1
    with pytest.raises(NotClean) as told:
        clean_pdf(sign(before))
    assert told.value.args == (ACTIVE,)


def test_a_signed_one_that_does_nothing_is_kept_as_it_is():
    signed = sign(acting(lambda writer: {"/Annots": [{"/A": {"/S": "/URI", "/URI": "https://example.vn"}}]}))
    assert clean_pdf(signed) == signed


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
