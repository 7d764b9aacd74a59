"""All scorers of a draft, in the order the report shows them; a new one is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from evals.drafting import asking, grounding, indicators, structure, values
from evals.drafting.judged import Scorer

ROWS, VALUES, TRUST, FORM = "指标", "指标值", "依据与提问", "表的形式"

SCORERS: Mapping[str, Scorer] = {
    "f1": Scorer("指标 F1", ROWS, indicators.f1, headline=True),
    "recall": Scorer("召回", ROWS, indicators.recall, headline=True),
    "precision": Scorer("准确", ROWS, indicators.precision),
    "recall_10": Scorer("前 10 行召回", ROWS, partial(indicators.recall_at, 10)),
    "recall_15": Scorer("前 15 行召回", ROWS, partial(indicators.recall_at, 15)),
    "f1_class": Scorer("二级指标内 F1", ROWS, indicators.f1_in_class, headline=True),
    "value_coverage": Scorer("给出值的行", VALUES, values.coverage),
    "value_accuracy": Scorer("对上的行值正确", VALUES, values.accuracy, headline=True),
    "value_right": Scorer("实有的值给对", VALUES, values.right_of_real, headline=True),
    "direction": Scorer("方向一致", VALUES, values.direction_agrees),
    "unit": Scorer("单位同类", VALUES, values.unit_agrees),
    "ungrounded": Scorer(
        "无出处的数（个）", TRUST, grounding.numbers_without_evidence, lower_is_better=True, headline=True
    ),
    "values_cited": Scorer("值注明出处", TRUST, grounding.values_cited),
    "citations": Scorer("引用成立", TRUST, grounding.citations_hold, headline=True),
    "explained": Scorer("待填写明原因", TRUST, asking.blanks_explained),
    "asks": Scorer("隐去的事实被问到", TRUST, None, headline=True),
    "abstains": Scorer("无先例时不借用", TRUST, None, headline=True, asked_of="foreign"),
    "stable": Scorer("五次结果相同", TRUST, None, headline=True, asked_of="stable"),
    "valid": Scorer("符合数据格式", FORM, structure.validates),
    "errors": Scorer("指标行的错误（个）", FORM, structure.errors, lower_is_better=True, headline=True),
    "weights": Scorer("权重合计", FORM, structure.weights_add_up),
    "repeats": Scorer("重复的指标（对）", FORM, structure.repeated_rows, lower_is_better=True),
}
