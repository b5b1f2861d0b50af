"""A lower floor names no address, template or module of an upper one; what upper floors add, they register."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

from members.infrastructure import audit_wording
from members.infrastructure.audit import AuditEntry
from members.infrastructure.extensions import parts_at
from reports.apps import PARTS

HOUSE = Path(__file__).parent.parent
UPPER = {
    "members": ("meetings", "incidents", "reports"),
    "meetings": ("incidents", "reports"),
    "incidents": ("meetings", "reports"),
}


def names_of_upper_floors(text, floor):
    upper = "|".join(UPPER[floor])
    return re.findall(rf'["\'](?:(?:{upper})[:/.][a-z_]|import_module)|import_module', text)


@pytest.mark.parametrize("floor", UPPER)
def test_a_floor_names_nothing_of_an_upper_one(floor):
    files = [*(HOUSE / floor).rglob("*.py"), *(HOUSE / "templates" / floor).rglob("*")]
    named = {
        f"{path.relative_to(HOUSE)}: {found}"
        for path in files
        if path.is_file() and "migrations" not in path.parts
        for found in names_of_upper_floors(path.read_text(), floor)
    }
    assert named == set()


@pytest.mark.parametrize("text", ['{% url "reports:home" %}', '{% include "reports/_x.html" %}', "'meetings.models'"])
def test_the_search_would_find_one(text):
    assert names_of_upper_floors(text, "members")


@pytest.mark.parametrize(("place", "template"), PARTS.items())
def test_what_is_registered_stands_on_a_page_of_a_lower_floor(place, template):
    assert template in parts_at(place)
    assert get_template(template)
    pages = [path for floor in UPPER for path in (HOUSE / "templates" / floor).rglob("*.html")]
    assert any(f'{{% parts "{place}" %}}' in path.read_text() for path in pages)


@pytest.mark.parametrize("floor", ["members", "meetings", "incidents", "reports"])
def test_every_floor_tells_the_trail_what_its_acts_are_called(floor):
    texts = __import__(f"{floor}.audit_texts", fromlist=["ACTS"])
    assert apps.get_app_config(floor).__class__.__module__ == f"{floor}.apps"
    for verb, sentence in texts.ACTS.items():
        assert audit_wording.sentence(AuditEntry(verb=verb, target_label="X")) == str(sentence) % {"target": "“X”"}


MAIL = re.compile(r"^\s*(?:from|import)\s+(?:django\.core\.mail|smtplib|django\.core import mail)", re.MULTILINE)
OUTBOX = "members/infrastructure/outbox/"


def test_nothing_but_the_outbox_talks_to_a_mail_server():
    """ruff says so too, but takes views for the ones that read the clock."""
    floors = [HOUSE / floor for floor in ("cluster_portal", *UPPER, "reports")]
    files = [path.relative_to(HOUSE) for floor in floors for path in floor.rglob("*.py")]
    talking = {str(path) for path in files if MAIL.search((HOUSE / path).read_text())}
    assert talking == {f"{OUTBOX}sending.py", f"{OUTBOX}server.py"}


def test_no_page_makes_an_address_of_the_host_it_was_asked_at():
    modules = [path for floor in ("cluster_portal", "reports", *UPPER) for path in (HOUSE / floor).rglob("*.py")]
    asking = [str(path.relative_to(HOUSE)) for path in modules if "build_absolute_uri(" in path.read_text()]
    assert asking == ["cluster_portal/addresses.py"]
