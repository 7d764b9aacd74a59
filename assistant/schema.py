"""The form as data: 项目支出绩效目标表 of both generations, and the past tables Jimu learns from.

Chinese labels stand here once, as field titles and in the level vocabulary; importers, exporters and screens
read them from here. Empty is `None`, never 0 (资金栏空格不等于 0). JSON Schema: `docs/schema/`, made by
`scripts/write_docs.py`. Levels: 财预〔2020〕10号 附1 (generation 2015), 财预〔2021〕101号 附件1 二 (generation 2021).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, ValidationError

from assistant.errors import BadTable
from assistant.values import Value

Generation = Literal["2015", "2021", "local"]
FormKind = Literal["申报表", "审核表", "批复表", "公开表", "监控表", "自评表"]
Level1 = Literal["成本指标", "产出指标", "效益指标", "满意度指标"]
Level2 = Literal[
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
]
ProjectKind = Literal["工程基建", "大型修缮", "大型购置", "信息化建设", "面向公众服务", "内部管理", "其他"]
Origin = Literal["published", "example", "unit"]

ORIGIN_LABELS: dict[str, str] = {"published": "公开表", "example": "示例先例", "unit": "本单位往年表"}


def _plain_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


Amount = Annotated[
    Decimal,
    Field(allow_inf_nan=False, max_digits=18),
    PlainSerializer(_plain_number, when_used="json"),
]


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise ValueError("金额不能是负数")
    return number


Budget = Annotated[Amount, AfterValidator(_not_negative)]
"""An amount somebody asks for; a table may hold a negative one, and the checks say so."""
Weight = Annotated[
    Decimal,
    Field(ge=-1000, le=1000, allow_inf_nan=False, max_digits=8),
    PlainSerializer(_plain_number, when_used="json"),
]
Confidence = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Strict(BaseModel):
    """Frozen data that crosses the boundary: no unknown keys, blanks stripped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Period(Strict):
    """项目期 as written, and its dates where they are known (ISO)."""

    text: str | None = Field(None, title="项目期")
    start: str | None = Field(None, title="开始日期", pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str | None = Field(None, title="结束日期", pattern=r"^\d{4}-\d{2}-\d{2}$")


class Project(Strict):
    """The header of the form."""

    name: str | None = Field(None, title="项目名称", max_length=200)
    code: str | None = Field(None, title="项目编码", max_length=40)
    parent_name: str | None = Field(None, title="一级项目名称")
    category: str | None = Field(None, title="项目类别")
    attribute: str | None = Field(None, title="项目属性")
    project_kind: ProjectKind | None = Field(None, title="项目类型")
    dept: str | None = Field(None, title="主管部门")
    dept_code: str | None = Field(None, title="主管部门代码")
    unit: str | None = Field(None, title="实施单位")
    unit_code: str | None = Field(None, title="实施单位代码")
    period: Period = Field(default_factory=Period, title="项目期")
    basis: str | None = Field(None, title="立项依据")
    overview: str | None = Field(None, title="项目概况")
    contact: dict[str, str] | None = Field(None, title="联系人")


class Funds(Strict):
    """One money block: which horizon, which scope, in which unit. An empty cell is None, never 0."""

    unit: Literal["万元", "元"] = Field("万元", title="金额单位")
    horizon: Literal["年度", "实施期"] = Field("年度", title="期限")
    scope: Literal["本级", "本级和市县", "全口径"] = Field("本级", title="口径")
    total: Amount | None = Field(None, title="资金总额")
    fiscal: Amount | None = Field(None, title="其中：财政拨款")
    general_budget: Amount | None = Field(None, title="一般公共预算")
    gov_fund: Amount | None = Field(None, title="政府性基金")
    state_capital: Amount | None = Field(None, title="国有资本经营预算")
    special_account: Amount | None = Field(None, title="财政专户管理资金")
    unit_fund: Amount | None = Field(None, title="单位资金")
    carryover: Amount | None = Field(None, title="上年结转资金")
    other: Amount | None = Field(None, title="其他资金")
    alignment_confidence: Confidence | None = Field(None, title="对齐把握")


class Goal(Strict):
    """One goal text; `reconstructed` when it was joined from torn pieces."""

    text: str | None = Field(None, title="绩效目标")
    scope: str | None = Field(None, title="口径")
    name: str | None = Field(None, title="目标名称")
    ratio: Amount | None = Field(None, title="目标占比")
    reconstructed: bool = Field(False, title="经拼接还原")
    confidence: Confidence | None = Field(None, title="把握")


class Goals(Strict):
    """The yearly goal, the goal of the whole period, and several goals where the province splits them."""

    annual: Goal = Field(default_factory=Goal, title="年度绩效目标")
    overall: Goal | None = Field(None, title="实施期绩效目标")
    multi: tuple[Goal, ...] = Field((), title="分目标")


class Indicator(Strict):
    """One row of the table. `value` None = 待填; the reason stands in the draft row or in `unresolved`."""

    id: str = Field("", title="行号")
    level1: Level1 = Field(title="一级指标")
    level2: Level2 = Field(title="二级指标")
    name: str = Field(title="三级指标", min_length=1, max_length=200)
    raw_name: str | None = Field(None, title="三级指标原文")
    explanation: str | None = Field(None, title="指标解释")
    nature: Literal["定量", "定性", "定量（其他）", "不适用"] | None = Field(None, title="指标性质")
    direction: Literal["正向", "反向", "适度"] | None = Field(None, title="指标方向性")
    value: Value | None = Field(None, title="指标值")
    value_overall: Value | None = Field(None, title="实施期指标值")
    value_half: Value | None = Field(None, title="半年指标值")
    last_target: Value | None = Field(None, title="上年指标值")
    last_actual: Value | None = Field(None, title="上年完成值")
    standard_type: Literal["计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准"] | None = Field(
        None, title="指标标准"
    )
    source: str | None = Field(None, title="指标来源")
    method: Literal["直接证明法", "情况统计法", "情况说明法", "问卷调查法", "趋势判断法", "其他"] | None = Field(
        None, title="取值方式"
    )
    data_source: str | None = Field(None, title="数据来源")
    evidence: Literal["正式资料", "工作资料", "原始凭证", "说明材料"] | None = Field(None, title="佐证材料")
    weight: Weight | None = Field(None, title="权重")
    scoring: str | None = Field(None, title="评分标准")
    core: bool | None = Field(None, title="核心指标")
    goal_ref: str | None = Field(None, title="所属目标")
    note: str | None = Field(None, title="备注")
    provenance: dict[str, Any] | None = Field(None, title="出处")


class Unresolved(Strict):
    """A field a person has to settle: nothing is guessed and nothing is dropped (`raw` keeps what stood there)."""

    field: str = Field(title="位置")
    issue: str = Field(title="问题")
    options: tuple[str | int | float, ...] = Field((), title="可能的取值")
    surplus_min: int | None = Field(None, title="多余值下限")
    surplus_max: int | None = Field(None, title="多余值上限")
    raw: dict[str, Any] | None = Field(None, title="原文")


class PerformanceTable(Strict):
    """项目支出绩效目标表: header, money, goals, indicators, and what remains unresolved."""

    table_id: str = Field("", title="表号")
    form_kind: FormKind = Field("申报表", title="表种")
    form_generation: Generation = Field("2015", title="指标体系")
    form_dialect: str = Field("central_2015", title="表样")
    fiscal_year: int | None = Field(None, title="预算年度", ge=2000, le=2100)
    region: str | None = Field(None, title="地区")
    title: str = Field("项目支出绩效目标表", title="标题")
    project: Project = Field(default_factory=Project, title="项目")
    funds: tuple[Funds, ...] = Field((), title="项目资金")
    goals: Goals = Field(default_factory=Goals, title="绩效目标")
    indicators: tuple[Indicator, ...] = Field((), title="绩效指标", max_length=1000)
    review: dict[str, Any] | None = Field(None, title="审核意见")
    empty_template_rows: tuple[str, ...] = Field((), title="空白占位行")
    unresolved: tuple[Unresolved, ...] = Field((), title="待确认事项")


class PastTable(Strict):
    """A past table with where it comes from. `example` tables were written for this project (示例先例)."""

    id: str = Field(title="编号", min_length=1, max_length=200)
    origin: Origin = Field("unit", title="来源类别")
    source: str | None = Field(None, title="来源")
    author: str | None = Field(None, title="作者")
    field: str | None = Field(None, title="领域")
    kind: str | None = Field(None, title="项目种类")
    region_level: str | None = Field(None, title="层级")
    table: PerformanceTable = Field(title="表")

    @property
    def budget_wan(self) -> Decimal | None:
        """The yearly total of this level in 万元, None when not stated."""
        for funds in self.table.funds:
            if funds.total is not None and funds.horizon == "年度":
                return funds.total if funds.unit == "万元" else funds.total / 10000
        return None

    @property
    def goal_text(self) -> str:
        """The goal texts joined, empty when there is none."""
        goals = (self.table.goals.annual, self.table.goals.overall, *self.table.goals.multi)
        return "\n".join(goal.text for goal in goals if goal and goal.text)


LEVEL1: tuple[Level1, ...] = get_args(Level1)
LEVEL2: tuple[Level2, ...] = get_args(Level2)

_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的字段",
    "string_type": "应当是文字",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "decimal_parsing": "应当是数",
    "decimal_type": "应当是数",
    "float_parsing": "应当是数",
    "bool_parsing": "应当是 true 或 false",
    "model_type": "应当是一个对象",
    "model_attributes_type": "应当是一个对象",
    "dict_type": "应当是一个对象",
    "tuple_type": "应当是一个列表",
    "finite_number": "应当是有限的数",
    "decimal_max_digits": "位数太多，不像一笔金额",
    "decimal_whole_digits": "位数太多，不像一笔金额",
    "decimal_max_places": "小数位太多",
    "string_unicode": "含有不能识别的字符",
    "json_invalid": "不是有效的 JSON",
    "string_pattern_mismatch": "格式不对",
}


