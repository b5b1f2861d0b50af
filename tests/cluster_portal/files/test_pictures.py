"""What becomes of the photos people send: nothing survives but the pixels."""

import io

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from cluster_portal.bounded import answer_of
from cluster_portal.files import pictures
from cluster_portal.files.pictures import LONGEST_SIDE, UnusablePicture, read_picture
from meetings.models import Photo
from tests.support.meetings import image_file, planned_meeting

GPS, ORIENTATION, TURNED = 0x8825, 0x0112, 6
MEGABYTE = 2**20


def exif(**tags):
    found = Image.Exif()
    found[ORIENTATION] = tags.get("orientation", 1)
    found.get_ifd(GPS)[1] = "N"
    found.get_ifd(GPS)[2] = (21.0, 15.0, 30.0)
    return found.tobytes()


def kept(upload):
    return Image.open(read_picture(upload).image)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_place_where_a_photo_was_taken_is_removed(form):
    upload = image_file(form=form, exif=exif())
    assert Image.open(upload).getexif().get_ifd(GPS)
    upload.seek(0)
    picture = kept(upload)
    assert (picture.format, dict(picture.getexif()), picture.info.get("xmp")) == ("JPEG", {}, None)


def test_a_photo_of_an_iphone_is_taken():
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (60, 40), "red")).save(buffer, exif=exif())
    picture = kept(SimpleUploadedFile("IMG_0001.HEIC", buffer.getvalue()))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (60, 40), {})


def test_of_a_photo_with_further_pictures_behind_it_the_first_is_kept():
    """As telephones send portraits, and photos in high contrast."""
    buffer = io.BytesIO()
    behind = [Image.new("RGB", (30, 20), "blue")]
    Image.new("RGB", (60, 40), "red").save(buffer, "MPO", save_all=True, append_images=behind, exif=exif())
    picture = kept(SimpleUploadedFile("portrait.jpg", buffer.getvalue()))
    assert (picture.size, picture.getpixel((5, 5))[0] > 200, dict(picture.getexif())) == ((60, 40), True, {})
    assert not hasattr(picture, "mpinfo")


def test_a_turned_photo_is_set_upright():
    assert kept(image_file(size=(60, 40), form="JPEG", exif=exif(orientation=TURNED))).size == (40, 60)


def test_a_large_photo_is_scaled():
    assert kept(image_file(size=(4000, 2000))).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("1", "PNG")]
)
def test_every_kind_of_pixels_becomes_colour(mode, form):
    buffer = io.BytesIO()
    Image.new(mode, (6, 4)).save(buffer, form)
    picture = kept(SimpleUploadedFile("a", buffer.getvalue()))
    assert (picture.mode, picture.size) == ("RGB", (6, 4))


