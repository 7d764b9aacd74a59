"""The measure of names: synonyms are the same, other measures never are."""

import pytest

from evals.drafting.calibration import agreement, load_pairs, measured
from evals.drafting.names import SAME, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("服务对象满意度", "受益群众满意率"),
        ("补助资金拨付及时率", "补助资金发放按时率"),
        ("药品抽验批次", "药品抽检批次数"),
        ("指标1：工程验收合格率", "道路工程验收合格率"),
    ],
)
def test_two_spellings_of_one_indicator_are_the_same(one: str, other: str) -> None:
    assert likeness(one, other) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("林地病虫害发生率", "林地病虫害发生面积"),
        ("补助资金发放时间", "补助资金发放率"),
        ("村干部补助标准", "村干部培训人数"),
        ("消防水池数量", "防火宣传场次"),
        ("受益人数", "药品经营企业数"),
        ("成本", "户均改造成本"),
    ],
)
def test_another_measure_or_another_thing_is_not(one: str, other: str) -> None:
    assert likeness(one, other) < SAME


def test_likeness_does_not_depend_on_the_order() -> None:
    assert likeness("校舍维修面积", "校舍改造面积") == likeness("校舍改造面积", "校舍维修面积")


def test_there_are_enough_pairs_and_the_measure_agrees_with_two_readers() -> None:
    pairs = load_pairs(None)
    likenesses, same = measured(pairs)
    assert len(pairs) >= 200
    assert all(pair.second in ("same", "related", "different") for pair in pairs)
    assert agreement(likenesses >= SAME, same).kappa >= 0.65


def test_with_the_published_tables_there_are_three_hundred_pairs(shared) -> None:  # type: ignore[no-untyped-def]
    assert len(load_pairs(shared / "data" / "tables")) >= 300
