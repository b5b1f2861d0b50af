"""The help page: what each role does, and what counts, from the texts of the form."""

from importlib import import_module

import pytest
from django.apps import apps

from incidents.measures import MEASURES
from incidents.models import Category
from reports.models import Indicator
from tests.support.factories import RoundFactory

STARTING = [("incidents.migrations.0008_starting_help", Category), ("reports.migrations.0025_starting_help", Indicator)]


@pytest.mark.parametrize(
    ("person", "does"),
    [
        ("liaison", "Sau khi nộp, in biên nhận."),
        ("secretariat", "Tiếp nhận cùng lúc nhiều báo cáo"),
        ("chair", "Trước khi vắng mặt, chọn người duyệt thay"),
    ],
)
def test_each_role_reads_what_it_does_and_what_counts(as_user, request, cluster, person, does):
    person = request.getfixturevalue(person)
    client = as_user(person)
    assert 'href="/help/"' in client.get("/").text
    page = client.get("/help/").text
    assert does in page
    for text in (*Category.objects.values_list("help", flat=True), *Indicator.objects.values_list("help", flat=True)):
        assert text in page
    assert all(str(measure.facts.meaning) in page for measure in MEASURES)


def test_a_role_reads_nothing_of_what_it_may_not_do(as_user, liaison, cluster):
    page = as_user(liaison).get("/help/").text
    assert "Mở đợt báo cáo" not in page
    assert "duyệt thay" not in page


def test_it_tells_what_is_in_use_in_the_offices_own_words(as_user, liaison, cluster):
    Indicator.objects.filter(code="buoi-tuan-tra").update(help="Mỗi ca trực tính một buổi <b>.")
    Indicator.objects.filter(code="mo-hinh-duy-tri").update(is_active=False)
    page = as_user(liaison).get("/help/").text
    assert "Mỗi ca trực tính một buổi &lt;b&gt;." in page
    assert "Mô hình được duy trì" not in page


def test_the_form_leads_to_it_and_names_each_text_at_its_row(as_user, liaison, unit, cluster):
    opened = RoundFactory()
    page = as_user(liaison).get(f"/rounds/{opened.period}/units/{unit.pk}/edit/").text
    assert page.count('href="/help/"') == 2
    assert 'aria-labelledby="row-buoi-tuan-tra" aria-describedby="help-buoi-tuan-tra"' in page
    assert 'id="help-buoi-tuan-tra"' in page


@pytest.mark.parametrize(("module", "model"), STARTING)
def test_every_entry_a_cluster_starts_with_says_what_counts_and_its_source(db, module, model):
    assert list(model.objects.filter(help="")) == []
    assert all("Nguồn: " in entry.help for entry in model.objects.all())
    assert {code for code, _name, _text in import_module(module).HELP} == set(
        model.objects.values_list("code", flat=True)
    )


@pytest.mark.parametrize(("module", "model"), STARTING)
def test_what_the_office_wrote_or_renamed_stays_when_the_texts_come_and_go(db, module, model):
    migration = import_module(module)
    for code, name, _text in migration.HELP:  # a later migration gave some of them other names
        model.objects.filter(code=code).update(name=name)
    own, renamed, fresh = model.objects.order_by("pk")[:3]
    model.objects.filter(pk=own.pk).update(help="Của cơ quan")
    migration.remove(apps, None)
    assert set(model.objects.exclude(pk=own.pk).values_list("help", flat=True)) == {""}
    model.objects.filter(pk=renamed.pk).update(name="Tên khác")
    migration.write(apps, None)
    for entry, text in ((own, "Của cơ quan"), (renamed, ""), (fresh, fresh.help)):
        entry.refresh_from_db()
        assert entry.help == text
