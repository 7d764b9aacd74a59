"""A filter lets through what the store says it does, by words, by meaning and for the rows that bear a text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from past_examples import indicator, past

from assistant.precedents import Filter, PastTables
from assistant.retrieval import generation as files
from assistant.retrieval.bearing import Bearers, Scope, TableFacts
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import Index, open_index, verify
from assistant.retrieval.matrix import VectorMatrix
from assistant.retrieval.search import MOST_EACH, Searcher

FILTERS = [
    Filter(years=(2021, 2021)),
    Filter(years=(2020, 2022), generation="2021"),
    Filter(region="河南"),
    Filter(field="交通"),
    Filter(field="没有这个领域"),
    Filter(origins=("example", "unit")),
    Filter(exclude=frozenset({"表3", "没有这张表"})),
    Filter(years=(2021, 2023), exclude=frozenset({"表1", "表5"})),
]


@pytest.mark.parametrize("where", FILTERS)
def test_a_scope_holds_the_tables_the_store_names(opened: Index, store: PastTables, where: Filter) -> None:
    names = [past(number).table.project.name or "" for number in range(40)]
    vector = opened.embed([names[0]])[0]
    near = {key for key, _ in opened.tables_by_vector(vector, 100, Scope(where))}
    assert near == store.matching(where)
    assert {key for key, _ in opened.tables_by_words(" ".join(names), 100, Scope(where))} <= near


@pytest.mark.parametrize("where", FILTERS)
def test_a_filter_says_of_one_table_what_the_store_says_of_all(store: PastTables, where: Filter) -> None:
    every = store.facts(f"表{number}" for number in range(40))
    assert {key for key, facts in every.items() if where.lets_through(facts)} == store.matching(where)


def test_a_text_is_in_scope_when_one_of_its_tables_is(opened: Index, store: PastTables) -> None:
    where = Filter(years=(2021, 2021))
    allowed = store.matching(where) or frozenset()
    found = {key for key, _ in opened.texts_by_vector(opened.embed(["任何"])[0], 1_000, Scope(where))}
    homes = store.tables_of_texts([key for key, _ in store.row_texts()])
    assert found == {key for key, tables in homes.items() if tables & allowed}


def test_a_filtered_answer_has_the_cosines_of_the_unfiltered_one(opened: Index) -> None:
    vector = opened.embed(["校舍维修项目"])[0]
    every = dict(opened.tables_by_vector(vector, 40))
    some = dict(opened.tables_by_vector(vector, 40, Scope(Filter(exclude=frozenset({"表1"})))))
    assert some == pytest.approx({key: cosine for key, cosine in every.items() if key != "表1"}, abs=2e-6)


def test_a_table_that_changed_since_the_index_was_built_is_not_shown_under_its_old_year(
    opened: Index, store: PastTables
) -> None:
    was = store.facts(["表7"])["表7"].year
    assert was
    changed = past(7)
    table = changed.table.model_copy(update={"fiscal_year": was + 40})
    list(store.add([changed.model_copy(update={"table": table})]))
    assert opened.outdated
    searcher, where = Searcher(store, opened), Filter(years=(was, was))
    assert "表7" not in {hit.id for hit in searcher.tables("校舍维修项目甲7号", 40, where)}
    assert "表7" not in {row.table_id for hit in searcher.rows("数量", 40, where) for row in hit.rows}


def test_of_a_text_many_tables_bear_some_rows_from_all_over_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    store = PastTables.open(tmp_path)
    for one in map(past, range(100)):
        table = one.table.model_copy(update={"indicators": (indicator("服务对象满意度"), *one.table.indicators)})
        list(store.add([one.model_copy(update={"table": table})]))
    searcher = Searcher(store, open_index(tmp_path, store, HashedEncoder()))
    hit = searcher.rows("服务对象满意度", 1)[0]
    assert (hit.name, hit.total, len(hit.rows)) == ("服务对象满意度", 100, MOST_EACH)
    order = sorted(row.table_id for row in store.rows_of_texts([hit.text_key]))
    shown = [order.index(row.table_id) for row in hit.rows]
    assert max(np.diff(shown)) <= 2 * hit.total / MOST_EACH


@pytest.mark.parametrize("share", [0.02, 0.9])
def test_the_nearest_under_a_mask_are_the_nearest(tmp_path: Path, share: float) -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(500, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    VectorMatrix.write(tmp_path / "v.npy", 500, 16, [rows[:100], rows[100:]])
    mask, vector = chance.random(500) < share, rows[17] + 0.1 * rows[18]
    found = VectorMatrix(tmp_path / "v.npy").nearest(vector, 5, mask)
    cosines = rows @ vector / np.linalg.norm(vector)
    assert [place for place, _ in found] == [place for place in np.argsort(-cosines) if mask[place]][:5]


def test_without_tables_everything_is_empty(tmp_path: Path) -> None:
    TableFacts.write(tmp_path / "f", [])
    Bearers.write(tmp_path / "b", 0, [])
    mask = TableFacts(tmp_path / "f").mask(Filter(field="交通", years=(2020, 2021)))
    assert len(mask) == len(Bearers(tmp_path / "b").mask(mask)) == 0


def test_a_text_no_table_bears_takes_no_others(tmp_path: Path) -> None:
    Bearers.write(tmp_path / "b", 4, [(2, 0), (0, 1), (2, 0), (2, 1)])
    bearers = Bearers(tmp_path / "b")
    assert bearers.mask(np.array([True, False])).tolist() == [False, False, True, False]
    assert bearers.of(2, None, 5) == ([0, 1], 3)
    assert bearers.of(2, np.array([True, False]), 5) == ([0], 2)


def test_one_changed_byte_is_seen_at_once_in_a_small_file_and_by_doctor_in_a_large_one(
    opened: Index, store: PastTables
) -> None:
    folder = files.index_folder(store.home) / opened.generation
    (folder / "large.npy").write_bytes(bytes(20_000_000))
    found = files.read_manifest(folder)
    assert found
    files.write_manifest(folder, type(found)(**{**vars(found), "files": files.fingerprints(folder)}))
    with (folder / "large.npy").open("r+b") as file:
        file.seek(200_000)  # between two of the blocks that are looked at
        file.write(b"x")
    assert open_index(store.home, store, HashedEncoder()).generation == opened.generation
    verify(store.home)
    assert open_index(store.home, store, HashedEncoder()).generation != opened.generation
