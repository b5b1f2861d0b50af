"""A base of Word files is taken only once each kind of paper has been written on it."""

import io
import itertools
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from cluster_portal.files import word_base
from meetings.models import Meeting
from members.models import Unit
from reports.documents import proving
from reports.documents.kinds import KINDS
from reports.models import Kind, WordBase
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting


def changed(part, pattern, by):
    """The standard base with something of one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_base.standard_base())) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content, times = re.subn(pattern, by, content)
                assert times
            new.writestr(name, content)
    return file.getvalue()


UNFIT = {
    "a style of letters under the name of one of lines": changed(
        "word/styles.xml", rb'w:type="paragraph"([^>]*>\s*<w:name w:val="Title"/>)', rb'w:type="character"\1'
    ),
    "no section": changed("word/document.xml", rb"<w:sectPr.*</w:sectPr>", b""),
}


def offered(client, content):
    return client.post("/documents/word-base/", {"file": SimpleUploadedFile("mau.docx", content)})


@pytest.mark.parametrize("content", UNFIT.values(), ids=UNFIT)
def test_a_base_on_which_a_paper_fails_is_refused_with_its_name(as_user, secretariat, cluster, content):
    word_base.check_base(content)  # a Word file like any other
    page = offered(as_user(secretariat), content).text
    assert "Không lập được" in page
    assert "Báo cáo" in page
    assert not WordBase.objects.exists()


def test_a_paper_that_reads_otherwise_is_told(cluster, monkeypatch):
    """To be written is not enough."""
    calls = itertools.count()
    monkeypatch.setattr(proving, "_lines", lambda _written: [str(next(calls))])
    with pytest.raises(proving.UnfitBase, match="Báo cáo"):
        proving.prove_base(word_base.standard_base(), now=NOW)


@pytest.mark.parametrize("is_planned", [False, True])
def test_the_standard_base_and_words_own_are_taken_and_no_meeting_is_left(
    as_user, secretariat, cluster, unit, is_planned
):
    planned = [planned_meeting(unit, secretariat).pk] if is_planned else []
    units = Unit.objects.count()
    file = io.BytesIO()
    Document().save(file)
    for content in (word_base.standard_base(), file.getvalue()):
        assert offered(as_user(secretariat), content).status_code == 302
        assert bytes(WordBase.objects.get().content) == content
    assert (list(Meeting.objects.values_list("pk", flat=True)), Unit.objects.count()) == (planned, units)


def test_an_office_without_units_can_have_a_base(as_user, secretariat, cluster):
    assert offered(as_user(secretariat), word_base.standard_base()).status_code == 302
    assert (Unit.objects.count(), Meeting.objects.count()) == (0, 0)


def test_every_kind_is_written_for_the_proof(cluster):
    names = [name for name, _write, _is_first in proving._papers(NOW)]
    assert names == [*(entry.name for entry in KINDS.values()), "Chương trình hội nghị"]
    assert set(KINDS) == set(Kind)
