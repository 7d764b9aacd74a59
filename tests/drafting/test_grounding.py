"""The guard blanks and lists what has no evidence, and lets through what has."""

from __future__ import annotations

import pytest
from shipped import described

from assistant.brief import understand
from assistant.drafting import Draft, DraftRow, Engine, Evidence, Ground, guard, holds
from assistant.precedents.store import PastRow
from assistant.schema import Goal, Goals, Indicator, PerformanceTable
from assistant.values import parse_value

TEXT = (
    "培训干部300人次，每批次检测费900元，每人每月补贴2600元，培训合格率百分之九十五，11月底前完成培训，"
    "补助30—320元，总投资35,600,000元，贷款3千万元，不发生安全事故。"
)
PAST = PastRow("教育-01#2", "教育-01", 1, "产出指标", "质量指标", "课程合格率", parse_value("≥98%"), "k")
GROUND = Ground.of(
    understand(described(TEXT, year=2026, budget_wan=45, project_name="第三代社保卡发放")),
    {PAST.id: PAST}.get,
)
FROM_BRIEF = Evidence(kind="brief", ref="description", quote="培训干部300人次", value="300人次")
FROM_PAST = Evidence(kind="precedent", ref=PAST.id, quote="某校（2024）：课程合格率 ≥98%", value="≥98%")


def row(value: str, *evidence: Evidence, name: str = "干部培训人次") -> DraftRow:
    indicator = Indicator(id="r01", level1="产出指标", level2="数量指标", name=name, value=parse_value(value))
    return DraftRow(id="r01", indicator=indicator, origin="model", evidence=evidence, value_basis="计划标准")


def quoting(quote: str, value: str) -> Evidence:
    return Evidence(kind="brief", ref="description", quote=quote, value=value)


def guarded(*rows: DraftRow, goal: str | None = None) -> Draft:
    goals = Goals(annual=Goal(text=goal))
    table = PerformanceTable(indicators=tuple(one.indicator for one in rows), goals=goals)
    return guard(Draft(table=table, rows=rows, engine=Engine(name="offline", seconds=0)), GROUND)


def kept(value: str, *evidence: Evidence) -> bool:
    return guarded(row(value, *evidence)).rows[0].indicator.value is not None


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("≥300人次", "培训干部300人次"),
        ("=900元/批次", "每批次检测费900元"),
        ("=2600元/人·月", "每人每月补贴2600元"),
        ("≥95%", "培训合格率百分之九十五"),
        ("11月底前", "11月底前完成培训"),
        ("2026年11月底前", "11月底前完成培训"),
        ("=30元", "补助30—320元"),
        ("=320元", "补助30—320元"),
        ("30-320元", "补助30—320元"),
        ("≤3560万元", "总投资35,600,000元"),
        ("≤3千万元", "贷款3千万元"),
        ("=0起", "不发生安全事故"),
    ],
)
def test_a_value_that_its_quote_holds_is_kept(value: str, quote: str) -> None:
    assert kept(value, quoting(quote, value))


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("≥301人次", "培训干部300人次"),
        ("≥300户", "培训干部300人次"),
        ("≥3人次", "培训干部300人次"),
        ("=900元/人", "每批次检测费900元"),
        ("=2600元/人·年", "每人每月补贴2600元"),
        ("≥95‰", "培训合格率百分之九十五"),
        ("2027年11月底前", "11月底前完成培训"),
        ("12月底前", "11月底前完成培训"),
        ("=100元", "补助30—320元"),
        ("30-330元", "补助30—320元"),
        ("≤3561万元", "总投资35,600,000元"),
        ("≤5千万元", "贷款3千万元"),
        ("≤5角", "贷款3千万元"),
        ("=1起", "不发生安全事故"),
    ],
)
def test_another_number_unit_or_day_than_the_quote_is_blanked(value: str, quote: str) -> None:
    assert not kept(value, quoting(quote, value))


def test_a_planted_value_without_evidence_is_blanked_and_listed() -> None:
    draft = guarded(row("≥500人次"))
    (blank,) = draft.rows
    assert (blank.indicator.value, blank.value_basis, blank.blank_reason) == (
        None,
        None,
        "原来的值找不到依据，没有采用",
    )
    assert [(one.row, one.why) for one in draft.rejected] == [("干部培训人次 ≥500人次", "指标值找不到依据，已改为待填")]


