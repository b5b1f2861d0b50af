"""The gallery of parts: in development alone, and with every part the style sheets know."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "static" / "css"


@pytest.mark.django_db
def test_there_is_none_on_a_server(client):
    assert client.get("/design/").status_code == 404


@pytest.mark.django_db
@pytest.mark.urls("tests.support.gallery_urls")
def test_every_state_of_the_board_and_every_shade_is_shown(client):
    page = client.get("/design/").content.decode()
    style = (STYLES / "pictures.css").read_text(encoding="utf-8")
    parts = set(re.findall(r"\.((?:state|shade)-[\w-]+)", style)) - {"state-mark"}
    assert len(parts) == 10
    assert {part for part in parts if part not in page} == set()
