"""The editor of a document's text, and where its numbers are shown to be checked."""

import pytest
from django.urls import reverse

from reports.comparison.summarise import summarise
from reports.documents import actions
from reports.models import DocumentDraft
from reports.prose import narrative
from tests.support.documents import issue, issued_report, prepared_draft, signed_off_draft, submitted
from tests.support.documents import sign_off as approve
from tests.support.factories import NOW
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

STRAY = "Riêng tháng 5 xảy ra 77 vụ."


@pytest.fixture
def draft(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    return prepared_draft()


@pytest.fixture
def editor(as_user, secretariat, draft):
    return Editor(as_user(secretariat), draft)


class Editor:
    """The editor's page as a browser holds it open: what is posted is what it was shown with, but for what is typed."""

    def __init__(self, client, draft):
        self.client, self.url = client, reverse("reports:draft-text", args=[draft.pk])
        form = client.get(self.url).context["form"]
        shown = {code: form[code].value() for code in form.codes}
        self.posted = {"revision": draft.revision, **shown, **{f"initial-{code}": text for code, text in shown.items()}}

    def save(self, **typed):
        self.posted |= typed
        return self.client.post(self.url, self.posted, follow=True)


def stored():
    return DocumentDraft.objects.get().text


def boxes(page):
    return {box.checked.code: box for box in page.context["form"].passages}


def saved_meanwhile(draft, text, by):
    actions.edit_text(draft=draft, text=text, revision=draft.revision, by=by, now=NOW)


def test_only_a_passage_that_was_typed_in_is_kept_as_edited(editor):
    page = editor.save(assessment="Tình hình ổn định.")
    assert stored() == {"assessment": "Tình hình ổn định."}
    assert [code for code, box in boxes(page).items() if box.is_edited] == ["assessment"]


def test_a_passage_nobody_typed_in_stays_generated_though_a_figure_changed_meanwhile(editor, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9, "danh-bac": 3})
    editor.save(assessment="Ổn định.")
    assert stored() == {"assessment": "Ổn định."}


def test_an_emptied_passage_is_kept_as_empty(editor):
    editor.save(groups="")
    assert stored() == {"groups": ""}


def test_a_passage_goes_back_to_the_generated_text_and_what_is_typed_beside_it_is_saved(editor, draft, secretariat):
    editor.save(general="Khác.")
    editor = Editor(editor.client, DocumentDraft.objects.get())
    page = editor.save(assessment="Ổn định.", restore="general")
    assert stored() == {"assessment": "Ổn định."}
    assert boxes(page)["general"].field.value() == narrative.templates(summarise(current=draft.period))["general"]


def test_a_text_typed_back_to_the_generated_one_is_not_edited(editor, draft):
    generated = editor.posted["general"]
    editor.save(general="Khác.")
    Editor(editor.client, DocumentDraft.objects.get()).save(general=generated)
    assert stored() == {}


def test_blanks_nobody_sees_are_tidied_away(editor):
    editor.save(assessment="  Một\u00a0 hai\u200b. \r\n\r\n \r\nBa \t bốn.  ")
    assert stored() == {"assessment": "Một hai.\nBa bốn."}


def test_the_coverage_has_no_box(editor):
    editor.save(coverage="Đủ cả.")
    assert stored() == {}


def test_a_chip_names_its_figure_and_shows_its_value(editor):
    page = editor.client.get(editor.url).content.decode()
    chip = (
        'value="[[category.trom-cap-tai-san.cases.current]]" role="img" '
        'aria-label="09 vụ (Trộm cắp tài sản – Số vụ – kỳ này)" title="Trộm cắp tài sản – Số vụ – kỳ này">09 vụ</data>'
    )
    assert chip in page


def test_what_is_typed_is_no_markup(editor):
    page = editor.save(assessment="<b>Đậm</b>").content.decode()
    assert "<b>Đậm</b>" not in page
    assert page.count("&lt;b&gt;Đậm&lt;/b&gt;") == 3  # text area, what it was shown with, box


def test_numbers_without_a_figure_are_marked_in_the_text_and_listed(editor):
    page = editor.save(general=f"Toàn cụm.\n{STRAY}")
    assert "Riêng tháng 5 xảy ra <mark>77</mark> vụ." in page.content.decode()
    assert [(found.text, found.line) for found in boxes(page)["general"].checked.strays] == [("77", 2)]


def test_identity_numbers_are_asked_about_and_the_typed_text_is_still_there(editor):
    page = editor.save(assessment="Liên hệ 0912 345 678.")
    assert page.status_code == 422
    assert stored() == {}
    assert page.context["form"].excerpts[0].marked == "0912 345 678"
    assert boxes(page)["assessment"].field.value() == "Liên hệ 0912 345 678."
    editor.save(identifiers="mask", identifiers_seen=page.context["form"]["identifiers_seen"].value())
    assert stored() == {"assessment": "Liên hệ •••."}


def test_a_text_that_is_too_long_is_refused_beside_its_box(editor):
    page = editor.save(assessment="a" * 20_001)
    assert list(page.context["form"].errors) == ["assessment"]
    assert len(boxes(page)["assessment"].field.value()) == 20_001


def test_two_who_edit_one_passage_see_both_texts_and_lose_none(editor, draft, secretariat):
    saved_meanwhile(draft, {"general": "Của người khác."}, by=secretariat)
    page = editor.save(general="Của tôi.")
    box = boxes(page)["general"]
    assert (box.field.value(), "".join(piece.text for piece in box.theirs.pieces)) == ("Của tôi.", "Của người khác.")
    assert page.context["form"].errors["general"] == ["Bản đã lưu: Của người khác."]
    assert "Những gì đã nhập vẫn còn nguyên" in page.text
    assert stored() == {"general": "Của người khác."}


