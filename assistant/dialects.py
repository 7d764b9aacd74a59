"""The two generations of the form and their provincial variants: levels, synonyms, weights, layouts.

Generation 2015 keeps cost under output (财预〔2020〕10号 附1), generation 2021 makes it a first level
(财预〔2021〕101号 附件1 二). A dialect says which generation a form follows, what its weights add up to and
which columns it prints. A new province is one entry in `DIALECTS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assistant.schema import LEVEL1, LEVEL2, FormKind, Generation, Level1, Level2

TwoLevels = Mapping[Level1, tuple[Level2, ...]]

LEVELS: dict[Generation, TwoLevels] = {
    "2015": {
        "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
        "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        "满意度指标": ("服务对象满意度指标",),
    },
    "2021": {
        "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
        "产出指标": ("数量指标", "质量指标", "时效指标"),
        "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        "满意度指标": ("服务对象满意度指标",),
    },
}

# How the two levels are written in the wild, beside their standard names (without the ending 指标).
_LEVEL1_SYNONYMS: dict[str, Level1] = {
    "产出": "产出指标",
    "产出（工作量）": "产出指标",
    "产出(工作量)": "产出指标",
    "项目产出": "产出指标",
    "项目完成": "产出指标",
    "效果": "效益指标",
    "效益": "效益指标",
    "项目效益": "效益指标",
    "满意度": "满意度指标",
    "服务对象满意度": "满意度指标",
    "成本": "成本指标",
    "产出类": "产出指标",
    "效益类": "效益指标",
    "满意度类": "满意度指标",
    "成本类": "成本指标",
    "产出目标": "产出指标",
}
_LEVEL2_SYNONYMS: dict[str, Level2] = {
    "产出数量": "数量指标",
    "数量": "数量指标",
    "产出质量": "质量指标",
    "质量": "质量指标",
    "产出时效": "时效指标",
    "时效": "时效指标",
    "产出进度": "时效指标",
    "进度": "时效指标",
    "产出成本": "成本指标",
    "成本": "成本指标",
    "成本拆分": "成本指标",
    "经济成本": "经济成本指标",
    "社会成本": "社会成本指标",
    "生态环境成本": "生态环境成本指标",
    "经济效益": "经济效益指标",
    "社会效益": "社会效益指标",
    "生态效益": "生态效益指标",
    "环境效益": "生态效益指标",
    "可持续影响": "可持续影响指标",
    "可持续发展": "可持续影响指标",
    "可持续性影响": "可持续影响指标",
    "服务对象满意度": "服务对象满意度指标",
    "服务对象": "服务对象满意度指标",
    "满意度": "服务对象满意度指标",
    "社会公众或服务对象满意度": "服务对象满意度指标",
}


_NUMBER_OF_LEVEL = re.compile(r"^(?:[A-Z]\d{0,3}[-.、]?|[（(]?(?:\d{1,2}|[一二三四五六七八九十]+)[.、．)）])")


def _plain(label: str) -> str:
    """财政表头的写法差异：全角、换行、括号分值、“指标”后缀、“等”。"""
    text = _NUMBER_OF_LEVEL.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", label)))
    text = re.sub(r"\((?:\d+(?:\.\d+)?(?:-\d+)?分?|必填[^()]*|选填[^()]*)\)?分?\)?$", "", text)
    return re.sub(r"(?:指标|(?<=..)值)?等?$", "", text)


def level1_of(label: str) -> Level1 | None:
    """The standard first level a label means, None when the vocabulary does not know it."""
    plain = _plain(label)
    return next((level for level in LEVEL1 if _plain(level) == plain), _LEVEL1_SYNONYMS.get(plain))


def level2_of(label: str) -> Level2 | None:
    """The standard second level a label means, None when the vocabulary does not know it."""
    plain = _plain(label)
    return next((level for level in LEVEL2 if _plain(level) == plain), _LEVEL2_SYNONYMS.get(plain))


def parents(level2: Level2) -> tuple[Level1, ...]:
    """The first levels a second level may stand under, over both generations."""
    return tuple(dict.fromkeys(one for levels in LEVELS.values() for one, twos in levels.items() if level2 in twos))


def cost_level(generation: Generation) -> tuple[Level1, Level2]:
    """Where a project's economic cost stands: under output in 2015, a level of its own in 2021."""
    return ("成本指标", "经济成本指标") if generation == "2021" else ("产出指标", "成本指标")


def translate_level(level2: Level2, generation: Generation) -> tuple[Level1, Level2]:
    """The place of a row of one generation in the other: cost moves, the rest stays."""
    if level2 in ("成本指标", "经济成本指标"):
        return cost_level(generation)
    return parents(level2)[0], level2


def generation_of(pairs: Iterable[tuple[str, str]], year: int | None = None) -> Generation:
    """The generation a table's (level1, level2) pairs show (FORM.md §1): where cost stands decides."""
    pairs = list(pairs)
    if any(one == "成本指标" for one, _ in pairs):
        return "2021"
    if any(two in ("成本指标", "可持续影响指标") for _, two in pairs):
        return "2015"
    return "2021" if year is not None and year >= 2022 and not pairs else "2015"


def generation_for(year: int | None) -> Generation:
    """The generation to draft in: since 财预〔2021〕101号, from the 2022 budget on or without a year, the newer."""
    return "2015" if year is not None and year < 2022 else "2021"


def form_kind_of(title: str) -> FormKind:
    """What a table is for, by its title: asked for, approved, published, monitored or evaluated."""
    return next((kind for words, kind in _KINDS if any(word in title for word in words)), "申报表")


