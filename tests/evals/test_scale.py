"""The tables of the scale run are the same every time and like life; its stages fill, ask and compare for real."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.scale.asking import ask_searcher
from evals.scale.filling import build_index, embed_texts, group_names, import_tables
from evals.scale.naive import ask_naively, fill_naively
from evals.scale.page import FILTERED, grids
from evals.scale.tables import tables


def names(number: int) -> list[str]:
    return [row["name"] for table in tables(number) for row in table["indicators"]]  # type: ignore[attr-defined]


def test_the_same_number_gives_the_same_tables() -> None:
    assert list(tables(50)) == list(tables(50))


def test_there_are_ten_rows_a_table_and_names_recur() -> None:
    found = names(5_000)
    assert 9 <= len(found) / 5_000 <= 11
    assert Counter(found)["服务对象满意度"] > 500
    assert len(set(found)) < len(found) / 2


def test_every_table_has_an_id_of_its_own_and_some_are_handed_in_twice() -> None:
    found = list(tables(2_000))
    assert len({table["id"] for table in found}) == len(found) > 2_000


@pytest.mark.slow
def test_a_small_run_goes_from_the_files_to_the_page(tmp_path: Path) -> None:
    figures: dict[str, float] = {}
    for stage in (import_tables, embed_texts, build_index, group_names, ask_searcher):
        figures |= stage(tmp_path, 40)
    naive = fill_naively(tmp_path, 40) | ask_naively(tmp_path, 40)
    assert figures["tables"] > 40 < naive["naive_rows"]
    drafts = {"draft_p50_seconds": 1.0, "draft_p95_seconds": 1.0, "draft_peak_mb": 1.0, "start_to_search_seconds": 1.0}
    pages = grids(figures | drafts, figures | drafts, naive)
    assert len(pages[1].rows) == len(FILTERED)
