"""Shapes many forms share: the indicator tree with merged levels, the rows of the header, money and goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from scripts.make_import_fixtures.drawn import C, Row
from scripts.make_import_fixtures.fixture import PLACES, Line

Labels = Mapping[str, tuple[str, str]]


def tree(
    lines: Sequence[Line],
    cells: Callable[[Line], Row],
    *,
    head: Row = (),
    side: str = "",
    labels: Labels | None = None,
    merged: bool = True,
) -> list[Row]:
    """Rows of `一级 二级 …`, levels merged downwards; `head` first, `side` a cell along the whole left edge."""
    names = dict(PLACES) | dict(labels or {})
    rows: list[list[C | str]] = [list(head)] if head else []
    for first, group in groupby(lines, key=lambda line: names[line.place][0]):
        inside = list(group)
        start = len(rows)
        for second, few in groupby(inside, key=lambda line: names[line.place][1]):
            own = list(few)
            for place, line in enumerate(own):
                lead: list[C | str] = [C(second, rows=len(own))] if merged and not place else []
                rows.append([*(lead if merged else [first, second]), *cells(line)])
        if merged:
            rows[start].insert(0, C(first, rows=len(inside)))
    if side:
        rows[0].insert(0, C(side, rows=len(rows)))
    return list(rows)


def pairs(*texts: str, width: int) -> Row:
    """A row of label and value, label and value …; the last value takes what is left of the width."""
    return [*texts[:-1], C(texts[-1], cols=width - len(texts) + 1)]


def across(label: str, text: str, width: int, rows: int = 1) -> Row:
    """A label and one long text."""
    return [C(label, rows=rows), C(text, cols=width - 1, rows=rows)]


def band(text: str, width: int) -> Row:
    """One cell over the whole width: a title, a date, a note."""
    return [C(text, cols=width)]


def money_rows(label: str, amounts: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """The money block: one label along the left, a row an amount."""
    first, *rest = amounts
    head: Row = [C(label, rows=len(amounts)), C(first[0], cols=2), C(first[1], cols=width - 3)]
    return [head, *([C(name, cols=2), C(amount, cols=width - 3)] for name, amount in rest)]
