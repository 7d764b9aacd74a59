"""Matching: one to one, the most matches first, classes of both generations alike."""

from assistant.schema import Indicator
from evals.drafting.indicators import in_turn
from evals.drafting.matching import match


def row(name: str, level2: str = "数量指标", level1: str = "产出指标") -> Indicator:
    return Indicator(level1=level1, level2=level2, name=name)


def test_each_row_is_matched_once() -> None:
    found = match([row("培训人次"), row("培训人数")], [row("参训人次")])
    assert [(one.suggested, one.real) for one in found] == [(0, 0)]


def test_two_matches_are_better_than_one_closer_one() -> None:
    # 道路验收合格率 is closest to 道路工程验收合格率, but 验收合格率 can stand for nothing else.
    suggested = [row("道路工程验收合格率"), row("桥梁道路工程验收合格率")]
    real = [row("道路工程验收合格率"), row("道路验收合格率")]
    assert len(match(suggested, real)) == 2


def test_within_a_class_cost_of_both_forms_is_one() -> None:
    ours = [row("培训人均成本", "经济成本指标", "成本指标")]
    theirs = [row("培训人均成本", "成本指标")]
    assert len(match(ours, theirs, within_class=True)) == 1
    assert not match(ours, [row("培训人均成本", "数量指标")], within_class=True)


def test_nothing_matches_nothing() -> None:
    assert match([], [row("培训人次")]) == ()


def test_rows_are_kept_class_by_class_in_turn() -> None:
    rows = [row("甲数"), row("乙数"), row("丙率", "质量指标"), row("丁时间", "时效指标")]
    assert [one.name for one in in_turn(rows)] == ["甲数", "丙率", "丁时间", "乙数"]
