"""Tables of delimited text: .csv and .tsv in any Chinese encoding, with whatever delimiter they use."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.document import Cell, Document, Grid
from assistant.importers.encodings import read_decoded
from assistant.importers.placing import Budget
from assistant.reading_limits import ReadingLimits

DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 50


def read_csv(path: Path, limits: ReadingLimits) -> Document:
    """The one table of a delimited text."""
    decoded = read_decoded(path)
    text = decoded.text.lstrip("\ufeff")
    named, text = _named_delimiter(text)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=named or _delimiter(text))
    try:
        grid = Grid(cells_of(rows, Budget(path, limits)), "全文")
    except csv.Error as problem:
        reason = "里面有过长的一格（可能是引号没有成对），请在表格软件里另存为 xlsx 后再导入"
        raise UnreadableFile(path, reason) from problem
    return Document("csv", (grid,) if grid.cells else (), "", decoded.notes)


def cells_of(rows: Iterable[Iterable[str]], budget: Budget) -> tuple[Cell, ...]:
    """The filled cells of rows of texts."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text.strip():
                budget.take()
                cells.append(Cell(text.strip().replace("\r\n", "\n").replace("\r", "\n"), row, budget.column(column)))
    return tuple(cells)


def _named_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line sep=; names the delimiter."""
    first, end, rest = text.partition("\n")
    named = first.strip()
    if named[:4].lower() == "sep=" and len(named) == 5 and named[4] in DELIMITERS:
        return named[4], rest if end else ""
    return "", text


def _delimiter(text: str) -> str:
    """The delimiter that splits most lines into equally many cells; a comma where nothing speaks."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]

    def steadiness(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual), usual

    try:
        best = max(DELIMITERS, key=steadiness)
        return best if steadiness(best)[0] else ","
    except csv.Error:
        return ","
