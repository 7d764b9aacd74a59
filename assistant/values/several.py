"""Where a cell that holds several values can be cut: 1500人、300人; 新罗区2;永定区3; 优90% 良80%; 目标1：…目标2：…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.values.measures import Measure

Place = tuple[int, int]

_FIRM = re.compile(r"[;；\n]+|(?=(?:目标|指标|任务) *[0-9]{1,2} *[:：])")
_LOOSE = (re.compile(r"[、，,]+"), re.compile(r" +"))
_TALLY = re.compile(r"(?:[等共分]|共分)?[0-9二两三四五六]个?(?:档次|档|等次|标准|类别)$")
_LONGEST_LABEL = 6


def firm_pieces(cell: str) -> list[Place]:
    """Return the pieces between semicolons, line ends and 目标1： – each may be any value, wording included."""
    return _pieces(cell, _FIRM, len(cell))


def loose_cuts(cell: str, measures: tuple[Measure, ...]) -> Iterator[list[Place]]:
    """Yield ways to cut at weaker marks; a cut holds only if every piece reads as a number, range or date."""
    tally = _TALLY.search(cell)
    end = tally.start() if tally and len(measures) > 2 else len(cell)
    for mark in _LOOSE:
        pieces = _pieces(cell, mark, end)
        if len(pieces) > 1 and _are_finished([cell[start:stop].strip() for start, stop in pieces]):
            yield pieces
    if labelled := _labelled(cell, measures):
        yield labelled


def _pieces(cell: str, mark: re.Pattern[str], end: int) -> list[Place]:
    cuts = [found.span() for found in mark.finditer(cell, 0, end)]
    starts, stops = [0, *(stop for _, stop in cuts)], [*(start for start, _ in cuts), end]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if cell[start:stop].strip()]


def _are_finished(pieces: list[str]) -> bool:
    """Tell whole values from one torn number: 9 5%, ≥1000 0人, 1，234元."""
    return not any(one[-1].isdigit() and (one[0].isdigit() or other[0].isdigit()) for one, other in pairwise(pieces))


def _labelled(cell: str, measures: tuple[Measure, ...]) -> list[Place]:
    """Cut 优100%良90%中85% after each value, if each has a short name and all have the same unit."""
    ends = [measure.end for measure in measures]
    pieces = list(zip([0, *ends], ends, strict=False))
    names = [measure.start - start for (start, _), measure in zip(pieces, measures, strict=True)]
    named = all(0 < length <= _LONGEST_LABEL for length in names)
    alike = len({measure.unit for measure in measures}) == 1 and all(measure.kind == "number" for measure in measures)
    complete = len(measures) > 1 and bool(measures[0].unit) and not cell[ends[-1] :].strip(" 。;；,，")
    return pieces if complete and named and alike else []
