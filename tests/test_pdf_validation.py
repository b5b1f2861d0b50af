"""Every kind of PDF the portal makes, in each of its states, is judged by the veraPDF engine."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.files import spreadsheets, word
from cluster_portal.files.pdf import html_to_pdf
from cluster_portal.periods import Period
from meetings.actions import planning
from meetings.actions.inviting import add_guest
from meetings.papers.paper import meeting_paper
from meetings.papers.pdf_files import invitations
from members.models import Cluster, Unit
from reports.documents import actions
from reports.documents.content import compose_content, preview, write_files
from reports.documents.kinds import FREE_TEXTS
from reports.models import Kind, SubmissionVersion
from tests.support.documents import issue, issued_report, one_page, prepared_draft, sign_off
from tests.support.factories import NOW, RoundFactory, UnitFactory, UserFactory
from tests.support.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.support.office_validation import faults_of
from tests.support.pdf_validation import KEEPING, READING, broken_rules
from tests.support.reporting import PATROLS, THEFT, TRAFFIC, accepted_report, close_early
from tests.support.sitemap import routes
from tests.support.url_args import values_for

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG_NAME = (
    "Trường Trung học phổ thông mẫu có tên dài đúng một trăm hai mươi chữ, để thử mọi bảng biểu trên khổ giấy A4"
)
LINES = "\n".join(f"Nội dung thứ {number} được ghi trong biên bản" for number in range(1, 9))


#: What tests upload or issue in the place of a file that nobody reads: no writing of the portal's.
STAND_INS = (b"%PDF-1.7\n%%EOF", b"%PDF ")
#: Comes back as it was uploaded, or nearly so.
UPLOADED = {
    "meetings:speech-file",  # written anew, but laid out by who uploaded it
    *("reports:signed-copy-file", "reports:sent-copy", "reports:library-file"),
    *("reports:superior-form-original", "reports:superior-form-file"),  # filled in within what was uploaded
}


OFFICE = {word.CONTENT_TYPE: "docx", spreadsheets.XLSX: "xlsx"}


def walked(client, unit):
    """What each page that answers with a PDF sends the secretariat, and each with a Word or Excel file."""
    values = values_for(unit)
    files, offices = {}, {}
    for route in routes():
        if route.capability and "logout" not in route.name and route.name not in UPLOADED:
            response = client.get(route.url(values))
            if response.get("Content-Type") == "application/pdf" and response.status_code == 200:
                content = response.getvalue()
                if not content.startswith(STAND_INS) and content != one_page():
                    files[route.name] = content
            elif response.status_code == 200 and (ending := OFFICE.get(response.get("Content-Type"))):
                offices[f"{route.name}.{ending}"] = response.getvalue()
            for close in response._resource_closers:  # `response.close()` would take the test's database along
                close()
    return files, offices


def held_meeting(host, by, *, speeches):
    """A meeting of which little was recorded, or everything and much of it."""
    record = {"conclusion": "Thống nhất.", "secretary_name": "Người Ghi"}
    if speeches:
        record |= {"results": LINES, "shortcomings": LINES, "notes": LINES, "agenda": LINES, "byline": "Người Viết"}
    meeting = planned_meeting(host, by, held_on=dt.date(2022, 7, 4), **record)
    for number in range(speeches):
        speech_of(host, meeting, title=f"Tham luận số {number}", main_points=LINES)
        award_of(host, meeting)
        photo_of(meeting, caption="" if number % 2 else f"Ảnh {number}")
        meeting.tasks.create(text=f"Nhiệm vụ {number}", due_on=dt.date(2022, 12, 1))
    if speeches:
        add_guest(meeting=meeting, values={"name": "Khách Mời", "organisation": LONG_NAME}, by=by, now=NOW)
    meeting.awards.update(status="granted")
    meeting.attendances.update(presence="present")
    meeting.refresh_from_db()
    planning.hold_meeting(meeting=meeting, by=by, now=NOW)
    return meeting


def of_meeting(client, meeting):
    """Its papers as they are printed, as drafts and as issued."""
    reading, keeping = {}, {}
    for name in ("agenda", "sign-in-sheet", "invitations", "summary", "minutes", "conclusion", "awards"):
        response = client.get(f"/meetings/{meeting.pk}/papers/{name}/")
        assert response.status_code == 200, name
        reading[name] = response.getvalue()
    for kind in ("GM", "BB", "TB"):
        draft = actions.prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
        reading[f"{kind} draft"] = preview(compose_content(draft))
        draft = sign_off(draft)
        document = issue(draft, write=write_files)
        reading[f"{kind} issued"], keeping[f"{kind} kept"] = issued_files(document)
    paper = meeting_paper(meeting)
    reading["invitations printed later"] = invitations(paper, paper.units)
    return reading, keeping


def issued_files(document):
    return [bytes(document.files.get(form=form).content) for form in ("pdf", "pdfa")]


def reports():
    """The period's report as draft and as issued."""
    draft = prepared_draft()
    reading = {"BC draft": preview(compose_content(draft))}
    draft.delete()
    issued, kept = issued_files(issued_report(write=write_files))
    return {**reading, "BC issued": issued}, {"BC kept": kept}


