"""All scorers of a draft, in the order the report shows them; a new one is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from evals.drafting import asking, grounding, indicators, structure, values
from evals.drafting.judged import Scorer

ROWS, VALUES, TRUST, FORM = "指标", "指标值", "依据与提问", "表的形式"

SCORERS: Mapping[str, Scorer] = {
    "f1": Scorer("指标 F1", "召回与准确合成的一个数，越接近 1 越像真表", ROWS, indicators.f1, headline=True),
    "recall": Scorer("召回", "真表的行里有多少被建议到", ROWS, indicators.recall, headline=True),
    "precision": Scorer("准确", "建议的行里有多少真表里有", ROWS, indicators.precision),
    "recall_10": Scorer("前 10 行召回", "只留 10 行（各类轮流取）时的召回", ROWS, partial(indicators.recall_at, 10)),
    "recall_15": Scorer("前 15 行召回", "只留 15 行（各类轮流取）时的召回", ROWS, partial(indicators.recall_at, 15)),
    "f1_class": Scorer(
        "二级指标内 F1", "还要放在同一个二级指标下才算对上", ROWS, indicators.f1_in_class, headline=True
    ),
    "value_coverage": Scorer("给出值的行", "建议的行里有多少给了指标值，留空越多越低", VALUES, values.coverage),
    "value_accuracy": Scorer(
        "对上的行值正确",
        "对上的行里值对的份额：率差 5 个百分点以内、数量差 20% 以内、同一天、同样的字",
        VALUES,
        values.accuracy,
        headline=True,
    ),
    "value_right": Scorer(
        "实有的值给对", "真表的值里有多少给对了，留空和给错都算没有给对", VALUES, values.right_of_real, headline=True
    ),
    "direction": Scorer("方向一致", "都写了“不低于、不超过、等于”的，方向一致的份额", VALUES, values.direction_agrees),
    "unit": Scorer("单位同类", "都有单位的，单位同类的份额", VALUES, values.unit_agrees),
    "ungrounded": Scorer(
        "无出处的数（个）",
        "值、名称、目标里既不在描述中、也不在所引先例中的数",
        TRUST,
        grounding.numbers_without_evidence,
        lower_is_better=True,
        headline=True,
    ),
    "values_cited": Scorer("值注明出处", "有值的行里注明出处的份额", TRUST, grounding.values_cited),
    "citations": Scorer(
        "引用成立", "所引的先例行确实存在、同名、同值的份额", TRUST, grounding.citations_hold, headline=True
    ),
    "explained": Scorer("待填写明原因", "留空的行里既写原因又提问的份额", TRUST, asking.blanks_explained),
    "asks": Scorer(
        "隐去的事实被问到", "故意隐去一个事实（预算、年度、部门或单位），有没有问到并留空", TRUST, None, headline=True
    ),
    "abstains": Scorer(
        "无先例时不借用", "对哪张往年表都不像的项目，有没有不乱借", TRUST, None, headline=True, asked_of="foreign"
    ),
    "stable": Scorer("五次结果相同", "同一项目起草五次，结果相同的份额", TRUST, None, headline=True, asked_of="stable"),
    "valid": Scorer("符合数据格式", "写成 JSON 再读回仍然有效", FORM, structure.validates),
    "errors": Scorer(
        "指标行的错误（个）",
        "规则目录查出的指标行错误，待填的格不算",
        FORM,
        structure.errors,
        lower_is_better=True,
        headline=True,
    ),
    "weights": Scorer("权重合计", "每行有权重且合计符合表样", FORM, structure.weights_add_up),
    "repeats": Scorer(
        "重复的指标（对）", "同一张表里说的几乎是一回事的行", FORM, structure.repeated_rows, lower_is_better=True
    ),
}
