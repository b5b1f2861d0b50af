"""A stranger's PDF made into one the portal can keep: what it says of its maker, and what it would do, is left out.

``python -m cluster_portal.files.pdf_cleaning`` reads a PDF and writes it anew with its pages, without document
data, scripts, enclosed files and what a camera wrote into its pictures. A PDF with a digital signature would lose
it that way and is kept as it is.
"""

from __future__ import annotations

import io
import sys

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from cluster_portal.bounded import TooMuchWork, answer_of, limit_this_process

#: Bytes of memory, seconds of work, and seconds until nobody waits any longer.
MEMORY, SECONDS, WAIT = 1 << 30, 20, 40
#: What a dictionary may say of the file's maker, and what it may have a reader do.
LEFT_OUT = ("/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA", "/JS", "/AF", "/EF", "/EmbeddedFiles")
LOCKED, FAULTY = b"locked", b"faulty"


class NotClean(Exception):
    """`args` is `LOCKED` or `FAULTY`: it asks for a password, or can't be read within the budget."""


def clean_pdf(data: bytes) -> bytes:
    """The file anew, from a process with a budget of time and memory. Raises `NotClean`."""
    try:
        answer = answer_of(__name__, data, wait=WAIT)
    except TooMuchWork as fault:
        raise NotClean(FAULTY) from fault
    if not answer.startswith(b"%PDF-"):
        raise NotClean(answer)
    return answer


def cleaned(data: bytes) -> bytes:
    """The file anew, or why it can't be taken."""
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        return LOCKED
    if int(reader.root["/Pages"]["/Count"]) < 1:
        return FAULTY
    if reader.embedded_signatures:
        return data
    writer = copy_into_new_writer(reader, {"info": None})
    for place, kept in list(writer.objects.items()):
        writer.objects[place] = _without_traces(kept)
    return _bytes_of(writer)


def _without_traces(kept: generic.PdfObject) -> generic.PdfObject:
    if not isinstance(kept, generic.DictionaryObject):
        return kept
    if kept.get("/Type") in ("/Metadata", "/EmbeddedFile") or kept.get("/S") == "/JavaScript":
        return generic.NullObject()
    _strip(kept)
    if isinstance(kept, generic.StreamObject) and kept.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        return generic.StreamObject(dict(kept), encoded_data=without_camera_data(kept.encoded_data))
    return kept


def _strip(kept: generic.PdfObject) -> None:
    """Take out what no reader needs, at any depth."""
    if isinstance(kept, generic.DictionaryObject):
        for name in LEFT_OUT:
            kept.pop(name, None)
    for inner in list(kept.values()) if isinstance(kept, dict) else kept if isinstance(kept, list) else ():
        _strip(inner)


def without_camera_data(jpeg: bytes) -> bytes:
    """A JPEG without its segments APP1 (Exif, XMP), APP13 (IPTC) and comments; others decide how it looks."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in (0xE1, 0xED, 0xFE):
            kept += jpeg[at : at + length]
        at += length
    return bytes(kept + jpeg[at:])


def _bytes_of(writer: PdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


if __name__ == "__main__":
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    try:
        said = cleaned(sys.stdin.buffer.read())
    except Exception:  # a file made to harm can make a reader raise anything
        said = FAULTY
    sys.stdout.buffer.write(said)
