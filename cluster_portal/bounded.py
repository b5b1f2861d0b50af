"""Work on a stranger's file in a process that can be killed: it has a budget of time and memory, this one has not.

Knows no Django, so that such a process starts at once.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]

# Nothing of our own environment, in which secrets stand.
ENVIRONMENT = {"PYTHONPATH": str(HOME), "PATH": os.defpath, "PYTHONIOENCODING": "utf-8"}


class TooMuchWork(Exception):
    """The process was killed, or died, before it had answered."""


def answer_of(module: str, data: bytes, *, wait: float) -> bytes:
    """What `python -m module` writes when it is given `data`; raises `TooMuchWork` after `wait` seconds."""
    try:
        done = subprocess.run(  # noqa: S603 – our own module, the file comes on standard input
            [sys.executable, "-m", module],
            input=data, capture_output=True, cwd=HOME, env=ENVIRONMENT, timeout=wait, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise TooMuchWork from error
    return done.stdout


def limit_this_process(*, memory: int, seconds: int) -> None:
    """For the first line of such a process: bytes of memory, seconds of work, and no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
