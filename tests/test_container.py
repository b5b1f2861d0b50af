"""The image names nothing that isn't there, takes no secret along and runs as nobody of importance.

Nobody builds it here: that needs a registry of images.
"""

import json
import re
import subprocess
import sys

from django.conf import settings

from cluster_portal.configuration import VARIABLES
from tests.cluster_portal.test_settings import start

LINES = (settings.BASE_DIR / "deploy" / "Containerfile").read_text().replace("\\\n", " ").splitlines()
STEPS = [tuple(line.split(maxsplit=1)) for line in LINES if line and not line.startswith("#")]


def steps(name):
    return [rest for step, rest in STEPS if step == name]


def command(name):
    return json.loads(steps(name)[-1][steps(name)[-1].index("[") :])


def test_whatever_is_copied_is_in_the_repository_and_nothing_else_of_the_folder_is():
    tracked = subprocess.run(["git", "ls-files"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    copied = [source for rest in steps("COPY") if "--from" not in rest for source in rest.split()[:-1]]

    assert [source for source in copied if not re.search(rf"^{re.escape(source)}(/|$)", tracked.stdout, re.M)] == []
    assert {"cluster_portal", "members", "meetings", "incidents", "reports", "manage.py", "requirements.txt"} <= {
        *copied
    }
    assert not {".", "./", "*", ".env", "var"} & {*copied}


def test_it_has_what_a_machine_is_given():
    script = (settings.BASE_DIR / ".ci" / "install").read_text()
    packages = re.search(r'^packages="(.+)"$', script, re.MULTILINE)[1].split()

    assert set(packages) <= set(" ".join(steps("RUN")).split())


def test_packages_are_those_that_were_pinned():
    assert any("--require-hashes -r requirements.txt" in step for step in steps("RUN"))


def test_it_runs_as_somebody_who_may_write_to_the_data_alone():
    names = [name for name, _rest in STEPS]
    assert names.index("USER") < names.index("CMD")
    assert steps("USER") == re.findall(r"useradd .*--uid (\d+)", " ".join(steps("RUN")))
    folders = re.findall(r"(?:MEDIA_ROOT|BACKUP_FOLDER)=(\S+)", " ".join(steps("ENV")))
    assert len(folders) == 2
    assert [folder for folder in folders if not folder.startswith(f"{steps('VOLUME')[0]}/")] == []


def test_no_key_is_written_into_it():
    known = {variable.name for variable in VARIABLES}
    given = set(re.findall(r"(\w+)=", " ".join(steps("ENV") + steps("ARG"))))

    assert given & known == {"DEBUG", "STATIC_ROOT", "MEDIA_ROOT", "BACKUP_FOLDER"}


def test_its_health_is_what_the_portal_answers_without_a_host_name(client, db):
    path = re.search(r"http://127\.0\.0\.1:8000(/\w+)", command("HEALTHCHECK")[-1])[1]
    compile(command("HEALTHCHECK")[-1], "healthcheck", "exec")

    assert client.get(path, headers={"host": "127.0.0.1:8000"}).content == b"alive\n"
    assert command("CMD")[-1].endswith(":8000")


def test_its_commands_are_there():
    known = {path.stem for path in settings.BASE_DIR.glob("*/management/commands/*.py")} | {"migrate"}
    named = set(re.findall(r"manage\.py (\w+)", "\n".join((*LINES, *steps("RUN")))))

    assert named - known == set()
    assert {"migrate", "work", "gather_static"} <= named
    server = [sys.executable, *command("CMD"), "--check-config"]
    variables = {"PATH": "/usr/bin:/bin", "DEBUG": "true"}
    done = subprocess.run(server, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_static_files_are_gathered_with_the_settings_of_the_build_alone(tmp_path):
    [build] = [step for step in steps("RUN") if "gather_static" in step]
    given = dict(re.findall(r"\b([A-Z_]{4,})=([^\s\"]+)", build))
    variables = {
        **given,
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz" * 2,
        "STATIC_ROOT": str(tmp_path / "static"),
    }

    done = start("gather_static", **variables)

    assert (done.returncode, done.stdout) == (0, "The static files are gathered anew.\n")
    assert list((tmp_path / "static").glob("css/*.css.gz"))