def test_transparency_becomes_white():
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(buffer, "PNG")
    assert kept(SimpleUploadedFile("a.png", buffer.getvalue())).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"), "Đây không phải tệp ảnh"),
        (SimpleUploadedFile("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "Đây không phải tệp ảnh"),
        (image_file(form="GIF"), "Đây không phải tệp ảnh"),
        (image_file(size=(8000, 8000)), "60 triệu điểm ảnh"),
        (SimpleUploadedFile("a.jpg", image_file(form="JPEG").read()[:300]), "bị hỏng"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" * 20 * MEGABYTE), "lớn hơn 20 MB"),
    ],
    ids=["script", "svg", "gif", "pixels", "damaged", "60 MB"],
)
def test_anything_else_is_refused_with_a_sentence(upload, sentence):
    with pytest.raises(UnusablePicture, match=sentence):
        read_picture(upload)


def test_a_decompression_bomb_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (10000, 10000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < MEGABYTE
    with pytest.raises(UnusablePicture, match="60 triệu điểm ảnh"):
        read_picture(SimpleUploadedFile("bom.png", bomb.getvalue()))


def test_a_refused_photo_is_named_and_the_caption_stays(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    files = [image_file(name="tot.png"), SimpleUploadedFile("xau.jpg", b"#!/bin/sh\n")]
    data = {"images": files, "caption": "Chủ trì phát biểu"}
    page = as_user(secretariat).post(f"/meetings/{meeting.pk}/photos/add/", data).content.decode()
    assert "xau.jpg: Đây không phải tệp ảnh" in page
    assert 'value="Chủ trì phát biểu"' in page
    assert not Photo.objects.exists()


def test_several_photos_are_taken_at_once(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    data = {"images": [image_file(), image_file()], "caption": "Toàn cảnh"}
    as_user(secretariat).post(f"/meetings/{meeting.pk}/photos/add/", data)
    assert list(meeting.photos.in_order().values_list("caption", "order")) == [("Toàn cảnh", 1), ("Toàn cảnh", 2)]


def encoded(picture, form, **options):
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


@pytest.fixture
def _truncated_allowed(monkeypatch):
    """As WeasyPrint leaves it for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.usefixtures("_truncated_allowed")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_photo_that_was_cut_off_is_refused(form, part):
    noise = Image.effect_noise((1200, 900), 60).convert("RGB")
    data = encoded(noise, form)
    with pytest.raises(UnusablePicture, match="bị hỏng"):
        read_picture(SimpleUploadedFile("a", data[: int(len(data) * part)]))
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("size", [(300, 300), (4000, 3000), (7700, 6400)], ids=["as it is", "scaled", "elsewhere"])
@pytest.mark.parametrize("grey", [0, 10_000, 40_000, 65_535])
def test_greys_of_16_bits_stay_what_they_are(grey, size):
    picture = kept(SimpleUploadedFile("a.png", encoded(Image.new("I;16", size, grey), "PNG")))
    assert abs(picture.getpixel((5, 5))[0] - grey // 256) <= 2


def test_colours_of_print_and_of_a_palette_stay_what_they_are():
    palette = Image.new("P", (40, 40), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    for data in (encoded(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG"), encoded(palette, "PNG")):
        red, green, blue = kept(SimpleUploadedFile("a", data)).getpixel((5, 5))
        assert red > 230
        assert max(green, blue) < 30


#: What is held whole while it is decoded, and takes hundreds of megabytes: its mode, its format, how it is written.
HEAVY = {
    "transparent": ("RGBA", "PNG", {}),
    "greys of 16 bits": ("I;16", "PNG", {}),
    "progressive": ("RGB", "JPEG", {"progressive": True}),
    "progressive, for print": ("CMYK", "JPEG", {"progressive": True}),
}
#: What takes little in each pixel, or is decoded scaled.
LIGHT = {"single bits": ("1", "PNG", {}), "palette": ("P", "PNG", {}), "plain": ("RGB", "JPEG", {})}
KINDS = [(*kind, True) for kind in HEAVY.values()] + [(*kind, False) for kind in LIGHT.values()]


@pytest.mark.parametrize(("mode", "form", "options", "is_heavy"), KINDS, ids=[*HEAVY, *LIGHT])
def test_a_large_picture_is_scaled_elsewhere_where_it_is_held_whole(mode, form, options, is_heavy, monkeypatch):
    data = encoded(Image.new(mode, (5600, 4800)), form, **options)
    asked = []

    def elsewhere(module, sent, wait):
        asked.append(module)
        return answer_of(module, sent, wait=wait)

    monkeypatch.setattr(pictures, "answer_of", elsewhere)
    assert kept(SimpleUploadedFile("a", data)).size == (1600, 1371)
    assert bool(asked) is is_heavy


def heic(size, colour="red", **options):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, colour)).save(buffer, quality=10, **options)
    return buffer.getvalue()


def test_a_heic_of_a_few_kilobytes_and_many_pixels_is_refused_undecoded(monkeypatch):
    data = heic((6000, 5000))
    monkeypatch.setattr(pictures, "MOST_MEGAPIXELS", {"HEIF": 29})
    monkeypatch.setattr(pictures, "answer_of", None)
    with pytest.raises(UnusablePicture, match="29 triệu điểm ảnh"):
        read_picture(SimpleUploadedFile("a.heic", data))


def test_a_large_heic_is_scaled_in_a_process_of_its_own(monkeypatch):
    data = heic((6000, 5000))
    monkeypatch.setattr(pillow_heif.HeifImageFile, "load", None)
    picture = kept(SimpleUploadedFile("a.heic", data))
    assert picture.size == (1600, 1333)
    assert picture.getpixel((5, 5))[0] > 230


@pytest.mark.parametrize("form", ["WEBP", "HEIF"])
def test_a_large_picture_stays_upright(form, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_MEGAPIXELS_HERE", {form: 0})
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(buffer, form, exif=exif(orientation=TURNED))
    assert kept(SimpleUploadedFile("a", buffer.getvalue())).size == (40, 60)


def test_a_large_picture_that_is_damaged_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_MEGAPIXELS_HERE", {"HEIF": 0})
    data = heic((400, 300))
    with pytest.raises(UnusablePicture, match="JPEG"):
        read_picture(SimpleUploadedFile("a.heic", data[: len(data) * 3 // 4]))
