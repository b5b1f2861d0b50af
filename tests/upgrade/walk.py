"""Every URL of the portal as the sample's people get it, and the rows that must outlast an upgrade.

``before FILE`` notes both down; ``after FILE`` walks again and says what has changed for
the worse: an address that is closed or opened now or breaks, a row that is gone, one that
stands for good and reads otherwise, a paper that is outdated now – or no longer – though
nothing happened but the upgrade. It imports nothing of the house, because `before` runs
in the tree of an earlier commit.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "cluster_portal.settings"

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db.models import Field, Model  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse  # noqa: E402
from pypdf import PdfReader  # noqa: E402

#: Answers that a link may have: 405 is that of a view which takes POST only.
SOUND = (200, 302, 403, 404, 405)
OPEN, REFUSED = (200, 302), (403, 404)
FOR_GOOD = ("reports.IssuedDocument", "reports.IssuedFile", "reports.SignedCopy", "members.AuditEntry")
PASSING = ("sessions", "contenttypes", "auth")
EXAMPLES = 2
#: Led on where there was no link to show; says now how the person gets theirs, as no link is shown any more.
TELLS_NOW = re.compile(r"/people/\d+/invitation/")
#: Papers that tell of a meeting in the past: before it is held they are refused now, with a sentence on its page.
TOLD_ONCE_HELD = re.compile(r"/meetings/\d+/papers/(summary|minutes|conclusion|news)/(docx/)?")
#: Signed off by who wrote it, when that was allowed: nothing of the paper changed, and another approves it now.
OF_ONE_HAND = "Người soạn thảo đã tự duyệt văn bản này"

ROWS = {
    "period": ("reports.ReportingRound", "period"),
    "unit_id": ("members.Unit", "pk"),
    "import_id": ("members.TableImport", "pk"),
    "meeting_id": ("meetings.Meeting", "pk"),
    "document_id": ("reports.IssuedDocument", "pk"),
    "copy_id": ("reports.SignedCopy", "pk"),
    "draft_id": ("reports.DocumentDraft", "pk"),
    "code": ("reports.IssuedDocument", "code"),
    "invitee_id": ("meetings.Attendance", "pk"),
    "speech_id": ("meetings.Speech", "pk"),
    "award_id": ("meetings.Award", "pk"),
    "task_id": ("meetings.Task", "pk"),
    "question_id": ("meetings.OpenQuestion", "pk"),
    "photo_id": ("meetings.Photo", "pk"),
    "succession_id": ("members.UnitSuccession", "pk"),
    "merger_id": ("members.UnitMerger", "pk"),
    "term_id": ("members.LeadTerm", "pk"),
    "handover_id": ("members.Handover", "pk"),
    "change_id": ("members.AccountChange", "pk"),
    "letterhead_id": ("members.DatedLetterhead", "pk"),
    "person_id": ("members.User", "pk"),
    "letter_id": ("members.Letter", "pk"),
    "reset_id": ("members.SecondFactorReset", "pk"),
    "attachment_id": ("reports.Attachment", "pk"),
    "comment_id": ("reports.ReviewComment", "pk"),
    "superior_form_id": ("reports.SuperiorForm", "pk"),
    "deputy_id": ("reports.ApprovalDeputy", "pk"),
    "library_id": ("reports.LibraryPaper", "pk"),
    "proposal_id": ("reports.Proposal", "pk"),
    "mfa_edit_webauthn:pk": ("mfa.Authenticator", "pk"),
    "mfa_remove_webauthn:pk": ("mfa.Authenticator", "pk"),
    "reports:pk": ("incidents.Category", "pk"),
    "incidents:pk": ("incidents.Incident", "pk"),
}
WORDS = {
    "form": ["pdf", "docx", "json"],
    "uidb36": ["1"],
    "key": ["x-y"],
    "what": ["speeches"],
    "of": ["x"],
    "number": ["1"],
}


def values_of(name: str, argument: str) -> list[Any]:
    """The first and the last of what the argument can stand for."""
    if argument == "kind":
        return ["GM", "TB", "BB"] if "paper" in name else ["categories", "indicators", "groups"]
    if argument in WORDS:
        return WORDS[argument]
    label, field = ROWS.get(f"{name.partition(':')[0]}:{argument}") or ROWS[argument]
    try:
        model = apps.get_model(label)
    except LookupError:  # not yet in the earlier commit
        return []
    found = list(model._default_manager.order_by("pk").values_list(field, flat=True))
    return [found[0], found[-1]] if found else []


def patterns(entries: Any, namespace: str = "", arguments: frozenset[str] = frozenset()) -> Iterator[tuple[str, set]]:
    for entry in entries:
        own = arguments | entry.pattern.converters.keys() | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", own
        else:
            yield from patterns(entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else "", own)


def addresses() -> list[str]:
    found: dict[str, None] = {}
    for name, arguments in patterns(get_resolver().url_patterns):
        values = {argument: values_of(name, argument) for argument in sorted(arguments)}
        for example in range(EXAMPLES if arguments and all(values.values()) else not arguments):
            try:
                url = reverse(
                    name,
                    kwargs={key: stand[example] if len(stand) > example else stand[0] for key, stand in values.items()},
                )
            except NoReverseMatch:  # such as a whole year where a half belongs
                continue
            found[url] = None
    return list(found)


def signed_in(role: str) -> Client:
    client = Client(raise_request_exception=False)
    person = apps.get_model("members.User").objects.filter(role=role).order_by("pk").first()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answers(urls: list[str]) -> dict[str, dict[str, int]]:
    """What each person gets, by role and address; signing out comes last."""
    logging.disable(logging.WARNING)  # of what is refused or not found; errors come with their cause
    heard: dict[str, dict[str, int]] = {}
    for role in ("secretariat", "liaison"):
        heard[role] = {}
        for url in sorted(urls, key=lambda url: "logout" in url):
            response = signed_in(role).get(url)
            b"".join(response)  # closes a file
            heard[role][url] = response.status_code
    return heard


def standings() -> dict[str, bool]:
    """What the portal says of its papers: outdated, to be signed off again, printed under their number."""
    setup_test_environment()  # a page's context is kept
    client, said = signed_in("secretariat"), {}
    for document in apps.get_model("reports.IssuedDocument").objects.all():
        page = client.get(reverse("reports:document-detail", args=[document.pk]))
        said[f"{document.kind} {document.pk} ({document.notation}) is outdated"] = page.context["standing"].is_outdated
    for draft in apps.get_model("reports.DocumentDraft").objects.filter(status="signed_off"):
        page = client.get(reverse("reports:draft-detail", args=[draft.pk]))
        # Figures that were signed off are known by a digest alone; a paper's record is in the trail, too.
        if draft.kind != "BC":
            fault = page.context.get("has_changed", page.context.get("sign_off_fault"))
            has_changed = bool(fault) and OF_ONE_HAND not in str(fault)
            said[f"draft {draft.pk} ({draft.kind}) is to be signed off again"] = has_changed
    for meeting in apps.get_model("meetings.Meeting").objects.exclude(invitation_number=None):
        printed = b"".join(client.get(reverse("meetings:paper-invitations", args=[meeting.pk])))
        number = f"{meeting.invitation_number:02d}/GM"
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
        said[f"the invitations to meeting {meeting.pk} bear the number {number}"] = number in text
    return said


def rows() -> dict[str, dict[str, dict[str, str]]]:
    """Of every table the keys, and of what stands for good each value: long ones by their digest."""
    models = [model for model in apps.get_models() if model._meta.app_label not in PASSING]
    return {model._meta.label: _rows_of(model) for model in models}


def _rows_of(model: type[Model]) -> dict[str, dict[str, str]]:
    fields = model._meta.concrete_fields if model._meta.label in FOR_GOOD else []
    return {str(row.pk): {f.attname: _digest(row, f) for f in fields} for row in model._base_manager.all()}


def _digest(row: Model, field: Field) -> str:
    value = getattr(row, field.attname)
    if isinstance(value, (bytes, memoryview)):
        return hashlib.sha256(value).hexdigest()
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()


def faulty_answers(before: dict[str, dict[str, int]], heard: dict[str, dict[str, int]]) -> Iterator[str]:
    for role, was in before.items():
        for url, now in heard[role].items():
            if TELLS_NOW.fullmatch(url) and (was.get(url), now) == (302, 200):
                continue
            if TOLD_ONCE_HELD.fullmatch(url) and (was.get(url), now) == (200, 302):
                continue
            if now not in SOUND:
                yield f"{role}: {url} answers {now}"
            elif url in was and ((was[url] in OPEN and now != was[url]) or (was[url] in REFUSED and now == 200)):
                yield f"{role}: {url} answered {was[url]}, now {now}"


def faulty_rows(before: dict[str, dict], after: dict[str, dict]) -> Iterator[str]:
    for label, was in before.items():
        now = after.get(label, {})
        if lost := was.keys() - now.keys():
            yield f"{label}: {len(lost)} of {len(was)} rows are gone"
        for key in was.keys() & now.keys():
            fields = was[key].keys() & now[key].keys()
            yield from (f"{label} {key}: {f} reads otherwise" for f in fields if was[key][f] != now[key][f])


def faulty_standings(before: dict[str, bool], after: dict[str, bool]) -> Iterator[str]:
    for said, was in before.items():
        if (now := after.get(said)) != was:
            yield f"{said}: {was} before the upgrade, {now} after it"


def main(moment: str, file: Path) -> None:
    settings.ACCOUNT_LIMITS = {}  # the walk asks for more in a minute than a person does
    if moment == "before":
        # Without the rows first: a page that is looked at must not change any.
        kept = {"rows": rows(), "answers": answers(addresses()), "standings": standings()}
        file.write_text(json.dumps(kept))
        counted = {label: len(found) for label, found in kept["rows"].items() if found}
        print(f"  {len(kept['answers']['secretariat'])} addresses; rows: {counted}")
        print("\n".join(f"  {said}: {is_so}" for said, is_so in kept["standings"].items()))
        return
    before = json.loads(file.read_text())
    urls = list(dict.fromkeys(itertools.chain(before["answers"]["secretariat"], addresses())))
    found = [
        *faulty_rows(before["rows"], rows()),
        *faulty_answers(before["answers"], answers(urls)),
        *faulty_standings(before["standings"], standings()),
    ]
    sound = f"{len(urls)} addresses: none is closed, opened or broken; no row is lost; every paper stands as before."
    print("\n".join(found) or f"  {sound}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
