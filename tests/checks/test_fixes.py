"""Repairs: automatic ones can be undone, proposed ones offer what is there, nothing new is ever invented."""

import re

import pytest

from assistant.checks import RULES, check
from assistant.checks.examples import example
from assistant.checks.fixes import Change, apply_changes
from assistant.cli.fixing import fixed
from assistant.schema import Indicator, PerformanceTable


def fix_of(rule: str, table: PerformanceTable):
    return next(finding.fix for finding in check(table) if finding.rule == rule)


def row(table: PerformanceTable, row_id: str = "changed"):
    return next(one for one in table.indicators if one.id == row_id)


@pytest.mark.parametrize(
    ("name", "value", "level2", "after"),
    [
        ("按期认证率", r"$\geq 98\%$", "时效指标", ("按期认证率", "≥98%")),
        ("按期认证率", ">=95％", "时效指标", ("按期认证率", "≥95%")),
        ("1.社保卡制卡数量。", "≥500张", "数量指标", ("社保卡制卡数量", "≥500张")),
        ("资格认证覆盖率", "≥100%", "社会效益指标", ("资格认证覆盖率", "=100%")),
        ("宣传活动场次", "12场以上", "数量指标", ("宣传活动场次", "≥12场")),
        ("按期认证率", "=100百分比", "时效指标", ("按期认证率", "=100%")),
    ],
)
def test_what_is_only_written_wrongly_is_rewritten(name: str, value: str, level2, after: tuple[str, str]) -> None:
    table, changes = fixed(example(name, value, level2=level2).table())
    changed = row(table)
    assert (changed.name, changed.value.raw if changed.value else "") == after
    assert changes and all(change.before != change.after for change in changes)


@pytest.mark.parametrize(
    "case",
    [
        example("1.按期认证率", ">=100％", level2="时效指标"),
        example("指标2：", "", level2="生态效益指标"),
        example(form={"empty_template_rows": ["效益/生态/指标1", "效益/生态/指标2"]}),
        example(goal="<b>全年完成待遇资格认证500人次，举办宣传活动12场，知晓率达到85%。</b>", text="标记"),
        example(form={"title": "2026年项目支出绩效目标表（公开表样）"}),
    ],
    ids=lambda case: case.text,
)
def test_every_change_can_be_undone(case) -> None:
    before = case.table()
    after, changes = fixed(before)
    undone, made = apply_changes(after, [change.undone() for change in reversed(changes)])
    assert changes and after != before
    assert len(made) == len(changes) and undone == before


def test_of_several_empty_rows_exactly_those_are_removed() -> None:
    kept = example(more=[("社会效益指标", "乙场次", "≥6场")]).table()
    empty = [Indicator(level1="效益指标", level2="社会效益指标", name=f"指标{n}：") for n in (2, 3)]
    rows = (*kept.indicators[:3], empty[0], *kept.indicators[3:], empty[1])
    without_ids = tuple(one.model_copy(update={"id": ""}) for one in rows)
    after, _ = fixed(kept.model_copy(update={"indicators": without_ids}))
    assert [one.name for one in after.indicators] == [one.name for one in kept.indicators]


def test_placeholders_are_removed_and_kept_in_the_record() -> None:
    table = example(form={"empty_template_rows": ["效益/生态/指标1", "效益/生态/指标2"]}).table()
    after, changes = fixed(table)
    assert after.empty_template_rows == () and [one.before for one in changes] == ["效益/生态/指标1", "效益/生态/指标2"]


def test_a_change_whose_cell_was_edited_since_is_left_out() -> None:
    table = example(value="≥500人次").table()
    same, made = apply_changes(table, [Change(field="indicators[changed].value", before="≥1人次", after="≥2人次")])
    assert same == table and made == ()


def test_a_wrong_class_offers_the_right_ones() -> None:
    fix = fix_of("L02", example("养老保险待遇发放率", "100%", level2="经济成本指标").table())
    assert fix.kind == "proposed" and fix.options[0].changes[0].after == "产出指标／质量指标"


def test_a_turned_sign_is_only_proposed() -> None:
    fix = fix_of("C03", example("单份印制成本", "≥2元/份", level2="经济成本指标").table())
    assert fix.kind == "proposed" and fix.options[0].changes[0].after == "≤2元/份"


def test_what_only_the_unit_knows_is_asked() -> None:
    fix = fix_of("F11", example("设备验收合格率", "", level2="质量指标").table())
    assert fix.kind == "ask" and "____" in fix.question


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_repair_brings_a_figure_of_its_own(rule) -> None:
    for case in rule.fails:
        table = case.table()
        known = set(re.findall(r"\d+", table.model_dump_json()))
        for finding in check(table, beside=case.beside()):
            fix = finding.fix
            if finding.rule != rule.id or fix is None:
                continue
            changes = [*fix.changes, *(change for option in fix.options for change in option.changes)]
            new = {
                figure for change in changes for figure in re.findall(r"\d+", change.after or "") if figure not in known
            }
            # F03 offers the first and last day of the budget year, I03 the digits behind a misread sign,
            # and P04 keeps the ends of a covered number.
            assert rule.id in ("F03", "I03", "P04") or not new, (rule.id, new)
