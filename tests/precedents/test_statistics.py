"""What precedents agree on, and when they do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.precedents.records import PastRow
from assistant.precedents.spread import direction
from assistant.precedents.statistics import (
    comparable,
    consensus,
    deadline_consensus,
    summarise,
    supported,
)
from assistant.values import parse_value, render


def rows(*values: str) -> list[PastRow]:
    """One row a project."""
    return [
        PastRow(f"表{at}#1", f"表{at}", 0, "产出指标", "质量指标", "合格率", parse_value(value) if value else None, "k")
        for at, value in enumerate(values)
    ]


def same_project(*values: str) -> list[PastRow]:
    return [
        PastRow(f"表#{at}", "表", at, "产出指标", "质量指标", "合格率", parse_value(v), "k")
        for at, v in enumerate(values)
    ]


def agreed(*values: str) -> str | None:
    found = consensus(rows(*values))
    return None if found is None else render(found.value)


def test_a_summary_counts_and_orders() -> None:
    found = summarise(rows("≥90%", "≥95%", "≥95%", "≥98%"))
    assert found is not None
    assert (found.n, found.minimum, found.median, found.maximum, found.mode, found.unit) == (4, 90, 95, 98, 95, "%")


def test_values_that_never_repeat_have_no_mode() -> None:
    found = summarise(rows("≥90%", "≥95%"))
    assert found is not None
    assert (found.mode, found.median) == (None, Decimal("92.5"))


def test_only_the_commonest_kind_of_unit_is_compared() -> None:
    found = summarise(rows("300人次", "500人次", "20场", "优", ""))
    assert found is not None
    assert (found.n, found.maximum, found.unit) == (2, 500, "人次")


def test_different_units_of_one_kind_are_brought_together() -> None:
    pairs = comparable(rows("3公里", "500米"))
    assert [(found.number, found.unit) for _, found in pairs] == [(3000, "米"), (500, "米")]


def test_one_shared_unit_is_kept_as_written() -> None:
    found = summarise(rows("1.5万亩", "2万亩"))
    assert found is not None
    assert (found.minimum, found.maximum, found.unit) == (Decimal("1.5"), 2, "万亩")


@pytest.mark.parametrize("values", [(), ("",), ("优", "良"), ("2024年底前",)])
def test_without_numbers_there_is_no_summary(values: tuple[str, ...]) -> None:
    assert summarise(rows(*values)) is None


@pytest.mark.parametrize(
    ("values", "value"),
    [
        (("≥95%", "≥95%", "≥90%"), "≥95%"),
        (("≥90%", "≥92%", "≥93%", "≥94%"), "≥92%"),
        (("=100%", "=100%", "=100%", "≥95%"), "=100%"),
    ],
)
def test_precedents_agree(values: tuple[str, ...], value: str) -> None:
    assert agreed(*values) == value


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("≥95%",),
        ("≥95%", "≥95%"),
        ("≥95%", "≥90%"),
        ("≥60%", "≥70%", "≥80%", "≥95%"),
        ("300人次",) * 4,
        ("优",) * 4,
    ],
    ids=["none", "one", "two that agree", "two that differ", "too wide", "counts", "wording"],
)
def test_precedents_do_not_agree(values: tuple[str, ...]) -> None:
    assert agreed(*values) is None


def test_a_project_has_one_vote_however_many_rows() -> None:
    assert consensus(same_project("≥95%", "≥95%", "≥95%")) is None


def test_the_rows_named_hold_exactly_the_value() -> None:
    found = consensus(rows("≥95%", "≥90%", "≥95%"))
    assert found is not None
    assert ([row.table_id for row in found.rows], found.projects, found.agreeing) == (["表0", "表2"], 3, 2)


def test_a_value_with_a_sign_speaks_before_one_without() -> None:
    found = consensus(rows("95%", "≥95%", "≥95%"))
    assert found is not None
    assert render(found.value) == "≥95%"


def test_a_row_against_the_direction_is_not_named() -> None:
    found = consensus(rows("≥95%", "≤95%", "≥95%"))
    assert found is not None
    assert [row.table_id for row in found.rows] == ["表0", "表2"]


def kin(*values: str) -> list[PastRow]:
    return [replace(row, id=f"亲{row.id}", table_id=f"亲{row.table_id}") for row in rows(*values)]


def test_an_own_value_is_borne_out_by_what_kindred_rows_say_most() -> None:
    found = supported(rows("≥95%"), kin("≥95%", "≥96%", "≥95%"))
    assert found is not None
    assert (render(found.value), found.projects, found.agreeing) == ("≥95%", 4, 3)
    assert [row.table_id for row in found.rows] == ["表0", "亲表0", "亲表2"]


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("≥95%", ("≥96%", "≥96%", "≥96%", "≥95%", "≥95%", "≥96%")),
        ("≥95%", ("≥95%", "≥94%")),
        ("300人次", ("≥95%", "≥95%", "≥95%")),
        ("", ("≥95%", "≥95%", "≥95%")),
    ],
    ids=["another is said more often", "too few say it", "no percentage", "no own value"],
)
def test_an_own_value_is_not_borne_out(own: str, others: tuple[str, ...]) -> None:
    assert supported(rows(own), kin(*others)) is None


def test_the_day_most_precedents_name_is_their_deadline() -> None:
    found = deadline_consensus(rows("2022年12月31日前", "2024年12月31日前", "2023年12月31日前", "2023年6月底前"))
    assert found is not None
    assert (render(found.value), found.projects, found.agreeing) == ("2022年12月31日前", 4, 3)


@pytest.mark.parametrize(
    "values",
    [
        ("2022年12月31日前", "2024年12月31日前"),
        ("2022年12月31日前", "2024年6月30日前", "2023年9月30日前"),
        ("2022年前", "2022年前", "2022年前"),
        ("≥95%", "≥95%", "≥95%"),
        (),
    ],
    ids=["two", "all differ", "only years", "no dates", "none"],
)
def test_without_a_common_day_there_is_no_deadline(values: tuple[str, ...]) -> None:
    assert deadline_consensus(rows(*values)) is None


@pytest.mark.parametrize(
    ("value", "sign"), [("≥5%", "≥"), (">5%", "≥"), ("≤5%", "≤"), ("<5%", "≤"), ("=5%", "="), ("5%", None)]
)
def test_strict_signs_count_as_their_direction(value: str, sign: str | None) -> None:
    assert direction(parse_value(value)) == sign


@given(st.lists(st.integers(0, 100), max_size=12))
def test_a_consensus_always_stands_in_a_precedent(percentages: list[int]) -> None:
    past = rows(*(f"≥{one}%" for one in percentages))
    found = consensus(past)
    if found is not None:
        assert found.rows
        assert all(row.value == found.value for row in found.rows)
        assert set(found.rows) <= set(past)
