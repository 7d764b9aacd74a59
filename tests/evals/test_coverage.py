"""Coverage: by which way a row of a hidden table is covered, what a case may not see, and what readers said."""

from __future__ import annotations

import pytest
from past_tables import past_table

from assistant.precedents.concepts import Concept
from assistant.precedents.patterns import Pattern
from assistant.schema import Level2
from evals import coverage
from evals.coverage import Covered, Known, covered
from evals.drafting.cases import Case, request_of


def known(*names: str, level2: Level2 = "质量指标", tables: str = "别表", pattern: Pattern | None = None) -> Known:
    made = pattern or Pattern(names[0], "", "")
    return Known(Concept("c", level2, str(made), made, 1, 1, settled=False), dict.fromkeys(names, frozenset({tables})))


def ways(name: str, *concepts: Known, level2: str = "质量指标", goal: str = "培训基层干部600人次。") -> list[str]:
    """How the one row of a hidden table, "本表", is covered."""
    past = past_table("本表", rows=((level2, name, "≥95%"),), goal=goal)
    return [one.way for one in covered(Case(past, request_of(past), {"本表": "本表"}), concepts)]


def test_a_like_name_of_the_same_class_covers_a_row() -> None:
    assert ways("培训考核合格率", known("培训合格率")) == ["named"]
    assert ways("培训考核合格率", known("路灯亮灯率")) == [""]


def test_a_name_only_the_hidden_tables_bear_covers_nothing() -> None:
    assert ways("培训考核合格率", known("培训考核合格率", tables="本表")) == [""]


def test_a_slot_filled_with_the_project_s_own_thing_covers_a_row() -> None:
    slot = Pattern("", "活动", "按期完成率")
    goal = "培训基层干部600人次。"
    assert ways("干部培训按期完成率", known("电影放映按期完成率"), goal=goal) == [""]
    assert ways("干部培训按期完成率", known("电影放映按期完成率", pattern=slot), goal=goal) == ["adapted"]


def test_a_like_name_under_another_class_counts_only_as_found_anywhere() -> None:
    assert ways("培训考核合格率", known("培训合格率", level2="时效指标")) == ["anywhere"]


def test_cost_is_one_class_in_both_forms() -> None:
    assert ways("人均培训成本", known("人均培训成本", level2="经济成本指标"), level2="成本指标") == ["named"]


def test_every_row_is_told_with_its_place() -> None:
    past = past_table("本表")
    found = list(covered(Case(past, request_of(past), {}), [known("培训考核合格率")]))
    assert [one.id for one in found] == ["本表#1", "本表#2", "本表#3", "本表#4"]
    assert [(one.way, one.by) for one in found][1] == ("named", "培训考核合格率")


def rows(*ways: str, table: str = "表") -> list[Covered]:
    return [Covered(f"{table}#{at}", "质量指标", "率", way, "") for at, way in enumerate(ways, start=1)]


def test_a_wider_way_counts_what_the_narrower_ones_cover() -> None:
    report = coverage._report(rows("named", "adapted", "anywhere", ""), 1, [])
    assert report.figures["over_rows"] == {"named": 0.25, "adapted": 0.5, "anywhere": 0.75}


def test_tables_weigh_alike_whatever_their_length() -> None:
    found = rows("named", table="短") + rows("", "", "", table="长")
    report = coverage._report(found, 2, [])
    assert report.figures["over_rows"]["named"] == 0.25  # type: ignore[index]
    assert report.headline["covered_named"].mean == 0.5


def test_agreement_with_readers_counts_both_kinds_of_difference() -> None:
    said = coverage._judged({"006#1": "named", "006#10": "named", "006#11": "", "006#2": ""})
    assert said is not None
    assert said[1]["agree"] == 0.5  # the readers: yes, no, yes, no
    assert said[1]["covered"]["mean"] == pytest.approx(0.5)  # type: ignore[index]


def test_tables_nobody_read_have_no_agreement() -> None:
    assert coverage._judged({"没有读过#1": "named"}) is None
