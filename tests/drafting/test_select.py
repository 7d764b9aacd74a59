"""Which candidates join the rows of the description: by class need, score and difference."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.dialects import parents
from assistant.drafting import DraftRow
from assistant.drafting.candidates import Candidate
from assistant.drafting.select import FEWEST_ROWS, MOST_ROWS, WORTH_ADDING, choose, quotas
from assistant.schema import Indicator, Level2

FORM = quotas("2021", "工程建设")
NAMES = (
    "护栏 涵洞 路灯 标志牌 绿化带 公厕 停车位 泵站 闸门 水塔 凉亭 围墙 球场 仓库 站台 岗亭 书屋 粮仓 码头 渡口".split()
)


def axis(at: int) -> np.ndarray:
    return np.eye(64, dtype=np.float32)[at]


def candidate(name: str, level2: Level2, *, at: int, score: float = 0.6, sure: bool = True) -> Candidate:
    return Candidate(name, parents(level2)[0], level2, (), score, 3, None, sure, axis(at))


def fact(name: str, level2: Level2) -> DraftRow:
    return DraftRow(id="", indicator=Indicator(level1=parents(level2)[0], level2=level2, name=name), origin="person")


def names(facts: list[DraftRow], candidates: list[Candidate], **vectors: np.ndarray) -> list[str]:
    return [one.name for one in choose(facts, candidates, vectors, FORM)]


def many(level2: Level2, tail: str, **given: float) -> list[Candidate]:
    return [candidate(f"{name}{tail}", level2, at=at, **given) for at, name in enumerate(NAMES)]  # type: ignore[arg-type]


def test_a_class_below_its_least_is_filled_even_by_a_weak_candidate() -> None:
    assert names([], [candidate("群众满意度", "服务对象满意度指标", at=1, score=0.1)]) == ["群众满意度"]


def test_a_class_that_has_enough_takes_no_weak_candidate() -> None:
    facts = [fact("路基压实合格率", "质量指标"), fact("材料送检及时率", "质量指标")]
    assert names(facts, [candidate("护栏完好率", "质量指标", at=1, score=WORTH_ADDING - 0.01)]) == []


def test_a_class_is_never_filled_above_its_most() -> None:
    taken = names([], many("数量指标", "安装验收合格率"))
    assert len(taken) <= FORM["数量指标"].most


def test_candidates_are_added_until_the_table_is_long_enough_and_no_further() -> None:
    classes: list[Level2] = ["数量指标", "质量指标", "时效指标", "经济成本指标", "社会效益指标", "服务对象满意度指标"]
    facts = [fact(f"第{at}类{level2}", level2) for at in range(2) for level2 in classes]
    assert len(facts) == FEWEST_ROWS
    assert names(facts, many("质量指标", "检验合格率")) == []


def test_an_unsure_candidate_only_fills_a_table_that_is_too_short() -> None:
    unsure = [candidate("护栏完好率", "质量指标", at=1, sure=False)]
    full = [fact(f"{name}维修", "数量指标") for name in NAMES[:FEWEST_ROWS]]
    assert names([], unsure) == ["护栏完好率"]
    assert names(full, unsure) == []


def test_a_class_the_form_does_not_have_takes_nothing() -> None:
    assert names([], [candidate("长效管护机制年限", "可持续影响指标", at=1)]) == []


def test_the_same_name_is_not_taken_twice() -> None:
    assert names([fact("护栏完好率", "质量指标")], [candidate("护栏完好率", "质量指标", at=1)]) == []


@pytest.mark.parametrize(
    ("said", "offered", "level2"),
    [
        ("工程验收合格率", "护栏验收合格率", "质量指标"),
        ("项目完工时间", "工程完工时间", "时效指标"),
        ("学员满意度", "参训学员满意度", "服务对象满意度指标"),
        ("护栏安装数量", "安装护栏数量", "数量指标"),
    ],
)
def test_what_would_say_the_same_in_other_words_is_not_added(said: str, offered: str, level2: Level2) -> None:
    assert names([fact(said, level2)], [candidate(offered, level2, at=1)]) == []


def test_the_same_measure_under_another_class_is_not_added() -> None:
    facts = [fact("养老金足额发放率", "质量指标")]
    assert names(facts, [candidate("养老金按时足额发放率", "时效指标", at=1)]) == []


def test_names_that_mean_the_same_are_not_both_taken() -> None:
    facts = [fact("路灯亮灯率", "质量指标")]
    assert names(facts, [candidate("照明完好率", "质量指标", at=1)], 路灯亮灯率=axis(1)) == []
    assert names(facts, [candidate("照明完好率", "质量指标", at=1)], 路灯亮灯率=axis(2)) == ["照明完好率"]


def test_the_better_candidate_comes_first() -> None:
    pair = [candidate("护栏完好率", "质量指标", at=1, score=0.9), candidate("路灯亮灯率", "质量指标", at=2, score=0.5)]
    assert names([], pair)[0] == "护栏完好率"


def test_the_quotas_leave_room_for_every_class_in_a_full_table() -> None:
    for generation in ("2015", "2021"):
        wanted = quotas(generation, "公共服务")  # type: ignore[arg-type]
        assert sum(quota.least for quota in wanted.values()) <= FEWEST_ROWS
        assert sum(quota.most for quota in wanted.values()) >= MOST_ROWS - 1
        assert all(quota.least <= quota.most for quota in wanted.values())


def test_cost_stands_where_the_generation_puts_it() -> None:
    assert ("经济成本指标" in quotas("2021", None), "成本指标" in quotas("2021", None)) == (True, False)
    assert ("经济成本指标" in quotas("2015", None), "成本指标" in quotas("2015", None)) == (False, True)


def test_only_works_need_a_lasting_effect() -> None:
    assert quotas("2015", "工程建设")["可持续影响指标"].least == 1
    assert quotas("2015", "补助发放")["可持续影响指标"].least == 0
