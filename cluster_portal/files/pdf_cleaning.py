"""A stranger's PDF made into one the portal can keep: what it says of its maker, and what it would do, is left out.

``python -m cluster_portal.files.pdf_cleaning`` reads a PDF and writes it anew with its pages, without document
data, scripts, enclosed files and what a camera wrote into its pictures. A PDF with a digital signature would lose
it that way: it is kept as it is, or not taken where it would do something.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from cluster_portal.bounded import TooMuchWork, answer_of, limit_this_process

#: Bytes of memory, seconds of work, and seconds until nobody waits any longer.
MEMORY, SECONDS, WAIT = 1 << 30, 20, 40
#: What a dictionary may say of the file's maker, and what it may have a reader do.
LEFT_OUT = (
    "/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA", "/JS", "/XFA", "/AF", "/EF", "/EmbeddedFiles"
)  # fmt: skip
#: Where scripts stand, and actions that run something, send something away, or open another file.
SCRIPTS = ("/JS", "/XFA")
ACTIONS = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/GoToR",
    "/Rendition",
    "/RichMediaExecute",
)
LOCKED, FAULTY, ACTIVE = b"locked", b"faulty", b"active"


class NotClean(Exception):
    """`args` is `LOCKED`, `FAULTY` or `ACTIVE`.

    It asks for a password, can't be read within the budget, or is signed together with scripts or enclosed files.
    """


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
    copied = copy_into_new_writer(reader, {"info": None})
    if reader.embedded_signatures:
        return ACTIVE if any(map(_would_act, copied.objects.values())) else data
    for place, kept in list(copied.objects.items()):
        copied.objects[place] = _without_traces(kept)
    # Copied once more, as what nothing names any longer would still stand in the file.
    anew = copy_into_new_writer(copied, {"info": None})
    # The same file sent twice is to be the same file: as a rule its name is chance, and the hour stands in it.
    anew._update_meta = lambda: None  # type: ignore[method-assign]
    name = generic.ByteStringObject(hashlib.sha256(data).digest()[:16])
    anew._document_id = generic.ArrayObject([name, name])
    return _bytes_of(anew)


def _would_act(kept: generic.PdfObject) -> bool:
    return any(_is_active(each) or not each.keys().isdisjoint(SCRIPTS) for each in _dictionaries(kept))


def _dictionaries(kept: Any) -> Iterator[generic.DictionaryObject]:
    """What an object consists of, at any depth, without what it refers to."""
    if isinstance(kept, generic.DictionaryObject):
        yield kept
    for _place, inner in _parts(kept):
        yield from _dictionaries(inner)


def _parts(kept: Any) -> list[tuple[Any, Any]]:
    return list(kept.items() if isinstance(kept, dict) else enumerate(kept) if isinstance(kept, list) else ())


def _is_active(kept: Any) -> bool:
    return _told(kept, "/Type") == "/EmbeddedFile" or _told(kept, "/S") in ACTIONS


def _told(kept: Any, name: str) -> Any:
    """What a dictionary says there, though it be by reference; None where nothing stands."""
    return kept.get_and_apply(name, lambda told: told) if isinstance(kept, generic.DictionaryObject) else None


def _without_traces(kept: generic.PdfObject) -> generic.PdfObject:
    if _is_active(kept) or _told(kept, "/Type") == "/Metadata":
        return generic.NullObject()
    _strip(kept)
    if isinstance(kept, generic.StreamObject) and _told(kept, "/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        return generic.StreamObject(dict(kept), encoded_data=without_camera_data(kept.encoded_data))
    return kept


def _strip(kept: Any) -> None:
    """Take out what no reader needs, at any depth."""
    if isinstance(kept, generic.DictionaryObject):
        for name in LEFT_OUT:
            kept.pop(name, None)
    for place, inner in _parts(kept):
        if _is_active(inner):
            kept[place] = generic.NullObject()
        else:
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
