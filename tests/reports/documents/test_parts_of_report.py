"""The parts of a report as the office's own: arranged in a draft, printed, kept for the next period."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from docx import Document

from cluster_portal.files import word_styles
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from reports.documents import actions, taking
from reports.documents.arranging import arrange_parts
from reports.documents.content import compose_content
from reports.files import pdf_file, word_file
from reports.models import DocumentDraft, ReportTemplate, Submission
from reports.prose.outline import FLAT, USUAL, as_values, moved, outline_of, with_own_part
from tests.support.documents import as_typed, issue, prepared_draft, sign_off, submitted
from tests.support.factories import NOW
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

BASIS = "Căn cứ Quy chế hoạt động của cụm;"
OWN = with_own_part(USUAL, "Công tác thi đua")


@pytest.fixture
def draft(cluster, unit):
    for period in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
        accepted_report(unit, period, {THEFT: 4})
    return prepared_draft()


def changed(outline, **by_code):
    """The outline with other values of some parts."""
    return tuple(replace(part, **by_code.get(part.code, {})) for part in outline)


def current(draft):
    return DocumentDraft.objects.get(pk=draft.pk)


def arrange(draft, outline=USUAL, *, addressees="", by, revision=None):
    draft = current(draft)
    revision = revision or draft.revision
    arrange_parts(draft=draft, outline=outline, addressees=addressees, revision=revision, by=by, now=NOW)
    return current(draft)


def edit(draft, *, by, **text):
    draft = current(draft)
    actions.edit_text(draft=draft, text={**draft.text, **text}, revision=draft.revision, by=by, now=NOW)
    return current(draft)


def titles(draft):
    return [part.title for part in compose_content(draft).parts]


def html(draft):
    return pdf_file.write_html(compose_content(draft)).decode()


def test_a_report_with_figures_alone_has_no_bare_headings(draft):
    assert titles(draft)[:5] == [
        "",
        "I. Kết quả thực hiện",
        "1. Tình hình vi phạm pháp luật",
        "a) Tình hình chung",
        "b) Tình hình theo nhóm, loại vụ việc",
    ]
    assert titles(draft)[-1] == "II. Phạm vi số liệu"


def test_what_is_written_stands_at_its_place(draft, secretariat):
    draft = edit(draft, by=secretariat, basis=BASIS, situation="Địa bàn rộng.", tasks="Tiếp tục tuần tra.")
    assert [title for title in titles(draft) if title.partition(".")[0] in ("I", "II", "III", "IV")] == [
        "I. Đặc điểm, tình hình",
        "II. Kết quả thực hiện",
        "III. Phương hướng, nhiệm vụ",
        "IV. Phạm vi số liệu",
    ]
    assert compose_content(draft).parts[0].paragraphs == (BASIS,)


def test_the_opening_sentence_names_who_reports_on_what(draft, cluster):
    (part,) = [part for part in compose_content(draft).parts if part.passage.code == "beginning"]
    told = "báo cáo tình hình, kết quả xây dựng cụm địa bàn an toàn 6 tháng đầu năm 2022 như sau:"
    assert part.paragraphs == (f"{cluster.name} {told}",)


def test_pdf_and_word_file_have_the_headings_of_each_rank(draft, secretariat):
    draft = edit(draft, by=secretariat, leadership="Ban hành kế hoạch.")
    told = html(draft)
    assert "<h2>I. Kết quả thực hiện</h2>" in told
    assert "<h3>1. Công tác lãnh đạo, chỉ đạo</h3>" in told
    assert "<h4>a) Tình hình chung</h4>" in told
    written = Document(io.BytesIO(word_file.write(compose_content(draft))))
    styles = {as_typed(each.text): each.style.name for each in written.paragraphs}
    assert styles["Kết quả thực hiện"] == word_styles.HEADING_1.name
    assert styles["Công tác lãnh đạo, chỉ đạo"] == word_styles.HEADING_2.name
    assert styles["a) Tình hình chung"] == word_styles.HEADING_3.name


def test_parts_are_added_renamed_moved_and_left_out(draft, secretariat):
    outline = moved(OWN, "own-1", up=True)
    outline = changed(outline, general={"heading": "Số liệu"}, groups={"is_left_out": True})
    draft = edit(arrange(draft, outline, by=secretariat), by=secretariat, **{"own-1": "Đã phát động."})
    assert titles(draft)[3:5] == ["a) Số liệu", "b) Tình hình theo loại hình đơn vị"]
    assert titles(draft)[-2:] == ["II. Công tác thi đua", "III. Phạm vi số liệu"]


def test_what_stands_in_a_part_that_is_left_out_is_kept_and_not_printed(draft, secretariat):
    draft = edit(draft, by=secretariat, situation="Có 77 vụ ở địa bàn.")
    draft = arrange(draft, changed(USUAL, situation={"is_left_out": True}), by=secretariat)
    assert "77 vụ" not in html(draft)
    assert draft.text["situation"] == "Có 77 vụ ở địa bàn."
    assert sign_off(draft).is_signed_off  # nobody is asked about numbers that aren't printed
    assert "77 vụ" in html(arrange(draft, USUAL, by=secretariat))


def test_the_next_period_begins_with_the_parts_addressees_and_kept_texts(draft, secretariat):
    edit(draft, by=secretariat, basis=BASIS, situation="Của kỳ này.")
    arrange(draft, OWN, addressees="UBND xã", by=secretariat)
    later = prepared_draft("2022-H2")
    assert (outline_of(later.outline), later.addressees, later.text) == (OWN, "UBND xã", {"basis": BASIS})


def test_a_kept_text_that_is_worded_anew_or_emptied_is_so_next_time(draft, secretariat):
    edit(draft, by=secretariat, basis=BASIS)
    edit(draft, by=secretariat, basis="Khác;")
    assert ReportTemplate.get().texts == {"basis": "Khác;"}
    edit(draft, by=secretariat, basis="")
    assert ReportTemplate.get().texts == {}


def test_a_correction_has_the_parts_of_what_it_replaces_and_changes_no_template(draft, secretariat):
    issued = issue(sign_off(edit(arrange(draft, OWN, by=secretariat), by=secretariat, basis=BASIS)))
    correction = actions.begin_correction(document=issued, by=secretariat, now=NOW)
    assert correction.outline == as_values(OWN)
    edit(arrange(correction, USUAL, addressees="Ai đó", by=secretariat), by=secretariat, basis="Chỉ lần này;")
    kept = ReportTemplate.get()
    assert (kept.outline, kept.addressees, kept.texts) == (as_values(OWN), "", {"basis": BASIS})


def test_a_draft_of_before_parts_were_arranged_reads_as_it_did(draft):
    DocumentDraft.objects.update(outline=[])
    assert titles(current(draft))[:2] == ["I. Tình hình chung", "II. Tình hình theo nhóm, loại vụ việc"]
    assert outline_of(current(draft).outline) == FLAT


def test_arranging_takes_back_what_was_put_forward_and_tells_the_trail(draft, secretariat):
    waiting = submitted(draft)
    assert arrange(waiting, OWN, by=secretariat).status == "draft"
    entry = AuditEntry.objects.get(verb="document.parts_arranged")
    assert entry.actor == secretariat


def test_who_arranged_the_parts_last_does_not_approve(draft, secretariat, chair):
    assert arrange(draft, OWN, by=chair).changed_by == chair
    with pytest.raises(Refused):
        submitted(current(draft), to=chair)


def test_parts_that_somebody_else_arranged_meanwhile_are_not_overwritten(draft, secretariat):
    arrange(draft, OWN, by=secretariat)
    with pytest.raises(StaleEdit):
        arrange(draft, USUAL, by=secretariat, revision=1)
    assert current(draft).outline == as_values(OWN)


@pytest.mark.parametrize("left_out", [True, False])
def test_the_scope_of_the_figures_is_always_told(draft, secretariat, left_out):
    lacking = [part for part in USUAL if part.code != "coverage"]
    if left_out:
        lacking.append(replace(USUAL[-1], is_left_out=True))
    with pytest.raises(ValueError, match="always told"):
        arrange(draft, tuple(lacking), by=secretariat)


def test_a_sentence_is_not_taken_into_a_part_that_is_left_out(draft, secretariat, unit):
    draft = arrange(draft, changed(USUAL, results={"is_left_out": True}), by=secretariat)
    version = Submission.objects.get(unit=unit, round__period="2022-H1").accepted_version
    type(version).objects.filter(pk=version.pk).update(narrative={"leadership": "Đã họp."})
    version.refresh_from_db()
    asked = {"version": version, "section": "leadership", "place": "0", "revision": draft.revision}
    with pytest.raises(Refused, match="được lược khỏi báo cáo"):
        taking.take_text(draft=draft, **asked, by=secretariat, now=NOW)


# to whom above


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("", ()),
        ("UBND huyện Sóc Sơn", ("Kính gửi: UBND huyện Sóc Sơn",)),
        ("UBND huyện;\n\n Công an huyện.", ("Kính gửi:", "- UBND huyện;", "- Công an huyện.")),
    ],
)
def test_a_report_to_a_superior_says_to_whom(draft, secretariat, typed, lines):
    assert compose_content(arrange(draft, addressees=typed, by=secretariat)).addressee_lines == lines


@pytest.mark.parametrize("kept", ["Như trên;\nCác đơn vị", "- NHƯ TRÊN\nCác đơn vị", "Các đơn vị"])
def test_as_above_is_the_first_recipient_of_a_report_to_a_superior_alone(draft, cluster, secretariat, kept):
    cluster.recipients = kept
    cluster.save()
    assert compose_content(draft).recipient_lines == ("- Các đơn vị;", "- Lưu: VT.")
    draft = arrange(draft, addressees="UBND huyện", by=secretariat)
    assert compose_content(draft).recipient_lines == ("- Như trên;", "- Các đơn vị;", "- Lưu: VT.")
    assert '<p class="centred">Kính gửi: UBND huyện</p>' in html(draft)
    told = [as_typed(each.text) for each in Document(io.BytesIO(word_file.write(compose_content(draft)))).paragraphs]
    assert "Kính gửi: UBND huyện" in told


# the page


@pytest.fixture
def parts_page(as_user, secretariat, draft):
    client = as_user(secretariat)
    return Page(client, reverse("reports:draft-parts", args=[draft.pk]))


class Page:
    """The page as a browser holds it open."""

    def __init__(self, client, url):
        self.client, self.url = client, url
        form = client.get(url).context["form"]
        values = {name: form[name].value() for name in form.fields}
        self.posted = {name: value for name, value in values.items() if value not in (None, False)}

    def save(self, **typed):
        posted = {name: value for name, value in (self.posted | typed).items() if value is not None}
        return self.client.post(self.url, posted, follow=True)


def stored():
    return outline_of(DocumentDraft.objects.get().outline)


def test_saving_what_was_shown_changes_nothing(parts_page):
    assert parts_page.save().status_code == 200
    assert stored() == USUAL
    assert not AuditEntry.objects.filter(verb="document.parts_arranged").exists()


def test_a_part_is_renamed_left_out_kept_and_ranked(parts_page):
    parts_page.save(
        **{"heading:tasks": "Nhiệm vụ", "out:history": "on", "kept:situation": "on", "rank:other_work": "3"}
    )
    assert stored() == changed(
        USUAL,
        tasks={"heading": "Nhiệm vụ"},
        history={"is_left_out": True},
        situation={"is_kept": True},
        other_work={"rank": 3},
    )


def test_a_button_that_moves_saves_what_is_typed_beside(parts_page):
    parts_page.save(**{"heading:tasks": "Nhiệm vụ", "move": "up:proposals"})
    assert [part.heading for part in stored()][-3:] == ["Kiến nghị, đề xuất", "Nhiệm vụ", "Phạm vi số liệu"]


def test_a_part_is_added_and_has_a_box_for_its_text(parts_page, draft):
    parts_page.save(added="Công tác thi đua")
    assert stored() == OWN
    text = parts_page.client.get(reverse("reports:draft-text", args=[draft.pk]))
    assert [box.checked.heading for box in text.context["form"].passages][-1] == "Công tác thi đua"


@pytest.mark.parametrize(("field", "value"), [("rank:situation", "2"), ("heading:tasks", ""), ("rank:leadership", "3")])
def test_what_can_not_be_is_told_beside_the_field_and_what_was_typed_stays(parts_page, field, value):
    shown = parts_page.save(**{field: value, "heading:proposals": "Kiến nghị"})
    assert shown.status_code == 422
    assert shown.context["form"].errors[field]
    assert 'value="Kiến nghị"' in shown.content.decode()
    assert stored() == USUAL


def test_a_draft_of_before_parts_were_arranged_can_be_given_the_usual_ones(as_user, secretariat, draft):
    DocumentDraft.objects.update(outline=[], text={"tasks": "Còn đây."})
    url = reverse("reports:draft-parts", args=[draft.pk])
    opened = Page(as_user(secretariat), url)
    opened.save(usual="1", added="Công tác thi đua")
    assert stored() == OWN
    assert current(draft).text == {"tasks": "Còn đây."}


def test_a_rank_that_does_not_exist_is_told(parts_page):
    assert parts_page.save(**{"rank:tasks": "9"}).context["form"].errors["rank:tasks"]


def test_two_who_arrange_at_once_are_told_of_each_other(parts_page, draft, secretariat):
    theirs = tuple(
        part.__class__(**vars(part) | {"heading": "Của họ"}) if part.code == "tasks" else part for part in OWN
    )
    arrange(draft, theirs, by=secretariat)
    shown = parts_page.save(**{"heading:tasks": "Của tôi"})
    form = shown.context["form"]
    assert "Của họ" in form.errors["heading:tasks"][0]
    assert form["heading:tasks"].value() == "Của tôi"
    assert stored() == theirs
    parts_page.posted |= {"revision": form["revision"].value()}
    parts_page.save(**{"heading:tasks": "Của tôi"})
    assert [part.heading for part in stored()][-4:-1] == ["Của tôi", "Kiến nghị, đề xuất", "Công tác thi đua"]


def test_text_typed_into_a_part_that_was_left_out_meanwhile_stays(parts_page, draft, secretariat):
    url = reverse("reports:draft-text", args=[draft.pk])
    form = parts_page.client.get(url).context["form"]
    shown = {code: form[code].value() for code in form.codes}
    posted = {"revision": "1", **shown, **{f"initial-{code}": text for code, text in shown.items()}}
    arrange(
        draft,
        tuple(part.__class__(**vars(part) | {"is_left_out": part.code == "tasks"}) for part in USUAL),
        by=secretariat,
    )
    answer = parts_page.client.post(url, posted | {"tasks": "Câu đang viết dở."})
    assert "Câu đang viết dở." in answer.content.decode()
    revision = answer.context["form"]["revision"].value()
    parts_page.client.post(url, posted | {"tasks": "Câu đang viết dở.", "revision": revision})
    assert current(draft).text == {"tasks": "Câu đang viết dở."}


def test_the_parts_are_the_secretariats(as_user, chair, liaison, draft):
    for user in (chair, liaison):
        assert as_user(user).get(reverse("reports:draft-parts", args=[draft.pk])).status_code == 403