def test_after_a_conflict_saving_again_overrules(editor, draft, secretariat):
    saved_meanwhile(draft, {"general": "Của người khác."}, by=secretariat)
    form = editor.save(general="Của tôi.").context["form"]
    editor.posted = {name: form.data[name] for name in form.data}
    editor.save()
    assert stored() == {"general": "Của tôi."}


def test_a_passage_only_the_other_edited_is_taken_over_and_not_undone_by_saving_again(editor, draft, secretariat):
    saved_meanwhile(draft, {"general": "Của người khác."}, by=secretariat)
    form = editor.save(assessment="Của tôi.").context["form"]
    assert form["general"].value() == "Của người khác."
    editor.posted = {name: form.data[name] for name in form.data}
    editor.save()
    assert stored() == {"general": "Của người khác.", "assessment": "Của tôi."}


def test_editing_on_the_page_takes_back_the_sign_off(as_user, secretariat, draft):
    signed = signed_off_draft()
    Editor(as_user(secretariat), signed).save(assessment="Ổn định.")
    signed.refresh_from_db()
    assert not signed.is_signed_off


def test_a_document_that_was_issued_meanwhile_is_shown_and_not_edited(as_user, secretariat, draft):
    document = issued_report()
    page = as_user(secretariat).get(reverse("reports:draft-text", args=[document.draft.pk]), follow=True)
    assert page.context["document"] == document


def test_what_was_typed_while_the_document_was_issued_is_still_there(editor, draft, chair):
    approve(draft, by=chair)
    issue(DocumentDraft.objects.get())
    page = editor.save(assessment="Ổn định.")
    assert (page.status_code, boxes(page)["assessment"].field.value()) == (422, "Ổn định.")
    assert "Văn bản đã ban hành, không thể thay đổi." in page.context["form"].non_field_errors()
    assert stored() == {}


def test_the_figures_of_a_row_are_offered_with_what_they_read_as(editor, draft):
    url = reverse("reports:draft-figures", args=[draft.pk])
    groups = editor.client.get(url, {"row": f"category.{THEFT}"}).context["groups"]
    offered = {offer.address: (offer.label, offer.text) for _title, offers in groups for offer in offers}
    assert offered[f"category.{THEFT}.cases.difference"] == ("tăng, giảm", "tăng 05 vụ (125,00%)")
    assert f"category.{THEFT}.deaths.current" not in offered


def test_the_editors_list_is_filled_without_a_page_around_it(editor, draft):
    url = reverse("reports:draft-figures", args=[draft.pk])
    answer = editor.client.get(url, {"row": "total"}, headers={"HX-Request": "true"}).content.decode()
    first = '<option value="[[total.cases.sentence]]" data-text="ghi nhận 09 vụ việc,'
    assert answer.startswith(f'<optgroup label="Số vụ">{first}')


@pytest.mark.parametrize("row", ["", "total", "coverage", f"category.{THEFT}", "kind.commune", "khong-co"])
def test_everything_offered_is_known(editor, draft, row):
    groups = editor.client.get(reverse("reports:draft-figures", args=[draft.pk]), {"row": row}).context["groups"]
    offers = [offer for _title, offered in groups for offer in offered]
    assert bool(offers) == (row not in ("", "khong-co"))
    assert [offer for offer in offers if not (offer.label and offer.text)] == []


def sign_off(client, draft, **data):
    return client.post(reverse("reports:draft-sign-off", args=[draft.pk]), {"revision": 3, **data}, follow=True)


def test_the_chair_signs_off_numbers_only_after_ticking_that_they_are_checked(editor, as_user, chair, draft):
    editor.save(general=STRAY)
    submitted(DocumentDraft.objects.get(), to=chair)
    client = as_user(chair)
    page = sign_off(client, draft)
    assert "không khớp với số liệu nào: 77." in page.content.decode()
    assert not page.context["draft"].is_signed_off
    assert sign_off(client, draft, numbers_checked=page.context["check"].fingerprint).context["draft"].is_signed_off


def test_a_text_whose_figures_do_not_exist_offers_no_sign_off(editor, draft):
    editor.save(general="Có [[total.luck.current]].")
    page = editor.client.get(draft.get_absolute_url()).content.decode()
    assert "[[total.luck.current]]" in page
    assert reverse("reports:draft-submit", args=[draft.pk]) not in page


def test_the_preview_shows_the_edited_text(editor, draft, pdf_text):
    editor.save(general="Toàn cụm [[total.cases.difference]] so với cùng kỳ.")
    pdf = editor.client.get(reverse("reports:draft-preview", args=[draft.pk])).content
    assert "Toàn cụm tăng 05 vụ (125,00%) so với cùng kỳ." in " ".join(pdf_text(pdf).split())


def test_an_issued_document_lists_the_printed_numbers_that_are_no_current_figures(as_user, chair, draft, unit):
    document = issued_report()
    client = as_user(chair)
    assert client.get(document.get_absolute_url()).context["outdated"] is None
    accepted_report(unit, "2021-H1", {THEFT: 6})
    page = client.get(document.get_absolute_url())
    assert "125,00%" in [found.text for found in page.context["outdated"].strays]
    assert "<mark>125,00%</mark>" in page.content.decode()
