"""Which tables a filter lets through, and which of them bear an indicator text, as small arrays in the index.

Asked of the database, both would bring a hundred thousand ids for every question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.precedents import Filter, FilterFacts
from assistant.retrieval.kinds import Mask

_WORDS = FilterFacts._fields[2:]
_NO_YEAR = -1

Bearer = tuple[int, int]
"""Of a row: the place of its text and the place of its table."""


@dataclass(frozen=True)
class Scope:
    """What may be found: the tables a filter lets through, and of these only the visible ones (None: all)."""

    where: Filter = field(default_factory=Filter)
    visible: frozenset[str] | None = None


EVERYTHING = Scope()


class TableFacts:
    """What a filter asks of the tables, by their places."""

    def __init__(self, stem: Path) -> None:
        self._years: NDArray[np.int32] = np.load(_part(stem, "years"), allow_pickle=False)
        self._codes: NDArray[np.int32] = np.load(_part(stem, "codes"), allow_pickle=False)
        self._words: list[list[str]] = json.loads(stem.with_name(f"{stem.name}-words.json").read_text("utf-8"))

    @staticmethod
    def write(stem: Path, tables: Sequence[FilterFacts]) -> None:
        """Write the facts of tables in the order of their places."""
        known: list[dict[str, int]] = [{} for _ in _WORDS]
        codes = [
            [seen.setdefault(word, len(seen)) for seen, word in zip(known, table[2:], strict=True)] for table in tables
        ]
        years = [_NO_YEAR if one.year is None else one.year for one in tables]
        np.save(_part(stem, "years"), np.array(years, dtype=np.int32))
        np.save(_part(stem, "codes"), np.array(codes, dtype=np.int32).reshape(-1, len(_WORDS)))
        words = json.dumps([list(seen) for seen in known], ensure_ascii=False)
        stem.with_name(f"{stem.name}-words.json").write_text(words, encoding="utf-8")

    def __len__(self) -> int:
        return len(self._years)

    def mask(self, where: Filter) -> Mask:
        """The tables a filter lets through, `exclude` left aside: it names ids, not facts."""
        mask = np.ones(len(self), dtype=np.bool_)
        if where.years is not None:
            mask &= (self._years >= where.years[0]) & (self._years <= where.years[1]) & (self._years != _NO_YEAR)
        if region := where.region:
            mask &= self._one_of("region", lambda word: word.startswith(region))
        if where.field:
            mask &= self._one_of("field", lambda word: word == where.field)
        if where.generation:
            mask &= self._one_of("generation", lambda word: word == where.generation)
        if where.origins:
            mask &= self._one_of("origin", lambda word: word in where.origins)
        return mask

    def _one_of(self, fact: str, wanted: Callable[[str], bool]) -> Mask:
        column = _WORDS.index(fact)
        # One more than there are words, as an empty list could not even be asked.
        chosen = np.array([*map(wanted, self._words[column]), False], dtype=np.bool_)
        return np.asarray(chosen[self._codes[:, column]])


class Bearers:
    """For each indicator text the tables that bear it, one entry a row."""

    def __init__(self, stem: Path) -> None:
        self._starts: NDArray[np.int64] = np.load(_part(stem, "starts"), allow_pickle=False)
        self._tables: NDArray[np.int32] = np.load(_part(stem, "tables"), allow_pickle=False)

    @staticmethod
    def write(stem: Path, texts: int, rows: Iterable[Bearer]) -> None:
        """Write the rows of `texts` texts, given in any order."""
        flat = np.fromiter((number for row in rows for number in row), dtype=np.int32).reshape(-1, 2)
        flat = flat[np.lexsort((flat[:, 1], flat[:, 0]))]
        np.save(_part(stem, "starts"), np.searchsorted(flat[:, 0], np.arange(texts + 1)).astype(np.int64))
        np.save(_part(stem, "tables"), flat[:, 1])

    def mask(self, tables: Mask) -> Mask:
        """The texts that at least one of the tables bears."""
        # Summed up from the beginning, so that a text without rows takes no other's.
        sums = np.concatenate(([0], np.cumsum(tables[self._tables], dtype=np.int64)))
        return np.asarray(sums[self._starts[1:]] > sums[self._starts[:-1]])

    def of(self, text: int, tables: Mask | None, most: int) -> tuple[list[int], int]:
        """At most `most` of the tables that bear a text, and how many rows bear it.

        They are spread evenly over all of them: the first ones by id would all come from one office.
        """
        bearing = self._tables[self._starts[text] : self._starts[text + 1]]
        if tables is not None:
            bearing = bearing[tables[bearing]]
        total, bearing = len(bearing), np.unique(bearing)
        if len(bearing) > most:
            bearing = bearing[np.arange(most) * len(bearing) // most]
        return bearing.tolist(), total


def _part(stem: Path, name: str) -> Path:
    return stem.with_name(f"{stem.name}-{name}.npy")
