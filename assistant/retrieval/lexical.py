"""Search by words: bm25 over character pairs, summed over all texts at once, so that any filter is exact.

Runs of letters and digits in Latin script stay whole; a run of Chinese characters becomes its pairs and its last
character, so that a single character is found as the beginning of a token. On disk: the sorted terms, and for each
term the texts that hold it. Why not FTS5 or tantivy: docs/decisions/009.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.columns import Column, Strings
from assistant.retrieval.kinds import Mask, Places, best

_MOST_TERMS = 100  # of a long description the rarest pairs say most
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6  # a term that half of all texts hold still finds them
_PARTS = ("terms", "starts", "places", "counts", "gains", "lengths")


class LexicalIndex:
    """The words of one kind of texts; texts are known by their places."""

    def __init__(self, stem: Path) -> None:
        self._terms = Strings(_part(stem, "terms"))
        self._starts: NDArray[np.int64] = np.load(_part(stem, "starts"), allow_pickle=False)
        self._places, self._counts, self._gains = (Column(_part(stem, name)) for name in ("places", "counts", "gains"))
        self._lengths: NDArray[np.int32] = np.load(_part(stem, "lengths"), allow_pickle=False)

    @staticmethod
    def write(stem: Path, texts: Iterable[str]) -> None:
        """Write the index of texts; the place of a text is its place here."""
        known: dict[str, int] = {}
        tokens, lengths = array("i"), array("i")
        for text in texts:
            found = split(text)
            tokens.extend([known.setdefault(token, len(known)) for token in found])
            lengths.append(len(found))
        terms = sorted(known)
        order = np.empty(len(terms), dtype=np.int64)
        order[[known[term] for term in terms]] = np.arange(len(terms))
        sizes = np.array(lengths, dtype=np.int32)
        starts, places, counts = _inverted(order[np.array(tokens, dtype=np.int32)], sizes, len(terms))
        Strings.write(_part(stem, "terms"), terms)
        columns: tuple[NDArray[Any], ...] = (
            starts,
            places,
            counts,
            _gains(counts, sizes[places], _mean(sizes)).astype(np.float32),
            sizes,
        )
        for name, column in zip(_PARTS[1:], columns, strict=True):
            np.save(_part(stem, name), column)

    def search(self, query: str, n: int, mask: Mask | None = None) -> list[tuple[int, float]]:
        """The places whose texts share words with the query, best first; any text is a safe query."""
        scores = np.zeros(len(self._lengths), dtype=np.float64)
        for start, stop, lone in self._telling(split(query, asking=True)):
            places, gains = self._held(start, stop, lone=lone)
            rarity = np.log((len(scores) - len(places) + 0.5) / (len(places) + 0.5))
            scores[places] += max(rarity, _LEAST_IDF) * gains
        if mask is not None:
            scores[~mask] = 0.0
        found = best(scores, np.flatnonzero(scores > 0), n)
        return list(zip(found.tolist(), scores[found].tolist(), strict=True))

    def close(self) -> None:
        """Let go of the files."""
        for one in (self._places, self._counts, self._gains):
            one.close()

    def _telling(self, tokens: list[str]) -> list[tuple[int, int, bool]]:
        """Which terms to look up, each as its span and whether it stands for all that begins with it."""
        terms = list(dict.fromkeys(tokens))
        if len(terms) > _MOST_TERMS:
            spread = [(int(self._starts[at + 1] - self._starts[at]), term) for term, at in self._known(terms)]
            terms = [term for _, term in sorted(spread)[:_MOST_TERMS]]
        lone = [(*self._beginning(term), True) for term in terms if _lone(term)]
        whole = [(at, at + 1, False) for _, at in self._known(term for term in terms if not _lone(term))]
        return [*whole, *lone]

    def _known(self, terms: Iterable[str]) -> list[tuple[str, int]]:
        return [(term, at) for term in terms if (at := self._terms.place(term)) is not None]

    def _beginning(self, letter: str) -> tuple[int, int]:
        """The span of the terms that begin with a letter."""
        return bisect_left(self._terms, letter), bisect_left(self._terms, letter + chr(0x10FFFF))

    def _held(self, start: int, stop: int, *, lone: bool) -> tuple[Places, NDArray[Any]]:
        """The places that hold any of a span of terms, and what that adds to each before rarity counts."""
        first, last = int(self._starts[start]), int(self._starts[stop])
        places = self._places.read(first, last)
        if not lone:
            return places, self._gains.read(first, last)
        held, inverse = np.unique(places, return_inverse=True)
        counts: NDArray[np.float64] = np.bincount(
            inverse, weights=self._counts.read(first, last), minlength=len(held)
        ).astype(np.float64)
        return held, _gains(counts, self._lengths[held], _mean(self._lengths))


def split(text: str, *, asking: bool = False) -> list[str]:
    """The tokens of a text, lower case: Latin words and numbers whole, Chinese in pairs plus each run's last sign.

    When `asking`, that last sign is left out unless it is the whole run: it would match all that begins with it.
    """
    tokens: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            tokens.append(run)
        else:
            last = max(1, len(run) - 1) if asking else len(run)
            tokens += [run[start : start + 2] for start in range(last)]
    return tokens


def _lone(term: str) -> bool:
    return len(term) == 1 and not term.isascii()


def _part(stem: Path, name: str) -> Path:
    return stem.with_name(f"{stem.name}-{name}.npy")


def _inverted(
    tokens: NDArray[np.int64], lengths: NDArray[np.int32], terms: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """By term: where its span starts, the places that hold it, in order, and how often each does."""
    texts = max(1, len(lengths))
    keys = tokens * texts + np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys)).astype(np.int32)
    starts = np.searchsorted(keys[first], np.arange(terms + 1, dtype=np.int64) * texts)
    return starts, (keys[first] % texts).astype(np.int32), counts


def _mean(lengths: NDArray[np.int32]) -> float:
    return max(1.0, float(lengths.mean(dtype=np.float64))) if len(lengths) else 1.0


def _gains(
    counts: NDArray[np.int32] | NDArray[np.float64], lengths: NDArray[np.int32], mean: float
) -> NDArray[np.float64]:
    found: NDArray[np.float64] = counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * lengths / mean))
    return found
