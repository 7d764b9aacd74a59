"""What an exported file carries: names that can be read back, and a table without a loss."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.carried import CHUNK, ROW_ANCHOR, carried_json, row_anchor, row_keys, row_of_anchor, to_chunks
from assistant.schema import Funds, Goal, Goals, Indicator, PerformanceTable, Project


def table(*ids: str, **more: object) -> PerformanceTable:
    rows = tuple(Indicator(id=one, level1="产出指标", level2="数量指标", name="井") for one in ids)
    return PerformanceTable(indicators=rows, **more)  # type: ignore[arg-type]


@given(st.text(min_size=1))
def test_a_key_comes_back_from_its_name(key: str) -> None:
    assert row_of_anchor(row_anchor(key)) == key


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_differ_in_more_than_case(one: str, other: str) -> None:
    assert one == other or row_anchor(one).lower() != row_anchor(other).lower()


@pytest.mark.parametrize(
    "name", ["Print_Area", "jimu_row", ROW_ANCHOR, "jimu_row_R1", "jimu_row__110000_", "jimu_row_a-b"]
)
def test_a_name_that_is_none_of_ours_has_no_key(name: str) -> None:
    assert row_of_anchor(name) is None


def test_a_row_without_a_usable_id_is_known_by_its_place() -> None:
    assert row_keys(table("r1", "", "甲", "r2", "R2", "#9", "x" * 40)) == ("r1", "#2", "甲", "#4", "#5", "#6", "#7")


def test_every_name_is_short_enough_for_word() -> None:
    assert max(len(row_anchor(key)) for key in row_keys(table("第一行指标", "A" * 11, "_" * 9))) <= 40


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_characters_every_file_can_hold(text: str) -> None:
    given_table = table("r1", title=text, project=Project(basis=text), goals=Goals(annual=Goal(text=text)))
    written = carried_json(given_table)
    assert PerformanceTable.model_validate_json(written) == given_table
    assert not set(written) & set(map(chr, [*range(32), 0xFFFE, 0xFFFF])) and max(written) <= "\uffff"
    assert "_x" not in written


def test_amounts_keep_all_their_digits() -> None:
    given_table = table(funds=(Funds(total=Decimal("1234567890123456.78"), fiscal=Decimal("0.10")),))
    assert PerformanceTable.model_validate_json(carried_json(given_table)) == given_table


def test_the_pieces_fit_a_cell_and_are_the_whole() -> None:
    given_table = table(goals=Goals(annual=Goal(text="目标" * 50_000)))
    pieces = to_chunks(given_table)
    assert len(pieces) == 4 and max(map(len, pieces)) == CHUNK
    assert "".join(pieces) == carried_json(given_table)
