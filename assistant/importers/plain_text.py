"""Plain text (.txt) and Markdown (.md): the tables drawn in them, HTML tables included, and the text around."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.importers.document import Document, Grid, Text
from assistant.importers.encodings import read_decoded
from assistant.importers.html_page import parts_of_html
from assistant.importers.limits import ReadingLimits
from assistant.importers.placing import Budget
from assistant.importers.text_tables import parts_of_text

_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")


def read_txt(path: Path, limits: ReadingLimits) -> Document:
    """The parts of a plain text."""
    decoded = read_decoded(path)
    parts = parts_of_text(decoded.text.splitlines(), Budget(path, limits))
    return Document("txt", parts, "", decoded.notes)


def read_markdown(path: Path, limits: ReadingLimits) -> Document:
    """The parts of a Markdown text; recognised pages often hold their tables as HTML."""
    decoded = read_decoded(path)
    budget = Budget(path, limits)
    parts: list[Grid | Text] = []
    notes: list[str] = []
    at = 0
    for found in _HTML_TABLE.finditer(decoded.text):
        parts += parts_of_text(_lines(decoded.text[at : found.start()]), budget)
        tables, said = parts_of_html(found[0], budget, 1 + sum(isinstance(one, Grid) for one in parts))
        parts += tables
        notes += said
        at = found.end()
    parts += parts_of_text(_lines(decoded.text[at:]), budget)
    return Document("md", tuple(parts), "", (*decoded.notes, *notes))


def _lines(text: str) -> list[str]:
    """The lines without the marks of headings and fences."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("```"))
    return [_HEADING.sub(r"\1", line) for line in lines]
