"""The kinds of document that are issued, each with all that sets it apart.

Whoever deals with documents asks the kind (`kind_of`), never which one it is: another
kind is a class or an entry here, and a kind that isn't entered is an error, not a report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cluster_portal.files.document_head import DocumentHead, Verification, with_addressees
from cluster_portal.files.pdf import html_to_pdf
from cluster_portal.formatting import date
from meetings.actions.inviting import number_invitations
from meetings.models import Meeting
from meetings.papers import word_files
from meetings.papers.issuable import INVITATION, PAPER_KINDS, IssuablePaper, PaperKind, issuable
from meetings.papers.paper import meeting_paper
from meetings.papers.trail import last_told, record_changed
from members.infrastructure.audit import AuditEntry
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison.period_states import states_of
from reports.comparison.sources import Days
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.content import REPORT_NAME
from reports.documents import files
from reports.documents.fingerprint import (
    fingerprint,
    fingerprint_of_record,
    holds_figures,
    is_fingerprint_of,
    is_of_earlier_scheme,
)
from reports.documents.free_text import FreeDocument, day_of_head, free_document
from reports.documents.parts import Part, parts_of_free_text, parts_of_paper, parts_of_report
from reports.files import json_file, pdf_file, word_file
from reports.files.summary_report import SummaryReport, Wording, build_report
from reports.models import DocumentDraft, IssuedDocument, Kind, ReportingRound
from reports.prose.checked_text import CheckedText, checked, outdated
from reports.prose.narrative import templates
from reports.prose.outline import outline_of

Content = SummaryReport | IssuablePaper | FreeDocument
#: So long before a meeting it may be invited to.
LONGEST_NOTICE = dt.timedelta(days=366)


class Head(TypedDict):
    """What stands around the text; number, date and code stay open until the document is issued."""

    number: int | None
    date: dt.date | None
    verification: Verification | None
    opening: str


class ReportOnPeriod:
    """BC: a comparison of two periods, with a text that is edited; issued, it locks the reports it counts."""

    name = REPORT_NAME
    is_on_figures = True
    is_own_words = False
    is_addressed = False
    is_of_two = False

    def compose(self, draft: DocumentDraft, head: Head) -> SummaryReport:
        letterhead = build_letterhead(Cluster.get(), on=head["date"])
        wording = Wording(draft.text, outline_of(draft.outline), draft.addressee_names)
        return build_report(summarise_now(draft), letterhead, subject=draft.subject, wording=wording, **head)

    def fingerprint(self, content: Any) -> str:
        return fingerprint(content.summary)

    def still_holds(self, document: IssuedDocument, shown: Summary | None) -> bool:
        """Whether the figures of now – `shown`, if they are at hand – are those it was issued with."""
        summary = shown or summarise_now(document)
        stored = document.summary or {}
        return is_fingerprint_of(document.fingerprint, summary) or holds_figures(
            stored, summary, json_file.as_values(summary)
        )

    def sign_off_fault(self, draft: DocumentDraft, content: Any) -> str:
        """Why what was signed off must be signed off again, in a sentence; empty where it stands."""
        if is_fingerprint_of(draft.signed_off_fingerprint, content.summary):
            return ""
        return _signed_off_earlier() if is_of_earlier_scheme(draft.signed_off_fingerprint) else _changed_since()

    def lack(self, content: Any, draft: DocumentDraft) -> str:
        return lack_of_figures(content.summary)

    def date_fault(self, draft: DocumentDraft, issued_on: dt.date, *, today: dt.date) -> str:
        """Figures are told from the cut-off day of their period on, of which a sơ kết may bear the date."""
        if draft.period is None:
            return ""
        ends_on = Days.of(draft.period.halves).last_of(draft.period)
        if issued_on >= ends_on:
            return ""
        told = _("The cut-off day of the period is %(day)s; a report on it can't be dated earlier.")
        return told % {"day": date(ends_on)}

    def gaps(self, content: Any, draft: DocumentDraft) -> list[str]:
        missing = content.summary.coverage.expected - content.summary.coverage.current
        return [_("Units that lack reports of this period: %(n)d.") % {"n": missing}] if missing else []

    def check_text(self, draft: DocumentDraft, content: Any) -> CheckedText | None:
        return checked(draft.text, content.summary, outline_of(draft.outline))

    def outdated_numbers(self, document: IssuedDocument) -> CheckedText | None:
        return outdated((document.summary or {})["narrative"], summarise_now(document))

    def held(self, draft: DocumentDraft) -> QuerySet[Any]:
        """The rounds, so that nobody changes their reports until the document is kept."""
        rounds = ReportingRound.objects.filter(period__in=draft.period.halves).order_by("pk")
        return rounds.select_for_update(no_key=True)

    def values_to_keep(self, content: Any) -> dict[str, Any] | None:
        return json_file.as_values(content.summary, content.passages)

    def last_told(self, draft: DocumentDraft) -> AuditEntry | None:
        """Figures are told by the units, not by who writes the report."""
        return None

    def parts(self, content: Any) -> tuple[Part, ...]:
        return parts_of_report(content)

    def when_issued(self, draft: DocumentDraft, content: Any) -> None:
        """Nothing else is changed by it."""

    def write(self, content: Any) -> dict[str, bytes]:
        return files.report_files(content)

    def in_word(self, content: Any, base: bytes | None) -> bytes:
        """The Word file on the base, or on the standard one."""
        return word_file.write(content, base=base)

    def preview(self, content: Any) -> bytes:
        return pdf_file.write(content)


@dataclass(frozen=True)
class PaperOfMeeting:
    """One of a meeting's papers, as `paper` says; it shows the meeting's record."""

    paper: PaperKind
    is_on_figures = False
    is_own_words = False
    is_addressed = False
    is_of_two = False

    @property
    def name(self) -> str:
        return self.paper.name

    def compose(self, draft: DocumentDraft, head: Head) -> IssuablePaper:
        content = issuable(self.paper, meeting_paper(_meeting_of(draft)), subject=draft.subject, **head)
        if not self.paper.is_dated:
            return content
        letterhead = build_letterhead(Cluster.get(), on=head["date"])
        return replace(content, head=replace(content.head, letterhead=letterhead))

    def fingerprint(self, content: Any) -> str:
        return fingerprint_of_record(content.facts)

    def still_holds(self, document: IssuedDocument, shown: Summary | None) -> bool:
        """Whether the meeting's record is the one it was issued with; figures that are `shown` are nothing to it."""
        if is_of_earlier_scheme(document.fingerprint):
            return not record_changed(_meeting_of(document), self.paper.made_of, since=document.issued_at)
        return self.fingerprint(issuable(self.paper, meeting_paper(_meeting_of(document)))) == document.fingerprint

    def sign_off_fault(self, draft: DocumentDraft, content: Any) -> str:
        """Why what was signed off must be signed off again, in a sentence; empty where it stands."""
        signed_off = draft.signed_off_fingerprint
        if draft.signed_off_at and is_of_earlier_scheme(signed_off):
            changed = record_changed(_meeting_of(draft), self.paper.made_of, since=draft.signed_off_at)
        else:
            changed = self.fingerprint(content) != signed_off
        return _changed_since() if changed else ""

    def lack(self, content: Any, draft: DocumentDraft) -> str:
        meeting = _meeting_of(draft)
        if meeting.is_called_off:
            return _("This meeting was called off.")
        if self.paper.is_issued_before:
            return str(meeting.hour_lacking)
        if not meeting.took_place:
            return _("The meeting has not been held yet.")
        if lack := self.paper.lack(content.paper):
            return lack
        if not meeting.has_record():
            return _("Nothing of this meeting has been recorded yet.")
        return str(meeting.attendances.undecided_sentence())

    def date_fault(self, draft: DocumentDraft, issued_on: dt.date, *, today: dt.date) -> str:
        """Why the paper can't bear this date, in a sentence: what invites comes before, what tells of it after."""
        held_on = _meeting_of(draft).held_on
        if self.paper.is_issued_before and today > held_on:
            told = _("The meeting was on %(day)s; nobody can be invited to it any more, whatever day is given.")
            return told % {"day": date(held_on)}
        if self.paper.is_issued_before and issued_on < (earliest := held_on - LONGEST_NOTICE):
            told = _("The meeting is on %(day)s; an invitation to it can't be dated before %(earliest)s.")
            return told % {"day": date(held_on), "earliest": date(earliest)}
        if self.paper.is_issued_before and issued_on > held_on:
            return _("The meeting is on %(day)s; an invitation can't be dated later.") % {"day": date(held_on)}
        if not self.paper.is_issued_before and issued_on < held_on:
            told = _("The meeting was on %(day)s; what it decided can't be dated earlier.")
            return told % {"day": date(held_on)}
        return ""

    def gaps(self, content: Any, draft: DocumentDraft) -> list[str]:
        gaps = []
        if blanks := self.paper.blanks(content.paper):
            gaps.append(_("Left blank, to be filled in by hand: %(names)s.") % {"names": ", ".join(blanks)})
        if unsettled := _meeting_of(draft).questions.unsettled().count():
            gaps.append(_("Contradictions not settled yet: %(n)d.") % {"n": unsettled})
        return gaps

    def check_text(self, draft: DocumentDraft, content: Any) -> CheckedText | None:
        return None

    def outdated_numbers(self, document: IssuedDocument) -> CheckedText | None:
        return None

    def held(self, draft: DocumentDraft) -> QuerySet[Any]:
        """The meeting, so that nobody changes its plan until the document is kept."""
        return Meeting.objects.filter(pk=_meeting_of(draft).pk).select_for_update(of=("self",))

    def values_to_keep(self, content: Any) -> dict[str, Any] | None:
        return None

    def last_told(self, draft: DocumentDraft) -> AuditEntry | None:
        """The last act on the meeting's record that the paper tells of."""
        return last_told(_meeting_of(draft), self.paper.made_of)

    def parts(self, content: Any) -> tuple[Part, ...]:
        return parts_of_paper(content)

    def when_issued(self, draft: DocumentDraft, content: Any) -> None:
        """The invitations that are printed one by one bear the number of the one that was issued."""
        if self.paper is INVITATION:
            head = content.head
            number_invitations(meeting=_meeting_of(draft), number=head.number, date=head.date, says=content.says)

    def write(self, content: Any) -> dict[str, bytes]:
        return files.paper_files(content)

    def in_word(self, content: Any, base: bytes | None) -> bytes:
        return word_files.write(content, base=base)

    def preview(self, content: Any) -> bytes:
        pdf: bytes = content.pdf()
        return pdf