def chinese_problems(problem: ValidationError) -> tuple[str, ...]:
    """Each pydantic complaint as one clear Chinese line, with the path and the label of the field."""
    lines = []
    for error in problem.errors(include_url=False):
        context = error.get("ctx", {})
        kind = error["type"]
        if kind == "literal_error":
            said = f"取值应当是 {str(context.get('expected', '')).replace(' or ', ', ')} 之一"
        elif kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
            sign = {"gt": "大于", "ge": "不小于", "lt": "小于", "le": "不大于"}
            said = "应当" + "".join(f"{sign[key]} {limit}" for key, limit in context.items() if key in sign)
        elif kind in ("string_too_long", "too_long"):
            said = f"太长，最多 {context.get('max_length')}"
        elif kind in ("string_too_short", "too_short"):
            said = "不能为空"
        elif kind == "string_pattern_mismatch":
            web = str(context.get("pattern", "")).startswith("^http")
            said = "格式不对，应当以 http:// 或 https:// 开头" if web else "格式不对，日期请写成 2026-12-31"
        elif kind == "value_error":
            said = str(context.get("error", "值不对"))
        else:
            said = _MESSAGES.get(kind, f"值不对（{error['msg']}）")
        path = ".".join(str(part) for part in error["loc"]) or "整个内容"
        found = error.get("input")
        shown = f"，现在是 {found!r}" if isinstance(found, (str, int, float)) and len(str(found)) <= 40 else ""
        lines.append(f"{path} {said}{shown}")
    return tuple(lines)


def table_from_data(data: object, *, where: str = "绩效目标表") -> PerformanceTable:
    """A table from parsed JSON; raises `BadTable` with one Chinese line per problem."""
    try:
        return PerformanceTable.model_validate(data)
    except ValidationError as problem:
        raise BadTable(where, chinese_problems(problem)) from problem
