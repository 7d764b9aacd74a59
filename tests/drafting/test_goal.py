"""The goal text: a paragraph of what the rows and the brief state, and nothing else."""

from __future__ import annotations

import pytest
from shipped import described

from assistant.brief import understand
from assistant.drafting import DraftRow
from assistant.drafting.goal import MOST_OUTPUTS, goal_text
from assistant.schema import Indicator, Level1, Level2
from assistant.values import parse_value


def row(name: str, value: str | None, level2: Level2 = "数量指标", level1: Level1 = "产出指标") -> DraftRow:
    indicator = Indicator(level1=level1, level2=level2, name=name, value=parse_value(value) if value else None)
    return DraftRow(id="", indicator=indicator, origin="person")


def goal(*rows: DraftRow, text: str = "项目", **given: object) -> str:
    return goal_text(understand(described(text, **given)), rows)


def test_it_opens_with_year_name_and_money() -> None:
    opened = goal(project_name="2026年农村公路改造工程", year=2026, budget_wan=1060)
    assert opened == "2026年度安排资金1060万元，实施农村公路改造工程。"


def test_funds_are_arranged_and_projects_carried_out() -> None:
    assert goal(project_name="高龄津贴补助资金", year=2026, budget_wan=80.5) == "2026年度安排高龄津贴补助资金80.5万元。"


def test_without_year_name_or_money_nothing_is_made_up() -> None:
    assert goal() == "本年度实施本项目。"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("≥300人次", "培训人次不低于300人次"),
        ("≤300人次", "培训人次不超过300人次"),
        (">300人次", "培训人次超过300人次"),
        ("<300人次", "培训人次低于300人次"),
        ("=300人次", "培训人次300人次"),
    ],
)
def test_a_sign_becomes_words(value: str, said: str) -> None:
    assert said in goal(row("培训人次", value))


def test_a_rate_of_all_is_reached() -> None:
    assert "培训合格率达到100%" in goal(row("培训合格率", "=100%", "质量指标"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("主体工程建设完成时间", "2026年10月31日前完成主体工程建设"), ("资金发放时间", "2026年10月31日前资金发放")],
)
def test_a_deadline_is_told_with_what_is_done(name: str, said: str) -> None:
    assert said in goal(row(name, "2026年10月31日前", "时效指标"))


def test_a_blank_row_is_not_in_the_goal() -> None:
    assert "培训" not in goal(row("培训人次", None))


def test_the_total_cost_is_not_repeated() -> None:
    assert "项目总成本" not in goal(row("项目总成本", "≤45万元", "经济成本指标", "成本指标"))


def test_effects_and_satisfaction_close_the_paragraph() -> None:
    effect = row("受益人数", "≥500人", "社会效益指标", "效益指标")
    content = row("学员满意度", "≥95%", "服务对象满意度指标", "满意度指标")
    assert goal(content, effect).endswith("受益人数不低于500人，学员满意度不低于95%。")


def test_a_long_table_gives_a_readable_goal() -> None:
    text = goal(*(row(f"甲{at}培训人次", f"≥{at}人次") for at in range(20)))
    assert text.count("培训人次") == MOST_OUTPUTS


def test_the_purpose_is_taken_over_word_by_word() -> None:
    assert "主要用于发放高龄津贴" in goal(text="资金主要用于发放高龄津贴，共300人。")


def test_a_purpose_with_a_number_is_left_out() -> None:
    assert "用于" not in goal(text="资金用于300名老人的津贴发放。")


def test_sentences_are_never_empty() -> None:
    assert "。。" not in goal(row("培训人次", "≥3人次"), row("受益人数", "≥5人", "社会效益指标", "效益指标"))
