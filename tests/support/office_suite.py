"""What LibreOffice makes of Word and Excel files."""

import shutil
import subprocess


def opened(files, folder):
    """Each file as a PDF of LibreOffice's; one call for all, with a profile of its own in `folder`."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: run .ci/install test"
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *(str(folder / name) for name in files)], check=True)
    return {name: (folder / name).with_suffix(".pdf").read_bytes() for name in files}
