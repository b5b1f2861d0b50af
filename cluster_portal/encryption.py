"""Backups encrypted with GnuPG, so that they can be opened without the portal, too: `gpg --decrypt FILE`."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

ENDING = ".gpg"


class NotEncrypted(Exception):
    """GnuPG refused, or is not there; `str()` is what it said."""


def encrypt(source: Path, target: Path, *, key: str) -> None:
    """AES-256 with a check of every byte; the key is stretched as often as GnuPG allows."""
    options = ["--cipher-algo=AES256", "--s2k-digest-algo=SHA512", "--s2k-count=65011712", "--compress-algo=zlib"]
    _gpg("--symmetric", *options, f"--output={target}", str(source), key=key)


def decrypt(source: Path, target: Path, *, key: str) -> None:
    """Raises `NotEncrypted` where the key is another one, or a byte was changed; then `target` is not there."""
    try:
        _gpg("--decrypt", f"--output={target}", str(source), key=key)
    except NotEncrypted:
        target.unlink(missing_ok=True)
        raise


def _gpg(*options: str, key: str) -> None:
    """In a home of its own that ends with it: nobody's keys are touched. The key goes through a pipe, on no list."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # its agent removes sockets of its own
        command = ["gpg", f"--homedir={home}", "--batch", "--quiet", "--pinentry-mode=loopback", "--passphrase-fd=0"]
        try:
            done = subprocess.run(  # noqa: S603 – a fixed program, no shell
                [*command, *options], input=key, capture_output=True, text=True, check=False
            )
        except FileNotFoundError as fault:
            raise NotEncrypted("gpg is not installed: apt-get install gpg gpg-agent") from fault
        subprocess.run(  # noqa: S603
            ["gpgconf", f"--homedir={home}", "--kill", "gpg-agent"], capture_output=True, check=False  # noqa: S607
        )  # fmt: skip
    if done.returncode:
        raise NotEncrypted(" ".join(done.stderr.split()) or "gpg failed")
