"""All scorers of a draft, in the order the report shows them; a new one is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from evals.drafting import asking, figures, grounding, indicators, structure
from evals.drafting.judged import Scorer

SCORERS: Mapping[str, Scorer] = {
    "f1": Scorer("指标 F1", "higher", indicators.f1),
    "recall": Scorer("召回", "higher", indicators.recall),
    "precision": Scorer("准确", "higher", indicators.precision),
    "recall_10": Scorer("前 10 行召回", "higher", partial(indicators.recall_at, 10)),
    "recall_15": Scorer("前 15 行召回", "higher", partial(indicators.recall_at, 15)),
    "f1_class": Scorer("二级指标内 F1", "higher", indicators.f1_in_class),
    "value_coverage": Scorer("给出值的行", "higher", figures.coverage),
    "value_accuracy": Scorer("对上的行值正确", "higher", figures.accuracy),
    "value_right": Scorer("实有的值给对", "higher", figures.right_of_real),
    "direction": Scorer("方向一致", "higher", figures.direction_agrees),
    "unit": Scorer("单位同类", "higher", figures.unit_agrees),
    "ungrounded": Scorer("无出处的数（个）", "lower", grounding.numbers_without_evidence),
    "values_cited": Scorer("值注明出处", "higher", grounding.values_cited),
    "citations": Scorer("引用成立", "higher", grounding.citations_hold),
    "valid": Scorer("符合数据格式", "higher", structure.validates),
    "errors": Scorer("错误级问题（个）", "lower", structure.errors),
    "weights": Scorer("权重合计", "higher", structure.weights_add_up),
    "repeats": Scorer("重复的指标（对）", "lower", structure.repeated_rows),
    "explained": Scorer("待填写明原因", "higher", asking.blanks_explained),
}

EXTRA: Mapping[str, tuple[str, str]] = {
    "asks": ("隐去的事实被问到", "higher"),
    "abstains": ("无先例时不借用", "higher"),
    "stable": ("五次结果相同", "higher"),
}
"""Scores that need drafts of their own: a request with a fact withheld, foreign projects, five runs."""
