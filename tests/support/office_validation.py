"""Word and Excel files judged by others: by the rules of the Open XML SDK, as the package openxml-audit has them."""

from pathlib import Path

from openxml_audit import OpenXmlValidator
from openxml_audit.errors import ValidationSeverity


def faults_of(files: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What is against the schema in each file, by its name, which ends as its kind does; `folder` holds them meanwhile.

    Warnings tell what Excel would write in another way, such as texts within their cells.
    """
    validator, found = OpenXmlValidator(), {}
    for number, (name, content) in enumerate(files.items()):
        path = folder / f"{number}.{name.rpartition('.')[2]}"
        path.write_bytes(content)
        errors = validator.validate(path).errors
        found[name] = [str(error) for error in errors if error.severity is ValidationSeverity.ERROR]
    return found
