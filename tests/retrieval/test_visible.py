"""A searcher that may see only some tables finds nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.precedents import Filter, PastTables
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import Index, open_index
from assistant.retrieval.search import Searcher
from assistant.schema import Indicator, PastTable, PerformanceTable, Project


def past(table_id: str, year: int) -> PastTable:
    row = Indicator(level1="产出指标", level2="数量指标", name="道路硬化里程")
    project = Project(name=f"通村道路硬化{table_id}")
    return PastTable(id=table_id, table=PerformanceTable(fiscal_year=year, project=project, indicators=(row,)))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[PastTables, Index]]:
    store = PastTables.open(tmp_path)
    list(store.add([past("a", 2022), past("b", 2023), past("c", 2023)]))
    index = open_index(tmp_path, store, HashedEncoder())
    yield store, index
    index.close()
    store.close()


def test_only_visible_tables_are_found(opened: tuple[PastTables, Index]) -> None:
    found = Searcher(*opened, visible=frozenset("ab")).tables("道路硬化", 5)
    assert {hit.id for hit in found} == {"a", "b"}


def test_of_a_name_only_the_visible_rows_are_shown(opened: tuple[PastTables, Index]) -> None:
    (found,) = Searcher(*opened, visible=frozenset("b")).rows("道路硬化里程", 5)
    assert [row.table_id for row in found.rows] == ["b"]


def test_a_filter_narrows_what_is_visible(opened: tuple[PastTables, Index]) -> None:
    found = Searcher(*opened, visible=frozenset("ab")).tables("道路硬化", 5, Filter(years=(2023, 2023)))
    assert [hit.id for hit in found] == ["b"]


def test_nothing_visible_finds_nothing(opened: tuple[PastTables, Index]) -> None:
    assert Searcher(*opened, visible=frozenset()).tables("道路硬化", 5) == []
