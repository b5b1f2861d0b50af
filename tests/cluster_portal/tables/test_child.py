"""A file reads alike in the process of its own and in this one, so that coverage sees what is read."""

import json
from pathlib import Path

import pytest

from cluster_portal.tables import books, child

CASES = sorted((Path(__file__).parents[2] / "data" / "import-cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_reads_alike_in_a_process_of_its_own(case):
    data = case.read_bytes()

    assert json.loads(json.dumps(child.answer(data))) == json.loads(books._answer(data))
