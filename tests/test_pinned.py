"""What is installed is pinned with its extras: where one lacks, pip takes the newest package, and no hash fits."""

from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def pinned(name):
    lines = (line.partition(" ")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line[:80])
    found = [Requirement(line) for line in lines if not line.startswith(("#", " "))]
    return {canonicalize_name(one.name): one.extras for one in found}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_extra_is_pinned(name):
    packages = pinned(name)
    assert len(packages) > 50

    asked = [
        (package, wanted)
        for package, extras in packages.items()
        for wanted in map(Requirement, metadata.requires(package) or [])
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in (*extras, ""))
    ]
    lacking = {
        f"{wanted.name}{sorted(wanted.extras)} for {package}"
        for package, wanted in asked
        if not wanted.extras <= packages[canonicalize_name(wanted.name)]
    }
    assert lacking == set()