@dataclass(frozen=True)
class FreeText:
    """A document of the office's own words; nothing else is changed by it, nor changes it.

    `is_addressed`: it goes to somebody, named after “Kính gửi”. `is_letter`: a công văn,
    which shows no kind. `is_of_two`: another party may sign beside, and it bears no place and date.
    """

    code: str
    name: str
    is_addressed: bool = False
    is_letter: bool = False
    is_of_two: bool = False
    is_on_figures = False
    is_own_words = True

    def compose(self, draft: DocumentDraft, head: Head) -> FreeDocument:
        addressees = draft.addressee_names
        letterhead = build_letterhead(Cluster.get(), on=day_of_head(draft.text, head["date"]))
        about = DocumentHead(
            with_addressees(letterhead, addressees),
            kind=self.name,
            kind_code=Kind(self.code).abbreviation,
            subject=draft.subject,
            number=head["number"],
            date=head["date"],
            verification=head["verification"],
            is_letter=self.is_letter,
        )
        return free_document(
            draft.text,
            code=self.code,
            head=about,
            addressees=addressees,
            opening=head["opening"],
            is_dated=not self.is_of_two,
        )

    def fingerprint(self, content: Any) -> str:
        return fingerprint_of_record(content.facts)

    def still_holds(self, document: IssuedDocument, shown: Summary | None) -> bool:
        """It tells of nothing that could change."""
        return True

    def sign_off_fault(self, draft: DocumentDraft, content: Any) -> str:
        return "" if self.fingerprint(content) == draft.signed_off_fingerprint else _changed_since()

    def lack(self, content: Any, draft: DocumentDraft) -> str:
        if not content.paragraphs:
            return _("The text has not been written yet.")
        if self.is_addressed and not content.addressees:
            return _("Enter to whom the document goes (Kính gửi).")
        return ""

    def date_fault(self, draft: DocumentDraft, issued_on: dt.date, *, today: dt.date) -> str:
        return ""

    def gaps(self, content: Any, draft: DocumentDraft) -> list[str]:
        return []

    def check_text(self, draft: DocumentDraft, content: Any) -> CheckedText | None:
        return None

    def outdated_numbers(self, document: IssuedDocument) -> CheckedText | None:
        return None

    def held(self, draft: DocumentDraft) -> QuerySet[Any]:
        """The draft itself, which holds all it says."""
        return DocumentDraft.objects.filter(pk=draft.pk).select_for_update(of=("self",))

    def values_to_keep(self, content: Any) -> dict[str, Any] | None:
        return None

    def last_told(self, draft: DocumentDraft) -> AuditEntry | None:
        return None

    def parts(self, content: Any) -> tuple[Part, ...]:
        return parts_of_free_text(content)

    def when_issued(self, draft: DocumentDraft, content: Any) -> None:
        """Nothing else is changed by it."""

    def write(self, content: Any) -> dict[str, bytes]:
        return files.free_files(content)

    def in_word(self, content: Any, base: bytes | None) -> bytes:
        in_word: bytes = content.docx(base=base)
        return in_word

    def preview(self, content: Any) -> bytes:
        return html_to_pdf(content.html())


