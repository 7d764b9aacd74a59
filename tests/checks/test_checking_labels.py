"""The labelled tables keep the rules honest: every rule is planted, sound tables stay free of errors."""

from collections import Counter

import pytest

from assistant.checks import RULES
from evals.checking.cases import load_cases
from evals.checking.suite import LEAST_RECALL, MOST_FALSE_ERRORS, SETS, SOUND, false_alarms, recall


def test_every_rule_without_a_model_is_planted_twice_and_more() -> None:
    planted = Counter(one.rule for name in SETS for case in load_cases(name) for one in case.planted if not one.also)
    wanted = {rule.id for rule in RULES.values() if rule.mode in ("D", "DL")}
    assert {rule for rule in wanted if planted[rule] < 4} == set()
    assert set(planted) <= set(RULES)


def test_there_are_as_many_tables_as_the_measure_asks_for() -> None:
    assert len(list(load_cases("planted"))) >= 60
    assert sum(len(list(load_cases(name))) for name in SOUND) >= 40


@pytest.mark.parametrize("name", SETS)
def test_planted_defects_are_found(name: str) -> None:
    found = recall(load_cases(name)).values()
    assert sum(one.found for one in found) >= LEAST_RECALL * sum(one.planted for one in found)


@pytest.mark.parametrize("name", SOUND)
def test_sound_tables_are_not_called_wrong(name: str) -> None:
    levels, _, _ = false_alarms(load_cases(name))
    assert levels["error"] <= MOST_FALSE_ERRORS
