"""Every rule against its own examples: what passes stays silent, what fails is found in the changed row."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.checks import RULES, check, explain
from assistant.checks.engine import raw_hits
from assistant.checks.examples import Example, example
from assistant.checks.view import Row
from assistant.errors import BadInput

CATALOGUE = Path(__file__).parents[1] / "fixtures" / "catalogue.json"
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
    assert rule.passes and rule.title and rule.cites
    assert rule.fails or (rule.ask and rule.ask.bad and rule.ask.good)
    assert rule.title in explain(rule.id) and rule.cites[0].label in explain(rule.id)


def test_the_whole_catalogue_is_there() -> None:
    counts = Counter(rule.mode for rule in RULES.values())
    assert counts == {"D": 83, "DL": 13, "LM": 17, "H": 3}
    themes = Counter(rule_id[0] for rule_id in RULES)
    assert themes == {"I": 6, "F": 16, "G": 14, "N": 12, "V": 21, "L": 10, "T": 3, "C": 8, "S": 5, "W": 5, "B": 6} | {
        "X": 5,
        "P": 5,
    }


def test_levels_and_modes_are_those_of_the_catalogue() -> None:
    given = json.loads(CATALOGUE.read_text(encoding="utf-8"))["rules"]
    assert {rule.id: [rule.level, rule.mode] for rule in RULES.values()} == {key: one[:2] for key, one in given.items()}


def test_a_rule_that_asks_a_model_says_what_about_and_when_not() -> None:
    for rule in RULES.values():
        assert (rule.mode == "LM") == bool(rule.ask)
        assert rule.ask is None or (rule.ask.text and rule.ask.inputs and rule.ask.refuse)


def test_a_rule_that_does_not_exist_is_named_in_the_error() -> None:
    with pytest.raises(BadInput, match="没有规则 Z99"):
        explain("Z99")


def test_messages_end_alike_and_never_invent_a_number() -> None:
    for rule_id, verdict, case in EXAMPLES:
        for rule, hit in raw_hits(case.view()) if verdict == "fails" else ():
            assert hit.message and "None" not in hit.message and not hit.message.endswith("。")
            row = hit.where if isinstance(hit.where, Row) else hit.where.row
            # N03 counts characters and names its limit; rules over the whole table count rows and points.
            if row and rule.single_row and rule.id != "N03":
                assert set(re.findall(r"\d+", hit.message)) <= set(re.findall(r"\d+", row.indicator.name + row.raw)), (
                    rule_id
                )