DocumentKind = ReportOnPeriod | PaperOfMeeting | FreeText

#: What an office writes in its own words, in the order it is offered.
FREE_TEXTS = (
    FreeText("KH", "Kế hoạch"),
    FreeText("CTr", "Chương trình"),
    FreeText("QC", "Quy chế"),
    FreeText("TTr", "Tờ trình", is_addressed=True),
    FreeText("HD", "Hướng dẫn"),
    FreeText("CV", "Công văn", is_addressed=True, is_letter=True),
    FreeText("BCK", "Báo cáo"),
    FreeText("TBK", "Thông báo"),
    FreeText("BBK", "Biên bản", is_of_two=True),
    FreeText("PA", "Phương án"),
    FreeText("ĐA", "Đề án"),
    FreeText("QyĐ", "Quy định"),
    FreeText("BTT", "Bản thỏa thuận", is_of_two=True),
)

KINDS: dict[Kind, DocumentKind] = {
    Kind.REPORT: ReportOnPeriod(),
    **{Kind(code): PaperOfMeeting(paper) for code, paper in PAPER_KINDS.items()},
    **{Kind(entry.code): entry for entry in FREE_TEXTS},
}
#: What a meeting issues, in the order it is needed.
PAPERS = {kind: entry for kind, entry in KINDS.items() if isinstance(entry, PaperOfMeeting)}


