"""A proposal in Word, PDF, Excel … as what a draft starts from: its text, and the head fields it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.detection import format_of
from assistant.importers.document import Document, Grid, Text
from assistant.importers.files import refuse_unreadable
from assistant.importers.formats import read_document
from assistant.importers.head import head_of
from assistant.importers.labels import label_of, labelled_cells, labelled_lines
from assistant.importers.matrix import Matrix
from assistant.reading_limits import ReadingLimits

_NOT_DOCUMENTS = ("json", "jsonl", "zip")


def read_proposal(path: Path, limits: ReadingLimits) -> dict[str, object]:
    """The keys of a brief a document gives: `description`, and project, department, unit, year and money it names.

    Raises `BadInput` for what cannot be read or holds no text.
    """
    refuse_unreadable(path, limits)
    found = format_of(path)
    if found in _NOT_DOCUMENTS:
        raise UnreadableFile(path, "不是项目申报材料，请给一份 docx、pdf、xlsx、txt 等文档；JSON 请用 --brief")
    document = read_document(path, found, limits)
    head = head_of(
        [
            one
            for part in document.parts
            for one in (
                labelled_lines(part.lines)
                if isinstance(part, Text)
                else labelled_cells(Matrix(part), Matrix(part).rows)
            )
        ],
        [line for part in document.parts if isinstance(part, Text) for line in part.lines],
    )
    funds = next((one for one in head.funds if one.total is not None), None)
    text = "\n".join(_lines(document, told=funds is not None)).strip()
    if not text:
        raise UnreadableFile(path, "里面没有文字，无法据此起草")
    request: dict[str, object] = {"description": text}
    named = {
        "project_name": head.project.name,
        "department": head.project.dept,
        "unit": head.project.unit,
        "year": head.year,
        "budget_wan": None if funds is None or funds.total is None else _in_wan(funds.total, funds.unit),
    }
    return request | {key: value for key, value in named.items() if value is not None}


def _in_wan(total: object, unit: str) -> str:
    from decimal import Decimal

    amount = Decimal(str(total))
    return format(amount if unit == "万元" else amount / 10_000, "f")


def _lines(document: Document, *, told: bool) -> Iterator[str]:
    """The text in reading order; a row of a table as one sentence, a label with its content as 项目名称：…

    `told`: the total is a field of the brief, and is not said again in the description.
    """
    for part in document.parts:
        if isinstance(part, Text):
            yield from (line.strip() for line in part.lines if line.strip())
        else:
            yield from _sentences(part, told=told)


def _sentences(grid: Grid, *, told: bool) -> Iterator[str]:
    matrix = Matrix(grid)
    for row in matrix.rows:
        words: list[str] = []
        for cell in (one for one in matrix.across(row) if one.row == row):
            text = cell.text.strip()
            before = words[-1] if words else ""
            if before and label_of(before) is not None and label_of(text) is None:
                said = told and label_of(before) == "total"
                words[-1:] = [] if said else [_said(before.rstrip("：:"), text)]
            else:
                words.append(text)
        if words:
            yield "，".join(words)


def _said(label: str, text: str) -> str:
    """预算金额（万元） beside 320 as 预算金额：320万元: the unit of the label goes with the amount."""
    unit = re.search(r"[（(](万元|元)[）)]", label)
    if unit and re.fullmatch(r"[\d,，.]+", text):
        return f"{label.replace(unit[0], '')}：{text}{unit[1]}"
    return f"{label}：{text}"
