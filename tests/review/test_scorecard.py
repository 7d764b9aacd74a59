"""The scorecard: eight items, the findings behind each, and never more than a suggestion."""

import json
from pathlib import Path

import pytest

from assistant.checks import RULES, Finding, check
from assistant.checks.examples import Example, example
from assistant.review import ITEMS, score
from assistant.review.scorecard import NOT_GRADED

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "catalogue.json"


def card_of(case: Example):
    table = case.table()
    return score(table, check(table))


def test_every_rule_counts_for_one_item_or_for_none_on_purpose() -> None:
    counted = [rule for item in ITEMS for rule in item.rules]
    assert len(counted) == len(set(counted)) and set(counted) | NOT_GRADED == set(RULES)
    assert sum(item.points for item in ITEMS) == 100


def test_items_points_and_rules_are_those_of_the_official_card() -> None:
    given = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    assert [[item.number, item.dimension, item.name, item.points] for item in ITEMS] == given["items"]
    mine = {rule: item.number for item in ITEMS for rule in item.rules}
    assert mine == {rule: number for rule, (_, _, number) in given["rules"].items() if number}


def test_a_sound_table_may_be_excellent_but_two_items_stay_open() -> None:
    card = card_of(example())
    assert card.highest == "优" and card.unreviewed == ("实现可能性", "条件充分性")
    assert "由审核人定" in card.note and "工具默认" in card.note


@pytest.mark.parametrize(
    ("levels", "grade"),
    [([], "优"), (["advice"], "良"), (["advice"] * 5, "良"), (["warn"], "良"), (["warn"] * 2, "中"), (["error"], "中"),
     (["error"] * 3, "差")],
)  # fmt: skip
def test_findings_make_the_grade_of_an_item(levels: list, grade: str) -> None:
    findings = [Finding(rule="V16", level=level, title="", field="indicators", message="…") for level in levels]
    item = score(example().table(), findings).items[4]
    assert (item.name, item.grade) == ("绩效合理性", grade)
    assert item.lowest is not None and item.highest is not None and item.lowest <= item.highest <= item.points


def test_what_must_be_returned_is_never_better_than_middling() -> None:
    card = card_of(example(goal="2026年预算安排800万资金，完成资格认证500人次，政策知晓率达到85%，宣传12场。"))
    assert card.highest == "中" and "不高于中" in card.note


def test_a_table_whose_values_were_lost_is_not_graded() -> None:
    lost = example(form={"unresolved": [{"field": "values", "issue": "右半页缺失"}]}).table()
    lost = lost.model_copy(
        update={"indicators": tuple(row.model_copy(update={"value": None}) for row in lost.indicators)}
    )
    card = score(lost, check(lost))
    assert card.label == "不评" and all(item.grade is None for item in card.items)


def test_an_item_names_the_findings_it_rests_on() -> None:
    card = card_of(example("群众满意度", "≥95%", level2="服务对象满意度指标"))
    assert card.items[3].findings == ("S01 indicators[changed].name",)
