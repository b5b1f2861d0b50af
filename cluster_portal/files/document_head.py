"""What every official document carries besides its text, as finished values.

The places, sizes and faces are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, and live
in `static/css/document.css`; `templates/documents/base.html` lays these values out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cluster_portal import formatting
from cluster_portal.unbroken import NO_BREAK

#: Room left for what is written by hand on a document that is not yet issued.
BLANK = NO_BREAK * 6
#: What a title is not broken within.
PERIOD = re.compile(r"(6 tháng (đầu|cuối) )?năm [0-9]{4}", re.IGNORECASE)
SAMPLE_MARK = "Dữ liệu mẫu"
DRAFT_MARK = "DỰ THẢO"
#: What the text of a document ends with, and that of each annex (Phụ lục I, II.6).
END = "./."
#: The first of the recipients, where “Kính gửi” names some.
AS_ABOVE = "Như trên"


@dataclass(frozen=True)
class Letterhead:
    """Who issues and signs: the cluster's settings as they stood when the document was written."""

    issuer: str
    #: Its name in running text, where the letterhead has it in capitals.
    issuer_name: str = ""
    superior: str = ""
    place: str = ""
    notation_suffix: str = ""
    #: In whose right is signed, “KT.” among it; the title of who signs for it stands below.
    signer_capacity: str = ""
    signer_title: str = ""
    #: What the signer is in another body.
    signer_post: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()
    #: The sign of who drafted it and how many copies there are (III.3), as the office writes them: ``TH. NVA.15``.
    drafter: str = ""
    #: Address, telephone and the like, below the text of the first page (III.4).
    address_line: str = ""
    is_sample: bool = False

    @property
    def capacity_lines(self) -> tuple[str, ...]:
        """In whose right is signed, and as what; the title may be of several lines, as “KT. …” above one's own."""
        return tuple(line for line in (self.signer_capacity, *self.signer_title.split("\n")) if line)

    @property
    def sample_mark(self) -> str:
        return SAMPLE_MARK if self.is_sample else ""

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """The list under “Nơi nhận:”, which ends with the archive."""
        return (*(f"- {name.rstrip(';. ')};" for name in self.recipients), self.archive_line())

    def archive_line(self, beside: str = "") -> str:
        """Where it is kept, `beside` the archive too, and the sign of who drafted it: ``- Lưu: VT, TH. NVA.15.``"""
        return f"- Lưu: {', '.join(filter(None, ('VT', beside, self.drafter.rstrip('. '))))}."

    @property
    def signature_lines(self) -> tuple[str, ...]:
        """What stands above and below the signature, from the top down."""
        return tuple(filter(None, (*self.capacity_lines, self.signer_post, self.signer_name)))


@dataclass(frozen=True)
class Verification:
    """What leads from an issued document to the page that vouches for it; `picture` is its QR code, a `data:` URI.

    `trail` is where the audit trail ended when it was issued: an entry altered later no longer fits it.
    """

    code: str
    address: str
    picture: str
    trail: str = ""


def addressee_lines(addressees: Sequence[str]) -> tuple[str, ...]:
    """“Kính gửi” with one addressee beside it, or several below (NĐ 30, Phụ lục III)."""
    if len(addressees) < 2:
        return tuple(f"Kính gửi: {name}" for name in addressees)
    ends = [";"] * (len(addressees) - 1) + ["."]
    return ("Kính gửi:", *(f"- {name}{end}" for name, end in zip(addressees, ends, strict=True)))


def with_addressees(letterhead: Letterhead, addressees: Sequence[str]) -> Letterhead:
    """Whom “Kính gửi” names is “Như trên” among the recipients, the first; nobody is where it isn't there."""
    others = tuple(name for name in letterhead.recipients if name.strip(" -;.").casefold() != AS_ABOVE.casefold())
    return replace(letterhead, recipients=(AS_ABOVE, *others) if addressees else others)


@dataclass(frozen=True)
class DocumentHead:
    """One document's kind, subject, number and date; number and date stay open until it is issued."""

    letterhead: Letterhead
    kind: str
    kind_code: str
    subject: str
    number: int | None = None
    date: dt.date | None = None
    verification: Verification | None = None
    #: How often its draft was worded, this time among them; 0 where nobody counts.
    draft_turn: int = 0
    #: It gets its number elsewhere – in a unit's own office, from the hand – or none, so it is no draft for lack of it.
    is_numbered_elsewhere: bool = False
    #: What a print says across its head where it doesn't count any more.
    void_mark: str = ""
    #: In a frame below the number (III.2): how urgent it is, in red, and how far it may go.
    urgency: str = ""
    circulation: str = ""
    #: Công văn: it has no kind in its number or heading; what it is about stands below the number.
    is_letter: bool = False

    @property
    def draft_mark(self) -> str:
        """What a print says that was not issued, without number it is no document yet; or that doesn't count."""
        if self.void_mark:
            return self.void_mark
        is_draft = self.kind_code and self.number is None and not self.is_numbered_elsewhere
        turn = f" (lần {self.draft_turn})" if self.draft_turn else ""
        return f"{DRAFT_MARK}{turn}" if is_draft else ""

    @property
    def notation(self) -> str:
        """The line below the issuer: ``Số: 05/BC-CĐBAT``."""
        return f"Số: {self.notation_only}"

    @property
    def notation_only(self) -> str:
        """``05/BC-CĐBAT``: below 10 padded, no spaces around the signs."""
        number = BLANK if self.number is None else f"{self.number:02d}"
        suffix = self.letterhead.notation_suffix
        if self.is_letter:
            return f"{number}/{suffix}" if suffix else number
        return f"{number}/{self.kind_code}{f'-{suffix}' if suffix else ''}"

    @property
    def about(self) -> str:
        """``V/v bảo đảm an ninh``: what a letter is about (Phụ lục I, II.5)."""
        return f"V/v {formatting.within_sentence(self.subject)}"

    @property
    def place_and_date(self) -> str:
        return f"{self.letterhead.place}, {self.day}" if self.letterhead.place else self.day

    @property
    def day(self) -> str:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}" if self.date is None else formatting.long_date(self.date)

    @property
    def attached(self) -> str:
        """What an annex says below its title of the document it belongs to (Phụ lục I, III.1)."""
        issuer = self.letterhead.issuer_name or self.letterhead.issuer
        return f"(Kèm theo {self.kind} số {self.notation_only} {self.day} của {issuer})"

    @property
    def subject_unbroken(self) -> str:
        """The subject as it stands in the heading: a period goes to the next line as a whole."""
        return PERIOD.sub(lambda found: found[0].replace(" ", NO_BREAK), self.subject)

    @property
    def title(self) -> str:
        """The document's title for viewers and file lists."""
        return f"{self.kind} {self.subject}".strip()
