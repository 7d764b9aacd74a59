"""Texts are hostile: what a workbook cannot hold is removed or cut, and each such change is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CELL_LIMIT = 32_767  # UTF-16 units in one Excel cell
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def without_illegal(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without characters XML forbids, and the code points that were removed."""
    removed = tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _NOT_IN_XML.findall(text)))
    return _NOT_IN_XML.sub("", text), removed


def cut(text: str) -> str:
    """The part of a text one cell can hold."""
    if len(text) * 2 <= CELL_LIMIT:
        return text
    return text.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", "ignore")


def escaped(text: str) -> str:
    """`_x0041_` as literal text: workbooks read that pattern as an escaped character (ISO 29500 ST_Xstring)."""
    return _ESCAPE_LIKE.sub("_x005F_", text)


@dataclass(frozen=True)
class Cleaner:
    """Cleans texts on their way out and keeps one Chinese note for each change in `notes`."""

    notes: list[str] = field(default_factory=list)

    def __call__(self, text: str, place: str) -> str:
        """The text as it can be written; `place` says in the note where it stood."""
        kept, removed = without_illegal(text.replace("\r\n", "\n").replace("\r", "\n"))
        if removed:
            self.notes.append(f"{place}：去掉了不能保存的控制字符 {'、'.join(removed)}")
        short = cut(kept)
        if short != kept:
            self.notes.append(f"{place}：原文 {len(kept)} 字，超过单元格上限，只保留前 {len(short)} 字")
        return short
