"""Units' proposals: entered from their reports, answered, carried on until they are settled."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cluster_portal.periods import Period
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from reports.content import SubmissionContent
from reports.models import Proposal, Submission, SubmissionVersion
from reports.proposals import actions
from reports.proposals.texts import written_proposals
from reports.submissions import actions as reporting
from reports.submissions.figure_import import ImportedSubmission
from tests.support.factories import NOW
from tests.support.reporting import the_round

pytestmark = pytest.mark.django_db

H2_2021, H1, H2 = Period(2021, 2), Period(2022, 1), Period(2022, 2)
TEXT = "Đề nghị lắp đèn đường. Đề nghị hỗ trợ kinh phí.\nTổ chức tập huấn."
LAMPS, MONEY = "Đề nghị lắp đèn đường.", "Đề nghị hỗ trợ kinh phí."


def written(unit, text=TEXT, period="2022-H1"):
    content = SubmissionContent(narrative={"proposals": text})
    report = ImportedSubmission(unit, the_round(period).period, content)
    return reporting.import_figures(reports=[report], by=None, now=NOW)[0].accepted_version


def take(version, place="0.0", by=None):
    return actions.take_proposal(version=SubmissionVersion.objects.get(pk=version.pk), place=place, by=by, now=NOW)


def answer(proposal, state="answered", text="Đã bố trí vốn.", by=None, revision=None):
    proposal = Proposal.objects.get(pk=proposal.pk)
    actions.answer_proposal(
        proposal=proposal, state=state, answer=text, revision=revision or proposal.revision, by=by, now=NOW
    )
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def version(cluster, unit):
    return written(unit)


@pytest.fixture
def proposal(version):
    return take(version)


def texts(rows):
    return [row.text for row in rows]


def test_a_sentence_or_a_paragraph_becomes_a_proposal_with_its_source(version, unit, secretariat):
    proposal, whole = take(version, "0.1", by=secretariat), take(version, "1")
    assert (proposal.text, proposal.unit, proposal.period, proposal.version) == (MONEY, unit, H1, version)
    assert (proposal.state, whole.text) == ("new", "Tổ chức tập huấn.")
    assert AuditEntry.objects.get(verb="proposal.taken", target_id=proposal.pk).actor == secretariat


def test_a_second_click_enters_nothing(version):
    assert take(version) == take(version)
    assert AuditEntry.objects.filter(verb="proposal.taken").count() == 1


@pytest.mark.parametrize("place", ["", "9", "0.x", "-1"])
def test_what_stands_nowhere_is_not_entered(version, place):
    with pytest.raises(Refused):
        take(version, place)


def test_nothing_is_entered_from_a_report_that_was_returned(version):
    Submission.objects.update(accepted_version=None, status="returned", comment="Nêu rõ.")
    with pytest.raises(Refused):
        take(version)
    assert not Proposal.objects.exists()


def test_a_report_returned_later_marks_its_proposals(proposal):
    assert not proposal.counts_no_more
    Submission.objects.update(accepted_version=None, status="returned", comment="Nêu rõ.")
    assert Proposal.objects.get().counts_no_more


def test_an_answer_says_who_gave_it_and_when(proposal, secretariat):
    given = answer(proposal, by=secretariat)
    assert (given.state, given.answer, given.answered_by, given.answered_at) == (
        "answered",
        "Đã bố trí vốn.",
        secretariat,
        NOW,
    )
    entry = AuditEntry.objects.get(verb="proposal.answered")
    assert entry.changes["state"] == ["new", "answered"]
    assert "Đã bố trí vốn." not in str(entry.changes)  # what is struck out again is not kept for ever


def test_settling_it_later_leaves_who_answered(proposal, secretariat, chair):
    settled = answer(answer(proposal, by=secretariat), "settled", by=chair)
    assert (settled.state, settled.answered_by) == ("settled", secretariat)


@pytest.mark.parametrize("state", ["answered", "settled"])
def test_nothing_is_answered_without_an_answer(proposal, state):
    with pytest.raises(Refused):
        answer(proposal, state, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state=state)


def test_two_who_answer_at_once_do_not_overwrite_each_other(proposal):
    answer(proposal)
    with pytest.raises(StaleEdit):
        answer(proposal, text="Khác", revision=1)


def test_what_is_not_settled_is_carried_to_later_periods(version, proposal, unit):
    settled = answer(take(version, "0.1"), "settled")
    later = take(written(unit, "Đề nghị mới.", "2022-H2"))
    earlier = take(written(unit, "Đề nghị cũ.", "2021-H2"))

    def dealt_with(period):
        return set(texts(Proposal.objects.dealt_with_in(period)))

    assert dealt_with(H2_2021) == {earlier.text}
    assert dealt_with(H1) == {earlier.text, proposal.text, settled.text}
    assert dealt_with(H2) == {earlier.text, proposal.text, later.text}
    assert dealt_with(Period(2022)) == {earlier.text, proposal.text, settled.text, later.text}


def test_what_was_entered_by_mistake_is_taken_out(proposal, secretariat):
    actions.remove_proposal(proposal=proposal, by=secretariat, now=NOW)
    assert not Proposal.objects.exists()
    assert AuditEntry.objects.filter(verb="proposal.removed").exists()


def test_what_is_being_dealt_with_is_not_taken_out(proposal, secretariat):
    answer(proposal, "considered", "")
    with pytest.raises(Refused):
        actions.remove_proposal(proposal=proposal, by=secretariat, now=NOW)


def test_the_sentences_of_units_that_wrote_some_are_offered_once(version, proposal, other_unit, cluster):
    written(other_unit, "")
    (found,) = written_proposals(H1).values()
    assert [(piece.text, piece.is_taken) for text in found for line in text.paragraphs for piece in line.pieces] == [
        (LAMPS, True),
        (MONEY, False),
        ("Tổ chức tập huấn.", False),
    ]
    assert written_proposals(H2) == {}


# pages


def test_a_click_enters_a_proposal_and_answering_it_shows_the_unit_the_answer(as_user, secretariat, liaison, version):
    office = as_user(secretariat)
    page_of_texts = reverse("reports:proposal-texts", args=[H1])
    assert LAMPS in office.get(page_of_texts).content.decode()
    taken = office.post(
        reverse("reports:proposal-take", args=[H1]), {"version": version.pk, "place": "0.0"}, follow=True
    )
    assert "đã nhập" in taken.content.decode()
    proposal = Proposal.objects.get()
    answered = {"state": "answered", "answer": "Đã bố trí vốn.", "revision": 1}
    office.post(proposal.get_absolute_url(), answered)

    unit = as_user(liaison)
    for url in (reverse("reports:home"), reverse("reports:proposal-list"), proposal.get_absolute_url()):
        assert "Đã bố trí vốn." in unit.get(url).content.decode()


def test_the_list_is_narrowed_by_state_period_unit_and_words(as_user, secretariat, version, proposal, other_unit):
    answer(take(version, "0.1"), "settled")
    take(written(other_unit, "Đề nghị tập huấn.", "2022-H2"))

    def found(**asked):
        listed = as_user(secretariat).get(reverse("reports:proposal-list"), asked)
        return set(texts(listed.context["page"]))

    assert found() == {LAMPS, "Đề nghị tập huấn."}
    assert found(state="all") == {LAMPS, MONEY, "Đề nghị tập huấn."}
    assert found(state="settled") == {MONEY}
    assert found(state="all", period="2022-H1") == {LAMPS, MONEY}
    assert found(unit=other_unit.pk) == {"Đề nghị tập huấn."}
    assert found(q="den duong") == {LAMPS}
    assert found(state="nonsense") == found(period="2022") == set()


def test_a_liaison_sees_the_own_units_proposals_alone(as_user, other_liaison, proposal):
    client = as_user(other_liaison)
    assert client.get(reverse("reports:proposal-list")).context["page"].object_list == []
    assert client.get(proposal.get_absolute_url()).status_code == 404


def test_a_liaison_answers_nothing(as_user, liaison, proposal):
    posted = {"state": "answered", "answer": "Tự trả lời", "revision": 1}
    shown = as_user(liaison).post(proposal.get_absolute_url(), posted)
    assert "<textarea" not in shown.content.decode()
    assert Proposal.objects.get().answer == ""


def test_a_missing_answer_is_told_beside_the_field(as_user, secretariat, proposal):
    shown = as_user(secretariat).post(proposal.get_absolute_url(), {"state": "settled", "answer": "", "revision": 1})
    assert shown.status_code == 422
    assert shown.context["form"].errors["answer"]


def test_numbers_that_may_tell_who_somebody_is_are_asked_about(as_user, secretariat, proposal):
    posted = {"state": "considered", "answer": "Liên hệ 0912345678.", "revision": 1}
    shown = as_user(secretariat).post(proposal.get_absolute_url(), posted)
    assert shown.context["form"].errors["identifiers"]
    assert Proposal.objects.get().answer == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    as_user, secretariat, version, django_assert_num_queries, count
):
    for place in ("0.0", "0.1", "1")[:count]:
        take(version, place)
    client = as_user(secretariat)
    client.get(reverse("reports:proposal-list"))
    with django_assert_num_queries(8):
        client.get(reverse("reports:proposal-list"))


def test_twenty_years_of_proposals_come_page_by_page(as_user, secretariat, version, proposal, monkeypatch):
    monkeypatch.setattr("reports.proposals.views.PROPOSALS_A_PAGE", 1)
    take(version, "0.1")
    pages = [as_user(secretariat).get(reverse("reports:proposal-list"), {"page": page}) for page in (1, 2)]

    assert {text for page in pages for text in texts(page.context["page"])} == {LAMPS, MONEY}
    assert [len(page.context["page"]) for page in pages] == [1, 1]
    assert 'rel="next"' in pages[0].text
