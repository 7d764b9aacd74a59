"""Writing a table as a file: one entry in `WRITERS` per format, the official layouts in `layouts.py`.

How the form comes to paper: `layouts` (title, header, money, goals) and `indicator_rows` give a grid of cells,
`prepared` cleans it and adds the lists `sources`, `open_matters` and `unprinted`; `xlsx` and `docx` write both.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.errors import UnsupportedFormat
from assistant.exporters.as_json import json_bytes
from assistant.exporters.files import write_whole
from assistant.exporters.form import Blank, Form, Source
from assistant.exporters.layouts import LAYOUTS, layout_of

__all__ = ["KINDS", "LAYOUTS", "WRITERS", "Blank", "Form", "Source", "export"]


def _xlsx(form: Form, layout: str | None) -> bytes:
    from assistant.exporters.xlsx import workbook_bytes

    return workbook_bytes(form, layout)


def _docx(form: Form, layout: str | None) -> bytes:
    from assistant.exporters.docx import document_bytes

    return document_bytes(form, layout)


WRITERS: dict[str, Callable[[Form, str | None], bytes]] = {".xlsx": _xlsx, ".docx": _docx, ".json": json_bytes}
KINDS = tuple(suffix.removeprefix(".") for suffix in WRITERS)


def export(form: Form, path: Path, *, layout: str | None = None) -> None:
    """Write a form in the format the suffix names; `layout` None = the one of the table's dialect.

    Raises `UnsupportedFormat` for another suffix, `BadInput` for an unknown layout or a path that cannot be written,
    `DiskFull`. The file is there whole or not at all.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnsupportedFormat(path, tuple(WRITERS))
    layout_of(form, layout)
    write_whole(path, writer(form, layout))
