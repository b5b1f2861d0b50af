"""Every Word and Excel file is opened by LibreOffice, in one call, and says what the PDF says; and is valid."""

import io
import re
import zipfile
from collections import Counter

import pytest
from django.urls import reverse

from cluster_portal.files import word_base
from meetings.models import Meeting
from meetings.papers import pdf_files
from meetings.papers.issuable import CONCLUSION, MINUTES
from meetings.papers.paper import meeting_paper
from meetings.papers.pdf_files import numbered
from reports.documents.content import write_files
from reports.meeting_papers import summary, word_files
from tests.support.documents import issued_report
from tests.support.meetings import words_of_pdf
from tests.support.office_suite import opened
from tests.support.office_validation import faults_of
from tests.support.reporting import PATROLS, THEFT, TRAFFIC, accepted_report
from tests.test_clauses import held_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def words(pdf):
    """Which words it says; page numbers, and words that a narrow cell broke, are put together again."""
    return {word.strip("–-") for word in words_of_pdf(pdf)} - {""}


@pytest.fixture
def files(cluster, unit, other_unit, secretariat, as_user):
    """Each Word or Excel file with the PDF that says the same."""
    for period in ("2022-H1", "2021-H1"):
        for place, each in enumerate((unit, other_unit)):
            accepted_report(each, period, {THEFT: 9 + place, TRAFFIC: {"cases": 4, "deaths": 1}}, {PATROLS: 12})
    issued = {file.form: bytes(file.content) for file in issued_report(write=write_files).files.all()}
    paper = meeting_paper(Meeting.objects.get(pk=held_meeting(unit, secretariat).pk))
    told = summary.meeting_summary(Meeting.objects.get())
    client, of_unit = as_user(secretariat), ["2022-H1", unit.pk]
    return {
        "report.docx": (issued["docx"], issued["pdf"]),
        "figures.xlsx": (issued["xlsx"], issued["pdf"]),
        "minutes.docx": (word_files.write(MINUTES, paper), numbered(MINUTES, paper)),
        "notice.docx": (word_files.write(CONCLUSION, paper), numbered(CONCLUSION, paper)),
        **{
            f"{name}.docx": tuple(
                client.get(reverse(f"reports:{name}-{form}", args=of_unit)).getvalue() for form in ("docx", "pdf")
            )
            for name in ("submission", "sheet")
        },
        "invitations.docx": (word_files.invitations(paper), pdf_files.invitations(paper, paper.invited)),
        "programme.docx": (word_files.agenda(paper), pdf_files.agenda(paper)),
        "meeting.docx": (word_files.meeting_report(told), summary.write(told)),
        "news.docx": (word_files.news(paper), None),
    }


def test_what_the_office_opens_says_what_the_pdf_says(files, tmp_path):
    found = opened({name: office for name, (office, _pdf) in files.items()}, tmp_path)
    assert found.keys() == files.keys()
    unlike = {}
    for name, (_office, pdf) in files.items():
        said = words(found[name])
        assert len(said) > 30, name
        if pdf and name.endswith(".docx"):
            unlike[name] = said ^ words(pdf)
    # The labels of the charts, “6T đầu 2022” and figures, which are pictures here.
    labels = unlike.pop("report.docx") | unlike.pop("sheet.docx")
    assert {name: words for name, words in unlike.items() if words} == {}
    assert [word for word in labels - {"6t"} if not word.isdigit()] == []


#: Of the library's own template, and of a program that isn't the portal.
LEFTOVERS = re.compile(rb"thumbnail|stylesWithEffects|customXml|python-docx|openpyxl")


def test_every_file_is_valid_bears_no_time_and_nothing_of_its_template(files, tmp_path):
    offices = {name: office for name, (office, _pdf) in files.items()}
    assert {name: faults for name, faults in faults_of(offices, tmp_path).items() if faults} == {}
    for name, office in offices.items():
        package = zipfile.ZipFile(io.BytesIO(office))
        told = {part: package.read(part) for part in package.namelist()}
        assert {info.date_time[0] for info in package.infolist()} == {1980}, name
        assert not [part for part, content in told.items() if LEFTOVERS.search(part.encode() + content)], name
        assert b"vi-VN" in told["docProps/core.xml"], name
        assert set(re.findall(rb'<w:lang [^>]*w:val="([^"]*)"', told.get("word/styles.xml", b""))) <= {b"vi-VN"}, name


def test_the_judge_of_schemas_finds_what_is_broken(tmp_path):
    written = io.BytesIO()
    whole = word_base.standard_base()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "word/document.xml":
                content = content.replace(
                    b"<w:sectPr", b'<w:p><w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr></w:p><w:sectPr'
                )
            new.writestr(part, content)
    found = faults_of({"whole.docx": whole, "broken.docx": written.getvalue()}, tmp_path)
    assert found["whole.docx"] == []
    assert "keepNext" in "".join(found["broken.docx"])


def test_every_figure_of_the_report_stands_in_the_workbook(files, tmp_path):
    found = opened({"figures.xlsx": files["figures.xlsx"][0]}, tmp_path)["figures.xlsx"]
    figures = Counter(word for word in words_of_pdf(found) if word.replace(".", "").isdigit())
    assert {"19", "8", "2"} <= figures.keys()
    assert not [word for word in words_of_pdf(found) if set(word) == {"#"}]  # a column too narrow for its figure
