"""Plain text (.txt) and Markdown (.md): the tables drawn in them, HTML tables included, and the text around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.importers.document import Document, Grid, Text
from assistant.importers.encodings import read_decoded
from assistant.importers.html_page import parts_of_html
from assistant.importers.placing import Budget
from assistant.importers.text_tables import parts_of_text
from assistant.reading_limits import ReadingLimits

_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")


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
    for start, end in _html_tables(decoded.text):
        parts += parts_of_text(_lines(decoded.text[at:start]), budget)
        tables, said = parts_of_html(decoded.text[start:end], budget, 1 + sum(isinstance(one, Grid) for one in parts))
        parts += tables
        notes += said
        at = end
    parts += parts_of_text(_lines(decoded.text[at:]), budget)
    return Document("md", tuple(parts), "", (*decoded.notes, *notes))


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """From where to where the outer HTML tables of a text go; one that never ends goes to the end."""
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, (text.find(">", tag.end()) + 1) or len(text)
    if depth:
        yield start, len(text)


def _lines(text: str) -> list[str]:
    """The lines without the marks of headings and fences."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("```"))
    return [line.strip().strip("#").strip() if _HEADING.match(line) else line for line in lines]
