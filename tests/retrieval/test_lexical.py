"""Words score as SQLite's own bm25 does, and a mask leaves out exactly what it covers."""

from __future__ import annotations

import sqlite3
from math import log
from pathlib import Path

import numpy as np
import pytest
from past_examples import past

from assistant.errors import IndexUnavailable
from assistant.precedents import table_text
from assistant.retrieval.columns import Column, Strings
from assistant.retrieval.lexical import LexicalIndex, split

TEXTS = [table_text(past(number)) for number in range(60)] + ["", "APP端 2024年", "淤", "清淤清淤清淤"]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    stem = tmp_path_factory.mktemp("words") / "lexical-tables"
    LexicalIndex.write(stem, TEXTS, "rows")
    return LexicalIndex(stem, "rows")


def by_fts5(query: str) -> dict[int, float]:
    """The judge: the same tokens in SQLite's full-text index, over the weight of all the query's terms."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(tokens)")
    tokens = ((place + 1, " ".join(split(text))) for place, text in enumerate(TEXTS))
    connection.executemany("INSERT INTO words (rowid, tokens) VALUES (?, ?)", tokens)
    terms = dict.fromkeys(split(query, asking=True))
    # A character by itself stands for all that begins with it and counts as one term one text has.
    lone = {term for term in terms if len(term) == 1 and not term.isascii()}
    spreads = {term: 1 if term in lone else sum(term in split(text) for text in TEXTS) for term in terms}
    asked = [term for term, spread in spreads.items() if 2 * spread <= len(TEXTS)] or list(terms)
    match = " OR ".join(f'"{term}"*' if term in lone else f'"{term}"' for term in asked)
    found = connection.execute("SELECT rowid - 1, -bm25(words) FROM words WHERE words MATCH ?", (match,))
    own = sum(max(log((len(TEXTS) - spread + 0.5) / (spread + 0.5)), 1e-6) for spread in spreads.values())
    return {place: score / own for place, score in found.fetchall()}


@pytest.mark.parametrize("query", ["校舍维修项目甲7号", "淤", "app 端", "农村公路养护里程，清淤", TEXTS[3], "目"])
def test_scores_are_those_of_sqlite(words: LexicalIndex, query: str) -> None:
    found = words.search(query, len(TEXTS))
    assert found
    assert dict(found) == pytest.approx(by_fts5(query), rel=1e-6)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_of_equal_texts_the_first_comes_first_wherever_the_answer_is_cut(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "w", ["校舍"] * 30 + ["公路"] * 40, "rows")
    words = LexicalIndex(tmp_path / "w", "rows")
    assert [place for place, _ in words.search("校舍", 7)] == list(range(7))


def test_a_mask_leaves_the_best_of_the_rest(words: LexicalIndex) -> None:
    every = words.search("校舍维修项目", len(TEXTS))
    mask = np.ones(len(TEXTS), dtype=np.bool_)
    mask[[place for place, _ in every[:5]]] = False
    assert words.search("校舍维修项目", 4, mask) == every[5:9]


def test_an_index_without_texts_finds_nothing(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "w", [], "rows")
    assert LexicalIndex(tmp_path / "w", "rows").search("校舍 淤", 5) == []


def test_a_column_that_was_cut_is_an_error_and_no_crash(tmp_path: Path) -> None:
    np.save(tmp_path / "c.npy", np.arange(50_000))
    column = Column(tmp_path / "c.npy")
    assert column.read(20_000, 20_003).tolist() == [20_000, 20_001, 20_002]
    (tmp_path / "c.npy").write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="比建成时短"):
        column.read(40_000, 40_003)


def test_what_is_no_column_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "c.npy").write_bytes(b"not an array at all")
    with pytest.raises(IndexUnavailable, match="读不懂"):
        Column(tmp_path / "c.npy")


def test_strings_are_found_by_place_and_place_by_string(tmp_path: Path) -> None:
    sorted_strings = ["", "a", "ab", "校", "校舍", "𠀀"]
    Strings.write(tmp_path / "s.npy", sorted_strings)
    strings = Strings(tmp_path / "s.npy")
    assert list(strings) == strings[:] == sorted_strings
    assert [strings.place(one) for one in sorted_strings] == list(range(6))
    assert strings.place("b") is None
