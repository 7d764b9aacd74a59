"""B³: what joining, splitting and foreign names do to precision and recall, over the held-out half alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from evals.concepts import _half, scored

# Twelve concepts of two names each, so that some fall into each half.
LABELS: Mapping[str, str] = {f"{which}{at}": f"概念{at}" for at in range(12) for which in ("甲", "乙")}
NAMES = set(LABELS)
RIGHT: Mapping[str, int] = {name: int(concept.removeprefix("概念")) for name, concept in LABELS.items()}


def means(grouping: Mapping[str, int], covered: set[str] = NAMES) -> tuple[float, ...]:
    """Precision, recall and F1."""
    return tuple(pytest.approx(one.mean, abs=1e-3) for one in scored(grouping, LABELS, covered))


def test_the_readers_own_grouping_is_perfect() -> None:
    assert means(RIGHT) == (1, 1, 1)


def test_every_name_for_itself_is_precise_and_finds_half() -> None:
    alone = {name: number for number, name in enumerate(LABELS)}
    assert means(alone) == (1, 0.5, 2 / 3)


def test_all_in_one_group_finds_everything_and_is_hardly_precise() -> None:
    assert means(dict.fromkeys(LABELS, 0)) == (2 / 24, 1, 2 * (2 / 24) / (1 + 2 / 24))


def test_a_name_of_the_labelled_tables_that_does_not_belong_costs_precision() -> None:
    strangers = {f"外{at}": at for at in range(12)}
    assert means({**RIGHT, **strangers}, NAMES | set(strangers)) == (2 / 3, 1, 0.8)


def test_a_name_of_other_tables_is_not_counted() -> None:
    assert means({**RIGHT, **{f"外{at}": at for at in range(12)}}) == (1, 1, 1)


def test_only_the_half_nothing_was_chosen_on_counts() -> None:
    chosen_on = _half(LABELS.values())
    assert 0 < len(chosen_on) < 12
    spoilt = {name: 0 if LABELS[name] in chosen_on else 1 + RIGHT[name] for name in LABELS}
    assert means(spoilt) == (1, 1, 1)
    assert scored(spoilt, LABELS, NAMES)[0].n == 2 * (12 - len(chosen_on))


def test_the_half_depends_on_the_order_of_concepts_not_on_their_names() -> None:
    renamed = _half(f"别名{at}" for at in range(12))
    assert {one.removeprefix("别名") for one in renamed} == {one.removeprefix("概念") for one in _half(LABELS.values())}


def test_labels_all_in_the_chosen_half_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="held-out"):
        scored({"甲": 0}, {"甲": "第一个概念"}, {"甲"})
