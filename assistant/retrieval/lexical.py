"""Search by words: bm25 over character pairs, summed over all texts at once, so that any filter is exact.

Runs of letters and digits in Latin script stay whole; a run of Chinese characters becomes its pairs and its last
character, so that a single character is found as the beginning of a token. Of tables every character is a token too:
what a clerk calls a thing and what a table calls it often share one and no pair (docs/decisions/008). On disk: the
sorted terms, and for each term the texts that hold it. Why not FTS5 or tantivy: docs/decisions/009.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.columns import Column, Strings
from assistant.retrieval.kinds import Kind, Mask, Places, best

_MOST_TERMS = 100  # of a long description the rarest pairs say most
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6  # a term that half of all texts hold still finds them
_PARTS = ("terms", "starts", "places", "counts", "gains", "lengths")


class _Term(NamedTuple):
    """A span of the sorted terms, how many texts have it, and whether it stands for all that begins with it."""

    start: int
    stop: int
    spread: int
    lone: bool = False


class LexicalIndex:
    """The words of one kind of texts; texts are known by their places."""

    def __init__(self, stem: Path, kind: Kind) -> None:
        self._characters = kind == "tables"
        self._terms = Strings(_part(stem, "terms"))
        self._starts: NDArray[np.int64] = np.load(_part(stem, "starts"), allow_pickle=False)
        self._places, self._counts, self._gains = (Column(_part(stem, name)) for name in ("places", "counts", "gains"))
        self._lengths: NDArray[np.int32] = np.load(_part(stem, "lengths"), allow_pickle=False)

    @staticmethod
    def write(stem: Path, texts: Iterable[str], kind: Kind) -> None:
        """Write the index of texts; the place of a text is its place here."""
        known: dict[str, int] = {}
        tokens, lengths = array("i"), array("i")
        for text in texts:
            found = split(text, characters=kind == "tables")
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
        """The places whose texts share words with the query, best first; any text is a safe query.

        The score is how much of what tells in the query the text says: bm25 over the weight of all the query's terms. A
        short text that says all of it scores above 1.
        """
        scores = np.zeros(len(self._lengths), dtype=np.float64)
        terms = self._looked_up(split(query, asking=True, characters=self._characters))
        for term in self._telling(terms):
            places, gains = self._held(term)
            scores[places] += self._rarity(len(places)) * gains
        scores /= sum(self._rarity(term.spread) for term in terms) or 1.0
        if mask is not None:
            scores[~mask] = 0.0
        found = best(scores, np.flatnonzero(scores > 0), n)
        return list(zip(found.tolist(), scores[found].tolist(), strict=True))

    def close(self) -> None:
        """Let go of the files."""
        for one in (self._places, self._counts, self._gains):
            one.close()

    def _looked_up(self, tokens: Iterable[str]) -> list[_Term]:
        """Every different term of a query with its span; one nobody has spans nothing."""
        found = []
        for token in dict.fromkeys(tokens):
            if not self._characters and _lone(token):
                start, stop = bisect_left(self._terms, token), bisect_left(self._terms, token + chr(0x10FFFF))
                found.append(_Term(start, stop, int(stop > start), lone=True))
            else:
                at = self._terms.place(token)
                spread = 0 if at is None else int(self._starts[at + 1] - self._starts[at])
                found.append(_Term(at or 0, 0 if at is None else at + 1, spread))
        return found

    def _telling(self, terms: Iterable[_Term]) -> list[_Term]:
        """The rarest terms: one that more than half of the texts have weighs nothing, and costs most."""
        known = [term for term in terms if term.spread]
        telling = [term for term in known if 2 * term.spread <= len(self._lengths)] or known
        return sorted(telling, key=lambda term: term.spread)[:_MOST_TERMS]

    def _rarity(self, spread: int) -> float:
        return max(math.log((len(self._lengths) - spread + 0.5) / (spread + 0.5)), _LEAST_IDF)

    def _held(self, term: _Term) -> tuple[Places, NDArray[Any]]:
        """The places that hold any of a term's span, and what that adds to each before rarity counts."""
        first, last = int(self._starts[term.start]), int(self._starts[term.stop])
        places = self._places.read(first, last)
        if not term.lone:
            return places, self._gains.read(first, last)
        held, inverse = np.unique(places, return_inverse=True)
        counts: NDArray[np.float64] = np.bincount(
            inverse, weights=self._counts.read(first, last), minlength=len(held)
        ).astype(np.float64)
        return held, _gains(counts, self._lengths[held], _mean(self._lengths))


def split(text: str, *, asking: bool = False, characters: bool = False) -> list[str]:
    """The tokens of a text, lower case: Latin words and numbers whole, Chinese in pairs plus each run's last sign.

    When `asking`, that last sign is left out unless it is the whole run: it would match all that begins with it.
    With `characters` every sign is a token too.
    """
    tokens: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            tokens.append(run)
        elif characters:
            tokens += [*(run[start : start + 2] for start in range(len(run) - 1)), *run]
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
