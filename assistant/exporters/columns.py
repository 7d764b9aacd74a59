"""The columns of the form: header, money, goals and indicators line up on them.

Single: 标签 | 一级 | 二级 | 三级 (two columns wide) | 指标值 | 分值权重 or 指标值说明.
Paired (实施期 left, 年度 right): 标签 | 一级 | 二级 | 三级 | 指标值 || 二级 | 三级 | 指标值 | 分值权重.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDE, LEVEL1 = 1, 2
_WEIGHT, _NOTE = 7.0, 20.5


@dataclass(frozen=True)
class Side:
    """Where the columns of one half of the indicators stand."""

    level2: int
    name: int
    name_end: int
    value: int


@dataclass(frozen=True)
class Columns:
    """Widths in character units; `half` is the last column of the left half of header, money and goals."""

    widths: tuple[float, ...]
    half: int
    money_label: int
    """The last column of a label in the left money block; its amount fills the rest of the half."""
    money_label_right: int
    year: Side
    period: Side | None = None
    weight: int | None = None
    note: int | None = None

    @property
    def last(self) -> int:
        """The last printed column."""
        return len(self.widths)

    def between(self, first: int, last: int) -> float:
        """Width of the columns `first`–`last` together."""
        return sum(self.widths[first - 1 : last])


def single_columns(*, weighted: bool, noted: bool) -> Columns:
    """One set of indicators."""
    widths = (9.5, 11.5, 14.0, 17.0, 15.0, 18.0) if weighted else (9.5, 11.5, 14.0, 19.0, 15.0, 23.0)
    if noted:
        widths = (9.5, 11.5, 13.0, 11.5, 12.0, 14.0)
    ends = (*((_WEIGHT,) if weighted else ()), *((_NOTE,) if noted else ()))
    last = len(widths) + len(ends)
    weight, note = 7 if weighted else None, last if noted else None
    return Columns((*widths, *ends), 4, 3, 5, Side(3, 4, 5, 6), weight=weight, note=note)


def paired_columns(*, weighted: bool, period_stated: bool) -> Columns:
    """The indicators of the whole period beside those of the year; the left half is narrow where it stays empty."""
    left = (11.5, 14.5, 11.0) if period_stated else (9.0, 9.0, 7.5)
    right = (11.5, 15.5, 12.0) if period_stated else (11.5, 20.5, 15.0)
    widths = (9.5, 9.5, *left, *right)
    ends = (_WEIGHT,) if weighted else ()
    year, period = Side(6, 7, 7, 8), Side(3, 4, 4, 5)
    return Columns((*widths, *ends), 5, 4, 7, year, period, weight=9 if weighted else None)