@pytest.fixture
def units(cluster, unit):
    """One with a short name and many with long ones, of which few have reported."""
    units = [unit, *(UnitFactory(name=f"{LONG_NAME} {number}", short_name=f"Dài {number}") for number in range(20))]
    for period in ("2022-H1", "2021-H1"):
        for place, each in enumerate(units[:3]):
            accepted_report(each, period, {THEFT: 9 + place, TRAFFIC: {"cases": 4, "deaths": 1}}, {PATROLS: 12})
        close_early(period)
    return units


def judged(reading, keeping, folder):
    """The rules that are broken, by profile and file; what is kept is there to be read as well."""
    profiles = ((READING, {**reading, **keeping}), (KEEPING, keeping))
    found = {profile: broken_rules(profile, files, folder) for profile, files in profiles if files}
    return {(profile, name): rules for profile, files in found.items() for name, rules in files.items() if rules}


def test_the_reports_keep_the_rules_in_each_state(units, tmp_path):
    reading, keeping = reports()
    assert (len(reading), len(keeping)) == (2, 1)
    assert judged(reading, keeping, tmp_path) == {}


#: A part with a section, a section that stands in no part, and nothing but paragraphs.
OWN_WORDS = ("Căn cứ quy chế\nI. Mục đích\n1. Yêu cầu\nGiữ vững an ninh;\nHết", "1. Yêu cầu\nGiữ vững;\nHết", LINES)


def test_documents_of_own_words_keep_the_rules_in_each_state(cluster, tmp_path):
    reading, keeping = {}, {}
    for entry in FREE_TEXTS:
        for number, body in enumerate(OWN_WORDS):
            name, addressees = f"{entry.code} {number}", "UBND huyện\nCông an huyện" if entry.is_addressed else ""
            draft = actions.prepare_free_text(
                kind=Kind(entry.code), subject=LONG_NAME[: number * 60 + 9], by=None, now=NOW
            )
            actions.write_free_text(
                draft=draft, text={"body": body}, addressees=addressees, revision=1, by=None, now=NOW
            )
            draft.refresh_from_db()
            reading[f"{name} draft"] = preview(compose_content(draft))
            document = issue(sign_off(draft), write=write_files)
            reading[f"{name} issued"], keeping[f"{name} kept"] = issued_files(document)
    assert judged(reading, keeping, tmp_path) == {}


@pytest.mark.parametrize("speeches", [0, 40])
def test_the_papers_of_a_meeting_keep_the_rules_in_each_state(units, secretariat, as_user, speeches, tmp_path):
    meeting = held_meeting(units[-1], secretariat, speeches=speeches)
    reading, keeping = of_meeting(as_user(secretariat), meeting)
    assert (len(reading), len(keeping)) == (14, 3)
    assert judged(reading, keeping, tmp_path) == {}


