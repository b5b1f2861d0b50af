"""What an office's machine is given: units that systemd understands, and nothing that names another folder."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.fixture
def installed(tmp_path):
    """The units as `make office` writes them, for this folder."""
    for unit in UNITS:
        written = unit.read_text().replace("/srv/portal", str(settings.BASE_DIR))
        (tmp_path / unit.name).write_text(written)
    return tmp_path


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="a machine without systemd")
def test_systemd_understands_every_unit(installed):
    def verified():
        units = sorted(map(str, installed.iterdir()))
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
        return done.returncode, done.stderr

    assert verified() == (0, "")
    broken = installed / "portal-web.service"
    broken.write_text(broken.read_text().replace("ExecStart=", "ExecStart=/nowhere"))
    assert verified()[0] != 0


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_every_service_runs_as_portal_and_writes_to_its_data_alone(unit):
    lines = unit.read_text().splitlines()

    assert {"User=portal", "UMask=0077", "ProtectSystem=strict", "ReadWritePaths=/var/lib/portal"} <= set(lines)


def test_every_unit_is_started_by_make_office():
    script = (DEPLOY / "office").read_text()

    timed = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    started = [unit.name for unit in UNITS if unit.suffix == ".timer" or unit.stem not in timed]
    assert [name for name in started if name not in script] == []


def test_every_command_of_a_unit_is_there():
    known = {path.stem for path in settings.BASE_DIR.glob("*/management/commands/*.py")}
    known |= {"clearsessions", "prune_db_task_results"}

    named = {name for unit in UNITS for name in re.findall(r"manage\.py (\w+)", unit.read_text())}
    assert named - known == set()


@pytest.mark.parametrize("address", ["", "portal.example.vn", "http://portal.example.vn", "https://a b"])
def test_an_office_without_an_address_is_not_set_up(address):
    done = subprocess.run([DEPLOY / "office", address], capture_output=True, text=True)

    assert done.returncode == 1
    assert "ADDRESS=https://portal.example.vn" in done.stderr or "run it as root" in done.stderr


def test_nothing_is_made_beside_the_program():
    """Services may write to their data alone; the text face, made in the program's folder, ended `make office`."""
    environment = {**os.environ, "MEDIA_ROOT": "/var/lib/portal/media"}
    asked = "from django.conf import settings; print(settings.TYPEFACE_FOLDER, settings.METRICS_FOLDER)"
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["/var/lib/portal/typeface", "/var/lib/portal/metrics"]


def test_static_files_are_compressed_anew_only_where_one_changed(settings, tmp_path, capsys):
    (tmp_path / "own").mkdir()
    style = tmp_path / "own" / "a.css"
    style.write_text("a { color: red }")
    (tmp_path / "own" / ".DS_Store").write_text("is never gathered")
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "gathered", [tmp_path / "own"]
    get_finder.cache_clear()

    for text in (None, None, "a { color: blue }"):
        if text:
            style.write_text(text)
        call_command("gather_static")

    assert [line.rpartition(" ")[2] for line in capsys.readouterr().out.splitlines()] == ["anew.", "were.", "anew."]
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a { color: blue }"
    (settings.STATIC_ROOT / "a.css").unlink()
    call_command("gather_static")

    get_finder.cache_clear()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a { color: blue }"
