"""Automatic numbers of Word paragraphs (1. 2., 一、, (1)): no text holds them, and a reader sees them all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.importers.safe_xml import attribute, local, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 9
_MOST = 1000
_CHINESE = "〇一二三四五六七八九"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    first: int = 1
    kind: str = "decimal"
    pattern: str = "%1."


@dataclass
class Numbers:
    """The lists of a document, counting on from paragraph to paragraph."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By list id."""
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The list and level a paragraph style brings along."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The number of the next paragraph, empty for one without."""
        place = _own_place(paragraph) or self.styles.get(_style(paragraph))
        if place is None or place[0] not in self.lists or not 0 <= place[1] < _DEEPEST:
            return ""
        name, depth = place
        levels = self.lists[name]
        counts = self._counts.setdefault(name, [None] * _DEEPEST)
        first = levels.get(depth, Level()).first
        before = counts[depth]
        counts[depth] = first if before is None else min(before + 1, _MOST)
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        return self._shown(levels, counts, depth)

    def _shown(self, levels: dict[int, Level], counts: list[int | None], depth: int) -> str:
        level = levels.get(depth, Level())
        if level.kind in ("bullet", "none"):
            return ""

        def count(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, Level())
            value = counts[at]
            return _written(one.first if value is None else value, one.kind)

        return _PLACE.sub(count, level.pattern)


def read_numbers(numbering: Element | None, styles: Element | None) -> Numbers:
    """The lists of a document from its parts; none where a part is missing."""
    if numbering is None:
        return Numbers()
    kinds = {attribute(one, "abstractNumId"): _levels(one) for one in numbering if local(one.tag) == "abstractNum"}
    lists = {
        attribute(one, "numId"): kinds.get(_value(one, "abstractNumId"), {})
        for one in numbering
        if local(one.tag) == "num"
    }
    found = {attribute(one, "styleId"): _own_place(one) for one in _named(styles, "style")}
    return Numbers(lists, {name: place for name, place in found.items() if place is not None})


def _levels(abstract: Element) -> dict[int, Level]:
    return {
        number(attribute(one, "ilvl")): Level(
            number(_value(one, "start"), 1, most=_MOST),
            _value(one, "numFmt") or "decimal",
            _value(one, "lvlText")[:20],
        )
        for one in _named(abstract, "lvl")
    }


def _own_place(holder: Element) -> tuple[str, int] | None:
    """The list and level a paragraph or style names itself; list 0 takes it out of its style's list."""
    for properties in _named(holder, "pPr"):
        for one in _named(properties, "numPr"):
            return _value(one, "numId"), number(_value(one, "ilvl"))
    return None


def _style(paragraph: Element) -> str:
    return next((_value(properties, "pStyle") for properties in _named(paragraph, "pPr")), "")


def _named(holder: Element | None, name: str) -> Iterator[Element]:
    yield from (one for one in holder if local(one.tag) == name) if holder is not None else ()


def _value(holder: Element, name: str) -> str:
    return next((attribute(one, "val") for one in _named(holder, name)), "")


def _written(count: int, kind: str) -> str:
    """A count as its kind of numbers writes it; kinds nobody uses in forms as plain digits."""
    if kind.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and "Enclosed" not in kind and count < 100:
        tens, ones = divmod(count, 10)
        return ("" if not tens else "十" if tens == 1 else _CHINESE[tens] + "十") + (
            _CHINESE[ones] if ones or not tens else ""
        )
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if kind in ("lowerLetter", "upperLetter") and count >= 1:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if kind == "lowerRoman" else roman.upper()
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        written += letters * times
    return written
