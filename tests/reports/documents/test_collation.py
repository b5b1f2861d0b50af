"""What all units wrote, side by side, and taken into the report with its source."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.infrastructure.refusals import Refused
from reports.content import SubmissionContent
from reports.documents import actions, taking
from reports.documents.content import compose_content
from reports.models import DocumentDraft, Submission, TakenText
from reports.prose import collation
from reports.prose.collation import Source, collate, cut, piece_at
from reports.submissions import actions as reporting
from reports.submissions.figure_import import ImportedSubmission
from tests.support.documents import issue, prepared_draft, sign_off
from tests.support.factories import NOW, UnitFactory
from tests.support.reporting import THEFT, accepted_report, the_round

pytestmark = pytest.mark.django_db

TEXT = "Ban hành kế hoạch. Phân công từng bộ phận.\nTổ chức giao ban hằng quý."


def written(unit, period="2022-H1", **sections):
    content = SubmissionContent(narrative=sections)
    report = ImportedSubmission(unit, the_round(period).period, content)
    return reporting.import_figures(reports=[report], by=None, now=NOW)[0].accepted_version


@pytest.fixture
def draft(cluster, unit, other_unit):
    accepted_report(other_unit, "2022-H1", {THEFT: 9})
    accepted_report(other_unit, "2021-H1", {THEFT: 4})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    written(unit, leadership=TEXT)
    return prepared_draft()


@pytest.fixture
def version(draft, unit):
    return Submission.objects.get(unit=unit, round__period="2022-H1").accepted_version


def take(draft, version, place, by=None, section="leadership"):
    current = DocumentDraft.objects.get(pk=draft.pk)
    asked = {"version": version, "section": section, "place": place, "revision": current.revision}
    return taking.take_text(draft=current, **asked, by=by, now=NOW)


# cut and marked


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Một. Hai!\n\n Ba", [["Một.", "Hai!"], ["Ba"]]),
        ("Đã làm; Đang làm.", [["Đã làm;", "Đang làm."]]),
        ("Đạt 1.250 lượt; còn 3,5 tỷ.", [["Đạt 1.250 lượt; còn 3,5 tỷ."]]),
        (
            "Trộm cắp, v.v. ở địa bàn; đã xử lý. Đang theo dõi.",
            [["Trộm cắp, v.v. ở địa bàn; đã xử lý.", "Đang theo dõi."]],
        ),
        ("Họp tại TP. “Ở cơ sở” ghi.", [["Họp tại TP.", "“Ở cơ sở” ghi."]]),
        ("  \n ", []),
    ],
)
def test_a_text_is_cut_into_paragraphs_and_sentences(text, pieces):
    assert cut(text) == pieces


def test_a_sentence_or_a_paragraph_is_found_by_its_place():
    assert [piece_at(TEXT, place) for place in ("0.1", "0", "1", "9", "-1", "0.x", "")] == [
        "Phân công từng bộ phận.",
        "Ban hành kế hoạch. Phân công từng bộ phận.",
        "Tổ chức giao ban hằng quý.",
        *[""] * 4,
    ]


def test_what_is_empty_repeated_or_another_units_is_marked():
    sources = [
        Source("A", "xã", 1, "Duy trì  mô hình.", "duy trì mô hình."),
        Source("B", "xã", 2, "Duy trì mô hình."),
        Source("C", "trường", 3, ""),
        Source("D", "trường", None, ""),
    ]
    found = collate(sources, taken={})
    told = {w.source.unit: (w.is_empty, w.is_repeated, w.like) for kind in found.values() for w in kind}
    assert list(found) == ["xã", "trường"]
    assert told == {
        "A": (False, True, ("B",)),
        "B": (False, False, ("A",)),
        "C": (True, False, ()),
        "D": (True, False, ()),
    }


@pytest.mark.parametrize(
    ("taken", "offered"),
    [(set(), [True, False]), ({"Một."}, [False, False]), ({"Một. Hai."}, [False, False]), ({"Ba."}, [True, False])],
)
def test_a_paragraph_is_offered_whole_as_long_as_nothing_would_stand_there_twice(taken, offered):
    (written,) = collate([Source("A", "xã", 1, "Một. Hai.\nBa.")], taken={1: taken})["xã"]
    assert [paragraph.can_be_taken_whole for paragraph in written.paragraphs] == offered


@pytest.mark.parametrize("words", ["mô hình", "mo hinh", "MÔ duy"])
def test_words_are_found_with_and_without_diacritics(words):
    sources = [Source("A", "xã", 1, "Duy trì mô hình."), Source("B", "xã", 2, "Tuần tra.")]
    assert [w.source.unit for w in collate(sources, taken={}, looked_for=words)["xã"]] == ["A"]


def test_a_text_is_folded_once_however_many_words_are_looked_for(monkeypatch):
    folded = []
    monkeypatch.setattr(collation, "fold", lambda text: folded.append(text) or fold(text))
    sources = [Source("A", "xã", 1, "Duy trì mô hình."), Source("B", "xã", 2, "Duy trì.")]
    collate(sources, taken={}, looked_for="duy tri " * 20)
    assert folded == ["duy tri " * 20, "Duy trì mô hình.", "Duy trì."]


def test_every_member_stands_there_whether_it_wrote_or_not(draft, unit, other_unit):
    silent = UnitFactory(joined_on=unit.joined_on, order=9)
    later = UnitFactory(joined_on="2022-09-01", order=10)
    told = {source.unit: source.text for source in taking.sources_of(draft, "leadership")}
    assert told == {unit.short_name: TEXT, other_unit.short_name: "", silent.short_name: ""}
    assert later.short_name not in told


def test_what_it_wrote_the_half_before_stands_beside_it(draft, unit):
    written(unit, "2021-H2", leadership="Như cũ.")
    assert [s.earlier for s in taking.sources_of(draft, "leadership") if s.unit == unit.short_name] == ["Như cũ."]


# taken over


def test_a_sentence_is_taken_with_its_source_and_printed_without(draft, version, secretariat):
    take(draft, version, "0.1", secretariat)
    take(draft, version, "1", secretariat)
    current = DocumentDraft.objects.get()
    assert current.text == {"leadership": "Phân công từng bộ phận.\nTổ chức giao ban hằng quý."}
    assert current.changed_by == secretariat
    parts = {part.heading: part.paragraphs for part in compose_content(current).parts}
    assert parts["Công tác lãnh đạo, chỉ đạo"] == ("Phân công từng bộ phận.", "Tổ chức giao ban hằng quý.")
    assert [(t.version, t.section, t.passage) for t in TakenText.objects.all()] == [
        (version, "leadership", "leadership")
    ] * 2


def test_a_passage_nobody_wrote_is_no_bare_heading(draft):
    headings = [part.heading for part in compose_content(draft).parts]
    assert "Công tác lãnh đạo, chỉ đạo" not in headings
    assert "Kiến nghị, đề xuất" not in headings


def test_what_was_taken_is_taken_once(draft, version, secretariat):
    take(draft, version, "0.1", secretariat)
    with pytest.raises(Refused, match="đã được lấy"):
        take(draft, version, "0.1", secretariat)


@pytest.mark.parametrize("place", ["5", "0.7", "x"])
def test_what_does_not_stand_there_is_not_taken(draft, version, secretariat, place):
    with pytest.raises(Refused, match="không còn"):
        take(draft, version, place, secretariat)


def test_a_report_that_counts_no_more_gives_no_sentence_and_marks_those_it_gave(draft, version, unit, secretariat):
    taken = take(draft, version, "0.1", secretariat)
    assert not TakenText.objects.get().counts_no_more
    written(unit, leadership="Viết lại.")
    assert TakenText.objects.get(pk=taken.pk).counts_no_more
    version.refresh_from_db()
    with pytest.raises(Refused, match="không còn"):
        take(draft, type(version).objects.get(pk=version.pk), "1", secretariat)


def test_a_report_on_another_period_gives_no_sentence(draft, unit, secretariat):
    other = written(unit, "2021-H2", leadership=TEXT)
    with pytest.raises(Refused, match="không còn"):
        take(draft, other, "0.1", secretariat)


@pytest.mark.parametrize("text", [{}, {"leadership": ""}])
def test_what_no_longer_stands_in_the_report_can_be_taken_again(draft, version, secretariat, text):
    take(draft, version, "0.1", secretariat)
    current = DocumentDraft.objects.get()
    actions.edit_text(draft=current, text=text, revision=current.revision, by=secretariat, now=NOW)
    assert not TakenText.objects.exists()
    take(draft, version, "0.1", secretariat)


def test_a_correction_knows_where_its_sentences_come_from(draft, version, secretariat):
    take(draft, version, "0.1", secretariat)
    take(draft, version, "1", secretariat)
    document = issue(sign_off(DocumentDraft.objects.get()))
    correction = actions.begin_correction(document=document, by=secretariat, now=NOW)
    assert taking.taken_from(correction, "leadership") == {
        version.pk: {"Phân công từng bộ phận.", "Tổ chức giao ban hằng quý."}
    }
    assert TakenText.objects.count() == 4


def test_the_report_on_a_year_names_the_half_and_asks_nobody_for_one_before_they_joined(draft, unit, other_unit):
    written(unit, "2022-H2", leadership="Nửa sau.")
    later = UnitFactory(joined_on=dt.date(2022, 9, 1), order=9)
    told = [(s.unit, s.half, s.text) for s in taking.sources_of(DocumentDraft(period=Period(2022)), "leadership")]
    assert [row for row in told if row[0] == unit.short_name] == [
        (unit.short_name, "6 tháng đầu năm 2022", TEXT),
        (unit.short_name, "6 tháng cuối năm 2022", "Nửa sau."),
    ]
    assert [half for name, half, _text in told if name == later.short_name] == ["6 tháng cuối năm 2022"]


def test_it_is_taken_by_a_click_and_marked_on_both_pages(draft, version, as_user, secretariat):
    client = as_user(secretariat)
    page = client.get(reverse("reports:draft-collation", args=[draft.pk]), {"section": "leadership", "q": "ke hoach"})
    assert "Ban hành kế hoạch." in page.text
    sent = {"revision": 1, "version": version.pk, "section": "leadership", "place": "0.0", "q": "ke hoach"}
    page = client.post(reverse("reports:draft-take", args=[draft.pk]), sent, follow=True)
    assert "đã lấy" in page.text
    assert page.context["words"] == "ke hoach"
    text = client.get(reverse("reports:draft-text", args=[draft.pk])).text
    assert "1 câu lấy từ báo cáo đơn vị" in text


def test_a_draft_that_moved_on_takes_nothing_unseen(draft, version, as_user, secretariat):
    sent = {"revision": 7, "version": version.pk, "section": "leadership", "place": "0.0"}
    as_user(secretariat).post(reverse("reports:draft-take", args=[draft.pk]), sent)
    assert not TakenText.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(draft, as_user, secretariat, count, django_assert_num_queries):
    for more in range(count):
        written(UnitFactory(), leadership=f"Câu số {more}.")
    client = as_user(secretariat)
    with django_assert_num_queries(8):
        client.get(reverse("reports:draft-collation", args=[draft.pk]), {"section": "leadership"})
