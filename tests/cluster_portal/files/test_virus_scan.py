"""Every upload is shown to clamd, which is played here as its protocol is written."""

import socket
import struct
import threading

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.files.virus_scan import found_in

#: The test file of the European Institute for Computer Antivirus Research, cut in two so that no scanner finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def clamd(tmp_path, settings):
    """Answers one INSTREAM after another; `seen` are the files it was shown."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(tmp_path / "clamd.ctl"))
    listening.listen()
    seen = []

    def read(opened, count):
        got = b""
        while len(got) < count and (more := opened.recv(count - len(got))):
            got += more
        return got

    def serve():
        while True:
            try:
                opened, _address = listening.accept()
            except OSError:
                return
            with opened:
                assert read(opened, 10) == b"zINSTREAM\0"
                file = b""
                while size := struct.unpack("!L", read(opened, 4))[0]:
                    file += read(opened, size)
                seen.append(file)
                opened.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in file else b"stream: OK\0")

    thread = threading.Thread(target=serve)
    thread.start()
    settings.CLAMD = str(tmp_path / "clamd.ctl")
    yield seen
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


class AnyForm(forms.Form):
    file = forms.FileField()


def fill(content):
    return AnyForm({}, {"file": SimpleUploadedFile("a.pdf", content)})


def test_a_file_with_a_virus_is_refused_by_every_form(clamd):
    form = fill(EICAR)

    assert not form.is_valid()
    assert "Win.Test.EICAR_HDB-1" in str(form.errors["file"])


def test_a_clean_file_is_taken_and_can_be_read_from_its_beginning(clamd):
    form = fill(b"%PDF-1.7 clean" * 10_000)

    assert form.is_valid()
    assert form.cleaned_data["file"].read().startswith(b"%PDF-1.7")
    assert clamd == [b"%PDF-1.7 clean" * 10_000]


def test_while_the_scanner_does_not_answer_nothing_is_taken(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody.ctl")

    assert "Chưa kiểm tra được vi-rút" in str(fill(b"x").errors["file"])


def test_a_port_nobody_listens_at_counts_as_no_answer(settings):
    settings.CLAMD = "127.0.0.1:1"

    assert not fill(b"x").is_valid()


def test_without_a_scanner_nothing_is_asked(settings):
    settings.CLAMD = ""

    assert fill(EICAR).is_valid()


def test_the_name_of_what_was_found_is_told(clamd):
    assert found_in([EICAR[:30], EICAR[30:]]) == "Win.Test.EICAR_HDB-1"
    assert found_in([b"clean"]) == ""
