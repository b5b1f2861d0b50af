"""The starting catalogue under the names of the criminal code, and what was called otherwise before."""

from importlib import import_module

import pytest
from django.apps import apps

from incidents.models import Category
from reports.models import Indicator

pytestmark = pytest.mark.django_db

OFFENCES = import_module("incidents.migrations.0009_names_of_offences")
INDICATORS = import_module("reports.migrations.0026_names_of_indicators")


def name_of(model, code):
    return model.objects.get(code=code).name


def test_offences_go_by_the_names_of_the_law():
    assert name_of(Category, "cuop-tai-san") == "Cướp tài sản"
    assert name_of(Category, "trat-tu-xa-hoi-khac") == "Vi phạm khác về trật tự xã hội"
    assert name_of(Indicator, "mo-hinh-xay-moi") == "Số mô hình xây dựng mới"


def test_the_names_can_be_taken_back():
    for migration in (OFFENCES, INDICATORS):
        migration.rename_back(apps, None)
    assert (name_of(Category, "cuop-giat-tai-san"), name_of(Indicator, "buoi-tuan-tra")) == (
        "Cướp giật",
        "Buổi tuần tra",
    )


@pytest.mark.parametrize("own", ["Cướp có vũ khí", "Cướp"])
def test_a_name_an_office_gave_stays(own):
    """It named the category otherwise, or gave another one the name of the law."""
    OFFENCES.rename_back(apps, None)
    if own == "Cướp":
        Category.objects.filter(code="danh-bac").update(name="Cướp tài sản")
    Category.objects.filter(code="cuop-tai-san").update(name=own)
    OFFENCES.rename(apps, None)
    assert name_of(Category, "cuop-tai-san") == own


def test_files_may_call_them_as_before():
    names = Category.objects.all().by_name()
    assert [names.find(name).code for name in ("Cướp", "cuop tai san", "Khác")] == [
        "cuop-tai-san",
        "cuop-tai-san",
        "trat-tu-xa-hoi-khac",
    ]
