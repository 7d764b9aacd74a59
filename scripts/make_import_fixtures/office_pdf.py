"""Draw a fixture as the PDF an office program prints from the workbook. Needs LibreOffice Calc."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.make_import_fixtures.drawn import Part
from scripts.make_import_fixtures.office import write_xlsx

_CHANGING = re.compile(rb"<[0-9A-F]{32}>|(?<=/DocChecksum /)[0-9A-F]{32}|(?<=/CreationDate\(D:)[0-9]{14}")


def write_office_pdf(parts: list[Part], path: Path) -> None:
    """The workbook printed to PDF; its identifier and dates fixed, so that every run gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        write_xlsx(parts, book)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = [shutil.which("soffice") or "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*words, str(book)], check=True, capture_output=True)  # noqa: S603 – a fixed command
        data = book.with_suffix(".pdf").read_bytes()
    path.write_bytes(_CHANGING.sub(lambda found: re.sub(rb"[0-9A-F]", b"0", found[0]), data))
