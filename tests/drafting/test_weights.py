"""Weights: points of the first level, shared out whole over its rows, with the provision they come from."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialects import DIALECTS, parents
from assistant.drafting import DraftRow
from assistant.drafting.weights import share, weigh
from assistant.schema import Indicator, Level2


def rows(*levels: Level2, cost_apart: bool = True) -> list[DraftRow]:
    indicators = [
        Indicator(level1=parents(level2)[0 if cost_apart else -1], level2=level2, name=f"指标{at}")
        for at, level2 in enumerate(levels)
    ]
    return [DraftRow(id=f"r{at}", indicator=one, origin="person") for at, one in enumerate(indicators)]


def points(weighed: tuple[DraftRow, ...]) -> dict[str, Decimal]:
    found: Counter[str] = Counter()
    for row in weighed:
        found[row.indicator.level1] += row.indicator.weight  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


FORM_2021: tuple[Level2, ...] = (
    "经济成本指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "社会效益指标",
    "服务对象满意度指标",
)
FORM_2015: tuple[Level2, ...] = ("数量指标", "质量指标", "时效指标", "社会效益指标", "服务对象满意度指标")


def test_a_form_with_cost_apart_gives_20_40_20_10() -> None:
    weighed = weigh(rows(*FORM_2021), DIALECTS["central_2021"])
    assert points(weighed) == {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}


def test_a_form_with_cost_under_output_gives_50_30_10() -> None:
    weighed = weigh(rows(*FORM_2015), DIALECTS["central_2015"])
    assert points(weighed) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def test_without_satisfaction_its_points_go_to_the_effects() -> None:
    assert points(weigh(rows(*FORM_2015[:-1]), DIALECTS["central_2015"])) == {"产出指标": 50, "效益指标": 40}
    assert points(weigh(rows(*FORM_2021[:-1]), DIALECTS["central_2021"]))["效益指标"] == 30


def test_the_remainder_goes_to_the_first_rows() -> None:
    assert share(Decimal(40), 6) == [7, 7, 7, 7, 6, 6]


@pytest.mark.parametrize("dialect", ["ningxia_public_2col", "henan"])
def test_a_form_without_weights_stays_as_it_is(dialect: str) -> None:
    before = rows(*FORM_2021)
    assert weigh(before, DIALECTS[dialect]) == tuple(before)


def test_no_rows_need_no_weights() -> None:
    assert weigh([], DIALECTS["central_2021"]) == ()


def test_every_weight_names_its_provision() -> None:
    for row in weigh(rows(*FORM_2021), DIALECTS["central_2021"]):
        assert row.evidence[-1].ref == "mof-2021-101#3.6"
        assert f"权重 {row.indicator.weight}" in row.evidence[-1].quote


def test_weighing_changes_nothing_but_weight_and_evidence() -> None:
    for before, after in zip(rows(*FORM_2021), weigh(rows(*FORM_2021), DIALECTS["central_2021"]), strict=True):
        same = after.model_copy(update={"evidence": (), "indicator": before.indicator})
        assert same == before


@given(st.integers(1, 60), st.integers(1, 60))
def test_shares_add_up_and_differ_by_one_step_at_most(whole: int, count: int) -> None:
    shares = share(Decimal(whole), count)
    assert len(shares) == count
    assert max(shares) - min(shares) <= 1
    if count <= 2 * whole:
        assert sum(shares) == whole
        assert min(shares) > 0