def test_every_other_kind_keeps_the_rules(cluster, unit, secretariat, as_user, tmp_path):
    """Whatever page answers with a PDF: a new kind is judged without being named here."""
    reading, offices = walked(as_user(secretariat), unit)
    assert {"reports:submission-pdf", "reports:sheet-pdf", "reports:comparison-pdf"} <= reading.keys()
    assert judged(reading, {}, tmp_path) == {}
    assert {"reports:submission-docx.docx", "reports:comparison-xlsx.xlsx"} <= offices.keys()
    assert {name: faults for name, faults in faults_of(offices, tmp_path).items() if faults} == {}


def test_what_has_the_longest_names_keeps_the_rules(units, secretariat, as_user, settings, tmp_path):
    """A kind of units, a unit's papers as sample, receipt and draft among them, and the letter that a button prints."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # that letter is for whom no mail reaches
    Cluster.objects.update(is_sample=True)
    unit = units[1]
    Unit.objects.filter(pk=unit.pk).update(leader=LONG_NAME[:100], leader_title=LONG_NAME)
    of_half = SubmissionVersion.objects.filter(submission__unit=unit, submission__round__period="2022-H1")
    of_half.update(receipt=1, submitted_by=secretariat, declaration=LONG_NAME)
    opened = RoundFactory(period=Period(2022, 2), due_on=timezone.localdate() + dt.timedelta(days=9))
    of_unit, half = ["2022-H1", unit.pk], reverse("reports:comparison-pdf", args=["2022-H1"])
    addresses = {
        "kind": f"{half}?kind={unit.kind}",
        "one unit": f"{half}?unit={unit.pk}",
        **{name: reverse(f"reports:{name}", args=of_unit) for name in ("sheet-pdf", "submission-pdf")},
        "receipt": reverse("reports:submission-receipt", args=of_unit),
    }
    Cluster.objects.update(address_line=LONG_NAME)
    client = as_user(secretariat)
    answers = {name: client.get(address) for name, address in addresses.items()}
    of_half.update(withdrawn_at=NOW)
    answers["withdrawn"] = client.get(addresses["submission-pdf"])
    answers["letter"] = client.post(reverse("members:person-letter", args=[UserFactory(unit=unit).pk]))
    liaison = as_user(UserFactory(unit=unit, role="liaison"))
    answers["draft"] = liaison.get(reverse("reports:submission-preview", args=[opened.period, unit.pk]))
    assert [name for name, answer in answers.items() if answer["Content-Type"] != "application/pdf"] == []
    assert judged({name: answer.getvalue() for name, answer in answers.items()}, {}, tmp_path) == {}


def test_what_takes_the_place_of_an_issued_report_keeps_the_rules(units, tmp_path):
    document = issued_report(write=write_files)
    draft = actions.begin_correction(document=document, by=None, now=NOW)
    reading = {"draft": preview(compose_content(draft))}
    reading["issued"], kept = issued_files(issue(sign_off(draft), write=write_files))
    assert judged(reading, {"kept": kept}, tmp_path) == {}


BROKEN = {
    "skipped heading": "<h1>Một</h1><h3>Hai</h3>",
    "picture without words": '<h1>Một</h1><img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27/%3E">',
    "whole": "<h1>Một</h1><h2>Hai</h2><p>Ba</p>",
}


def test_the_judge_finds_what_is_broken(tmp_path):
    files = {name: html_to_pdf(f'<html lang="vi"><title>Thử</title>{body}') for name, body in BROKEN.items()}
    found = broken_rules(READING, files, tmp_path)
    assert {name for name, rules in found.items() if rules} == {"skipped heading", "picture without words"}
    assert {name for name, rules in broken_rules(KEEPING, files, tmp_path).items() if rules} == set(BROKEN)