_KINDS: tuple[tuple[tuple[str, ...], FormKind], ...] = (
    (("自评", "自我评价", "完成情况", "评价表"), "自评表"),
    (("监控",), "监控表"),
    (("公开",), "公开表"),
    (("批复",), "批复表"),
)


@dataclass(frozen=True)
class WeightProfile:
    """Points of the first levels; 预算执行率 takes the rest of 100 and is not set when the budget is made."""

    cost: Decimal | None
    output: Decimal
    benefit: Decimal
    satisfaction: Decimal | None
    cite: str

    @property
    def total(self) -> Decimal:
        """What all third-level weights add up to."""
        return sum((self.cost or Decimal(0), self.output, self.benefit, self.satisfaction or Decimal(0)), Decimal(0))

    def points(self, level1: Level1) -> Decimal | None:
        """Points of one first level, None when the profile has none for it."""
        return {
            "成本指标": self.cost,
            "产出指标": self.output,
            "效益指标": self.benefit,
            "满意度指标": self.satisfaction,
        }[level1]


def _profile(cite: str, cost: int | None, output: int, benefit: int, satisfaction: int | None) -> WeightProfile:
    def points(number: int | None) -> Decimal | None:
        return None if number is None else Decimal(number)

    return WeightProfile(points(cost), Decimal(output), Decimal(benefit), points(satisfaction), cite)


def weight_profile(levels: Iterable[Level1], generation: Generation = "2021") -> WeightProfile:
    """The default points for the first levels a table has.

    财预〔2021〕101号 附件1 三（六）; for generation 2015 财预〔2020〕10号 第十三条.
    """
    present = set(levels)
    with_cost, with_satisfaction = "成本指标" in present, "满意度指标" in present
    return _profile(
        "mof-2020-10#13" if generation == "2015" else "mof-2021-101#3.6",
        20 if with_cost else None,
        40 if with_cost else 50,
        (20 if with_cost else 30) + (0 if with_satisfaction else 10),
        10 if with_satisfaction else None,
    )


@dataclass(frozen=True)
class Dialect:
    """One variant of the form: its generation, money columns, and whether it has a weight column and a period."""

    name: str
    label: str
    generation: Generation
    layout: Literal["central_2015", "central_2021", "two_column", "annual"]
    money_unit: Literal["万元", "元"] = "万元"
    scopes: tuple[str, ...] = ("本级",)
    weight_total: Decimal | None = Decimal(90)
    weight_column: bool = False
    note_column: bool = False  # 指标值说明 (豫财效〔2022〕4号 附件1)
    has_period: bool = True
    has_overall_goal: bool = True
    regions: tuple[str, ...] = ()
    """Where this variant is used: a table of such a region that names no variant is taken for it."""
    funds_labels: tuple[tuple[str, str], ...] = field(
        default=(("total", "年度资金总额"), ("fiscal", "其中：财政拨款"), ("other", "其他资金"))
    )


DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("central_2015", "中央通用式（2015）", "2015", "central_2015", weight_column=True),
        Dialect(
            "central_2021",
            "中央通用式（2021）",
            "2021",
            "central_2021",
            weight_column=True,
            has_period=False,
            has_overall_goal=False,
            funds_labels=(
                ("total", "年度资金总额"),
                ("fiscal", "其中：财政拨款"),
                ("carryover", "上年结转"),
                ("other", "其他资金"),
            ),
        ),
        Dialect(
            "ningxia_public_2col",
            "宁夏公开表（含本级和市县｜含本级）",
            "2015",
            "two_column",
            scopes=("本级和市县", "本级"),
            weight_total=None,
            regions=("宁夏",),
        ),
        Dialect(
            "henan",
            "河南省级目标表",
            "2021",
            "annual",
            weight_total=None,
            note_column=True,
            has_period=False,
            has_overall_goal=False,
            funds_labels=(
                ("total", "年度资金总额"),
                ("fiscal", "其中：政府预算资金"),
                ("special_account", "财政专户管理资金"),
                ("unit_fund", "单位资金"),
            ),
            regions=("河南",),
        ),
        Dialect(
            "hubei",
            "湖北（权重合计80，预算执行20）",
            "2015",
            "annual",
            weight_total=Decimal(80),
            weight_column=True,
            regions=("湖北",),
        ),
        Dialect(
            "total_100_2015", "权重合计100的省（2015）", "2015", "annual", weight_total=Decimal(100), weight_column=True
        ),
        Dialect(
            "total_100_2021", "权重合计100的省（2021）", "2021", "annual", weight_total=Decimal(100), weight_column=True
        ),
        Dialect(
            "zhengzhou", "郑州市申报表", "2015", "central_2015", weight_total=None, has_period=False, regions=("郑州",)
        ),
    )
}

DEFAULT_DIALECT: dict[Generation, str] = {"2015": "central_2015", "2021": "central_2021", "local": "central_2015"}


def detect_dialect(generation: str, region: str | None) -> str:
    """The variant of a table that names none: by its region and generation, else the default of the generation."""
    for dialect in reversed(DIALECTS.values()):  # cities stand after their provinces
        if dialect.generation == generation and any(one in (region or "") for one in dialect.regions):
            return dialect.name
    return next((name for known, name in DEFAULT_DIALECT.items() if known == generation), "central_2015")


def dialect_of(name: str, generation: Generation) -> Dialect:
    """The dialect a table names, else the default of its generation."""
    return DIALECTS.get(name) or DIALECTS[DEFAULT_DIALECT[generation]]
