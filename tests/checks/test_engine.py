"""The engine: where it keeps silent, which of several findings it shows, in what order, and how fast."""

import time

import pytest

from assistant.checks import RULES, Finding, check, row_findings
from assistant.checks.engine import SUPPRESSES
from assistant.checks.examples import example
from assistant.checks.registry import rule
from assistant.schema import Indicator, PerformanceTable, Unresolved
from assistant.values import parse_value


def rules_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def with_unresolved(table: PerformanceTable, *fields: str) -> PerformanceTable:
    return table.model_copy(update={"unresolved": tuple(Unresolved(field=field, issue="待确认") for field in fields)})


def test_a_finding_names_the_rule_the_cell_and_the_basis() -> None:
    (finding,) = check(example("资格认证完成时间", "及时", level2="时效指标").table())
    assert (finding.rule, finding.level, finding.row_id) == ("V01", "error", "changed")
    assert finding.field == "indicators[changed].value" and finding.quote == "及时"
    assert finding.basis[0] == "财预〔2021〕101号 附件1 一（一）3"
    assert Finding.model_validate(finding.model_dump(mode="json")) == finding


def test_outside_the_central_units_the_guidance_is_only_a_reference() -> None:
    table = example("资格认证完成时间", "及时", level2="时效指标", form={"region": "河南省郑州市"}).table()
    (finding,) = check(table)
    assert finding.basis[0] == "参照 财预〔2021〕101号 附件1 一（一）3"
    assert finding.basis[-1].startswith("参照地方：《郑州市") is False


def test_only_the_most_specific_finding_of_a_row_is_shown() -> None:
    table = example("开展养老保险工作所需经费", "≤3万元").table()
    assert "L01" in rules_of(check(table)) and "V09" not in rules_of(check(table))


def test_a_suppressed_finding_returns_when_the_specific_one_is_gone() -> None:
    table = example("按期认证率", "及时", level2="时效指标").table()
    assert rules_of(check(table)) == ["V08"]
    assert rules_of(check(example("资格认证完成时间", "及时", level2="时效指标").table())) == ["V01"]


def test_no_rule_suppresses_itself() -> None:
    assert not any(rule_id in others for rule_id, others in SUPPRESSES.items())


def test_a_cell_left_blank_on_purpose_is_not_called_missing() -> None:
    table = example("设备验收合格率", "", level2="质量指标").table()
    assert rules_of(check(table)) == ["F11"]
    assert check(table, blanks={"changed": "描述里没有验收数据"}) == ()


def test_blanks_do_not_excuse_the_name() -> None:
    table = example("社保稽核宣传", "").table()
    assert rules_of(check(table, blanks={"changed": "缺数据"})) == ["N02"]


def test_an_unresolved_value_is_not_judged() -> None:
    table = example("资格认证完成时间", "及时", level2="时效指标").table()
    assert check(with_unresolved(table, "indicators[changed].value")) == ()
    assert check(with_unresolved(table, "indicators[*].value")) == ()
    assert rules_of(check(with_unresolved(table, "project.unit"))) == ["V01"]


@pytest.mark.parametrize(("confidence", "silent"), [(None, True), (0.5, True), (0.97, False)])
def test_a_doubtful_pairing_of_name_and_value_is_not_judged(confidence: float | None, silent: bool) -> None:
    provenance = {"provenance": {"alignment_confidence": confidence}}
    table = example("资格认证完成时间", "及时", level2="时效指标", cells=provenance).table()
    assert (check(table) == ()) is silent


def test_unresolved_money_goes_by_position_scope_or_as_a_whole() -> None:
    table = example(funds={"total": 10, "fiscal": 7, "other": 2}).table()
    assert rules_of(check(table)) == ["B01"]
    for field in ("funds[0].total", "funds[本级].other", "funds.*", "funds[本级].*"):
        assert check(with_unresolved(table, field)) == (), field


def test_a_goal_that_could_not_be_read_is_not_called_missing() -> None:
    table = example(goal=None).table()
    assert rules_of(check(table)) == ["F05"]
    assert check(with_unresolved(table, "goals.annual.text")) == ()


def test_findings_follow_the_table_from_top_to_bottom() -> None:
    table = example(
        "社保稽核宣传",
        "500",
        goal=None,
        project={"name": None},
        funds={"total": 10, "fiscal": 7, "other": 2},
        more=[("数量指标", "政策宣传活动场次", "≥3场")],
    ).table()
    assert rules_of(check(table)) == ["F01", "B01", "F05", "N02", "V10", "N08"]


def test_the_cost_rules_hold_in_both_generations() -> None:
    for generation in ("2015", "2021"):
        row = example("培训人均成本", "≤300元", level2="经济成本指标", generation=generation)
        assert rules_of(check(row.table())) == ["C05"]


def test_satisfaction_is_asked_more_strictly_of_the_older_form() -> None:
    levels = {
        generation: check(example(without=["满意度指标"], generation=generation).table())[0].level
        for generation in ("2015", "2021")
    }
    assert levels == {"2015": "error", "2021": "warn"}


def test_an_unknown_kind_of_project_is_judged_as_other_and_says_so() -> None:
    table = example(without=["满意度指标"], project={"project_kind": None}).table()
    (finding,) = check(table)
    assert finding.level == "advice" and "暂按“其他”判断" in finding.message


def test_checking_twice_gives_the_same() -> None:
    table = example("社保稽核宣传", "500").table()
    assert check(table) == check(table)


def test_row_findings_are_those_of_the_row_in_its_table() -> None:
    case = example("开展养老保险工作所需经费", "3万元")
    table = case.table()
    row = next(row for row in table.indicators if row.id == "changed")
    alone = row_findings(row, "2021")
    in_table = [finding for finding in check(table) if finding.row_id == "changed"]
    assert [(one.rule, one.message) for one in sorted(alone, key=lambda one: one.rule)] == [
        (one.rule, one.message) for one in in_table if RULES[one.rule].single_row
    ]


def test_row_findings_are_fast_enough_to_refuse_bad_precedents() -> None:
    rows = [
        Indicator(level1="产出指标", level2="数量指标", name=f"第{number}期培训人次", value=parse_value("≥50人次"))
        for number in range(2000)
    ]
    row_findings(rows[0], "2021")
    started = time.process_time()
    for row in rows:
        row_findings(row, "2021")
    assert 2000 / (time.process_time() - started) >= 5000


def test_a_second_rule_of_the_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="V01"):
        rule("V01", level="warn", cite=[], passes=[], fails=[])(lambda table: iter(()))
    assert RULES["V01"].level == "error"