def kind_of(row: DocumentDraft | IssuedDocument) -> DocumentKind:
    """Raises `KeyError` for a kind that is not entered here."""
    return KINDS[Kind(row.kind)]


def kind_of_content(content: Content) -> DocumentKind:
    return KINDS[Kind(content.code)]


def summarise_now(comparison: DocumentDraft | IssuedDocument) -> Summary:
    """The comparison a report is on, as the figures stand now; none of what is being collected, as on its page."""
    period = comparison.period
    if period is None:
        raise ValueError("only a report compares periods")
    is_collecting = states_of([period]).is_collecting(period)
    return summarise(current=period, baseline=comparison.baseline, is_collecting=is_collecting)


def generated_text(draft: DocumentDraft, summary: Summary) -> dict[str, str]:
    """What stands in each part of the report that nobody put differently, with references to figures."""
    return templates(summary, outline_of(draft.outline), issuer=Cluster.get().name)


def lack_of_figures(summary: Summary) -> str:
    """Why nothing can be issued on the comparison yet, in a sentence; empty where it can."""
    return states_of([summary.period]).obstacle(summary.period)


def _meeting_of(row: DocumentDraft | IssuedDocument) -> Any:
    if row.meeting is None:
        raise ValueError("a paper is a meeting's")
    return row.meeting


def _changed_since() -> str:
    return _("Its content has changed since the document was signed off; it must be signed off again.")


def _signed_off_earlier() -> str:
    """The figures it was signed off with are known by a digest alone, and figures were put together otherwise then."""
    return _("It was signed off in an earlier version of the portal; please look at it and sign it off once more.")