def test_a_blanked_row_asks_for_its_value() -> None:
    assert "“干部培训人次”的目标值是多少" in (guarded(row("≥500人次")).rows[0].question or "")


def test_a_blanked_value_leaves_the_table_too() -> None:
    assert guarded(row("≥500人次")).table.indicators[0].value is None


def test_a_planted_quote_that_is_not_in_the_description_does_not_hold() -> None:
    planted = quoting("培训干部500人次", "500人次")
    assert not holds(planted, GROUND)
    assert not kept("≥500人次", planted)


@pytest.mark.parametrize("field", ["department", "unknown", ""])
def test_a_quote_holds_only_in_the_field_it_names(field: str) -> None:
    assert not holds(FROM_BRIEF.model_copy(update={"ref": field}), GROUND)


def test_a_true_quote_without_a_value_carries_no_number() -> None:
    assert not kept("≥300人次", FROM_BRIEF.model_copy(update={"value": None}))


def test_given_money_and_year_are_ground() -> None:
    assert kept("≤45万元", Evidence(kind="brief", ref="budget_wan", quote="45万元", value="≤45万元"))
    assert not kept("≤46万元", Evidence(kind="brief", ref="budget_wan", quote="45万元", value="≤46万元"))


def test_a_precedent_that_holds_the_name_and_value_is_evidence() -> None:
    assert holds(FROM_PAST, GROUND)
    assert kept("≥98%", FROM_PAST)


@pytest.mark.parametrize(
    "change",
    [
        {"value": "≥99%"},
        {"value": "≤98%"},
        {"ref": "教育-01#3"},
        {"ref": "没有#1"},
        {"quote": "某校（2024）：别的指标 ≥98%"},
    ],
    ids=["another value", "another sign", "another row", "no such table", "another name"],
)
def test_a_precedent_cited_wrongly_does_not_hold(change: dict[str, str]) -> None:
    false = FROM_PAST.model_copy(update=change)
    assert not holds(false, GROUND)
    assert not kept("≥99%", false)


def test_a_precedent_cited_for_its_name_only_carries_no_number() -> None:
    assert not kept("≥98%", FROM_PAST.model_copy(update={"value": None}))


def test_a_policy_cite_is_no_evidence_for_a_number() -> None:
    cite = Evidence(kind="policy", ref="mof-2021-101#3.6", quote="101号 权重 20", value="20")
    assert not kept("≥20人次", cite)


def test_an_unknown_policy_cite_does_not_hold() -> None:
    assert not holds(Evidence(kind="policy", ref="没有这个文件#1", quote="第一条"), GROUND)


def test_a_number_in_a_name_from_nowhere_removes_the_row() -> None:
    draft = guarded(row("≥300人次", FROM_BRIEF, name="500名干部培训人次"))
    assert draft.rows == ()
    assert draft.table.indicators == ()
    assert "找不到依据，整行未采用" in draft.rejected[0].why


def test_a_number_in_a_name_that_the_brief_has_is_fine() -> None:
    assert len(guarded(row("≥300人次", FROM_BRIEF, name="第三代社保卡发放人次")).rows) == 1


def test_a_sentence_of_the_goal_with_a_number_from_nowhere_is_removed_and_listed() -> None:
    draft = guarded(goal="2026年度培训干部300人次。带动就业5000人。每批次检测费900元。")
    assert draft.table.goals.annual.text == "2026年度培训干部300人次。每批次检测费900元。"
    assert [one.row for one in draft.rejected] == ["带动就业5000人"]


def test_a_goal_without_any_true_sentence_becomes_empty() -> None:
    assert guarded(goal="带动就业5000人").table.goals.annual.text is None


def test_a_number_of_a_blanked_value_may_not_stay_in_the_goal() -> None:
    assert guarded(row("≥500人次"), goal="培训干部500人次。").table.goals.annual.text is None


def test_several_values_in_one_cell_all_need_evidence() -> None:
    assert kept("一等30元，二等320元", quoting("补助30—320元", "30-320元"))
    assert not kept("一等30元，二等330元", quoting("补助30—320元", "30-320元"))


def test_wording_needs_the_same_wording_in_evidence() -> None:
    assert not kept("显著提升")
    assert kept("显著提升", quoting("培训干部", "显著提升"))


def test_what_is_traced_passes_unchanged() -> None:
    one = row("≥300人次", FROM_BRIEF)
    draft = guarded(one, goal="培训干部300人次。")
    assert draft.rows == (one,)
    assert draft.rejected == ()
