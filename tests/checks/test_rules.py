"""Every rule against its own examples: what passes stays silent, what fails is found in the changed row."""

import re

import pytest

from assistant.checks import RULES, check, explain
from assistant.checks.engine import raw_hits
from assistant.checks.examples import Example, example
from assistant.checks.view import Row
from assistant.errors import BadInput

EXAMPLES = [
    (rule.id, verdict, example)
    for rule in RULES.values()
    for verdict, examples in (("passes", rule.passes), ("fails", rule.fails))
    for example in examples
]


@pytest.mark.parametrize(("rule_id", "verdict", "case"), EXAMPLES, ids=lambda part: getattr(part, "text", part))
def test_the_rule_agrees_with_its_examples(rule_id: str, verdict: str, case: Example) -> None:
    hits = list(RULES[rule_id].check(case.view()))
    assert bool(hits) == (verdict == "fails"), [hit.message for hit in hits]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_single_row_rule_objects_to_the_changed_row(rule) -> None:
    for case in rule.fails:
        hits = list(rule.check(case.view()))
        rows = [hit.where if isinstance(hit.where, Row) else hit.where.row for hit in hits]
        if rule.single_row:
            assert [row and row.indicator.id for row in rows] == ["changed"]


@pytest.mark.parametrize("generation", ["2015", "2021"])
def test_the_small_table_has_nothing_wrong(generation: str) -> None:
    assert check(example(generation=generation).table()) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_both_sides_a_title_and_a_basis(rule) -> None:
    assert rule.passes and rule.fails and rule.title and rule.cites
    assert rule.title in explain(rule.id) and rule.cites[0].label in explain(rule.id)


def test_the_rules_of_this_release_are_there() -> None:
    wanted = """F01 F02 F04 F05 F06 F07 F08 F10 F11 F12 F13 F15 N01 N02 N03 N05 N06 N07 N08 N10 N11 V01 V02 V03 V04 V08
    V09 V10 V11 V12 V13 L01 L02 L03 L04 L08 C01 C05 S01 W01 W02 W03 B01 B02"""
    assert set(wanted.split()) <= set(RULES)


def test_a_rule_that_does_not_exist_is_named_in_the_error() -> None:
    with pytest.raises(BadInput, match="没有 Z99 这条规则"):
        explain("Z99")


def test_messages_end_alike_and_never_invent_a_number() -> None:
    for rule_id, verdict, case in EXAMPLES:
        for rule, hit in raw_hits(case.view()) if verdict == "fails" else ():
            assert hit.message and "None" not in hit.message and not hit.message.endswith("。")
            row = hit.where if isinstance(hit.where, Row) else hit.where.row
            # N03 counts characters; rules over the whole table count rows and points.
            if row and rule.single_row and rule.id != "N03":
                assert set(re.findall(r"\d+", hit.message)) <= set(re.findall(r"\d+", row.indicator.name + row.raw)), (
                    rule_id
                )
