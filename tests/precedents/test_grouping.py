"""Grouping names: what becomes one concept, what does not, and that it does not hang on the order or on chance."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.precedents.grouping import Groups, assign, features, measure_of, merge
from assistant.retrieval.embedding import PackagedEncoder

BLOCK = ("质量指标", "比率")
SAME = ("社保待遇发放准确率", "养老待遇发放准确率", "救助待遇发放准确率")
OTHER = "路面平整度检测合格率"


@pytest.fixture(scope="module")
def encoder() -> PackagedEncoder:
    return PackagedEncoder()


def grouped(names: tuple[str, ...], encoder: PackagedEncoder, groups: Groups | None = None) -> list[str]:
    groups = groups or Groups({})
    found = assign(BLOCK, list(names), features(names, encoder.embed(names)), groups)
    merge(BLOCK, groups)
    return [_kept(one, groups) for one in found]


def _kept(one: str, groups: Groups) -> str:
    while one in groups.merged:
        one = groups.merged[one]
    return one


def test_names_of_one_make_are_one_group_and_another_measure_is_not(encoder: PackagedEncoder) -> None:
    *same, other = grouped((*SAME, OTHER), encoder)
    assert len(set(same)) == 1
    assert other not in same


def test_the_order_of_names_does_not_decide(encoder: PackagedEncoder) -> None:
    other, *same = grouped((OTHER, *reversed(SAME)), encoder)
    assert len(set(same)) == 1
    assert other not in same


def test_a_new_name_joins_the_group_that_is_there(encoder: PackagedEncoder) -> None:
    groups = Groups({})
    first = grouped(SAME[:2], encoder, groups)
    assert grouped(SAME[2:], encoder, groups) == first[:1]
    assert len(groups.by_id) == 1


def test_a_group_a_person_settled_is_not_merged(encoder: PackagedEncoder) -> None:
    groups = Groups({})
    vectors = features(SAME[:1], encoder.embed(SAME[:1]))
    assign(BLOCK, ["甲"], vectors, groups)
    groups.by_id["甲"].settled = True
    groups.by_id["乙"] = type(groups.by_id["甲"])("乙", BLOCK, vectors[0], 1)
    assert merge(BLOCK, groups) == set()
    groups.by_id["甲"].settled = False
    assert len(merge(BLOCK, groups)) == 1


def test_two_spellings_of_one_thing_are_one_vector_of_characters() -> None:
    nothing = np.zeros((2, 4), dtype=np.float32)
    one, other = features(("补助按时发放率", "补助及时拨付率"), nothing)
    assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("受益群众满意率", "满意度"),
        ("验收合格率", "比率"),
        ("竣工时间", "时间"),
        ("人均成本", "金额"),
        ("培训人次", "数量"),
        ("出行便利程度", "程度"),
        ("无重大事故", "其他"),
    ],
)
def test_the_ending_tells_the_measure(name: str, measure: str) -> None:
    assert measure_of(name) == measure
