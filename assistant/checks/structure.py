"""F: is the form complete? Header, money cells, goal, the levels a project of its kind has, rows with two halves."""

from __future__ import annotations

import re
from collections import Counter

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.checks.words import FILLER, PLACEHOLDER
from assistant.dialects import LEVELS, level2_of, parents
from assistant.importers.whole_table import NOT_STATED
from assistant.schema import Funds

COST_KINDS = frozenset({"工程基建", "大型修缮", "大型购置"})
QUALITY_KINDS = frozenset({"工程基建", "信息化建设"})

_BLANK_NAME = re.compile(r"[Xx×*_\-—….·。/\s]*(?:项目名称)?|.*(?:[Xx×]{2,}|\*{2,}|_{2,}|…{1,}).*")


# 人员类、公用经费用固化指标，不要求成本和满意度。
_PERSONNEL = re.compile("工资|薪酬|人员经费|公用经费|社保缴(?:费|纳)|人员支出|足额保障率|科目调整次数")


def _subject(table: Table) -> str:
    names = " ".join(row.name for row in table.rows[:6])
    return f"{table.form.project.name or ''} {table.form.project.category or ''} {names}"


def _assumed(table: Table) -> str:
    return "" if table.form.project.project_kind else "（没有填项目类型，暂按“其他”判断）"


@rule(
    "F01",
    level="error",
    cite=["zhengzhou-goal#a2-2.name", "tool#practice"],
    passes=[example()],
    fails=[example(project={"name": None}, text="项目名称为空"), example(project={"name": "XX"}, text="项目名称：XX")],
)
def project_has_a_name(table: Table) -> Hits:
    """项目名称缺失"""
    name = table.form.project.name or ""
    if _BLANK_NAME.fullmatch(name) or name in FILLER | PLACEHOLDER:
        yield Hit(Field("project.name"), "没有写项目名称，请填与部门预算一致的项目名称", quote=name)


@rule(
    "F02",
    level="error",
    cite=["henan-2022-4#13", "zhengzhou-goal#9", "mof-2015-88#whole"],
    passes=[example()],
    fails=[example(project={"dept": None}, text="主管部门为空"), example(project={"unit": None}, text="实施单位为空")],
)
def someone_is_responsible(table: Table) -> Hits:
    """责任单位缺失"""
    if not table.form.project.dept:
        yield Hit(Field("project.dept"), "没有写主管部门，请填一级预算单位全称")
    if not table.form.project.unit:
        yield Hit(Field("project.unit"), "没有写实施单位，请填具体实施单位全称", level="warn")


@rule(
    "F04",
    level="error",
    cite=["mof-2020-10#a1", "mof-2020-10#a2.goal.4", "henan-2022-4#a1"],
    passes=[example()],
    fails=[
        example(funds={"total": None}, text="年度资金总额为空"),
        example(funds={"fiscal": None}, text="财政拨款为空"),
        example(funds={"other": None}, text="其他资金为空"),
    ],
)
def money_cells_are_filled(table: Table) -> Hits:
    """资金栏缺失"""
    if table.main_funds is None:
        yield Hit(Field("funds"), "没有填项目资金，请填年度资金总额和资金来源")
        return
    for one in table.form.unresolved:
        if one.issue == NOT_STATED and one.field.startswith("funds["):
            (cell, written), *_ = (one.raw or {"": ""}).items()
            label = Funds.model_fields[cell].title if cell in Funds.model_fields else cell
            said = f"{label}写的是“{written}”" if written else f"{label}没有写明"
            wanted = "请写万元或元" if cell == "unit" else "请填数"
            yield Hit(Field("funds"), f"{said}，{wanted}：____", quote=str(written))
    index, funds = table.main_funds
    empty = [(cell, label) for cell, label in table.dialect.funds_labels if getattr(funds, cell) is None]
    split = (funds.general_budget, funds.gov_fund, funds.state_capital)
    first_source = table.dialect.funds_labels[1][0]
    later = []
    for cell, label in empty:
        shown = label.removeprefix("其中：")
        if cell == "total":
            yield Hit(Field(f"funds[{index}].total"), f"{shown}没有填，请填批复或申报的金额：____{funds.unit}")
        elif cell == first_source and all(part is None for part in split):
            yield Hit(Field(f"funds[{index}].{cell}"), f"{shown}没有填；没有这项资金的，请填 0")
        elif cell != first_source:
            later.append((cell, shown))
    if later:
        names = "、".join(shown for _, shown in later)
        yield Hit(Field(f"funds[{index}].{later[0][0]}"), f"{names}空着；没有这项资金的，请填 0", level="advice")


@rule(
    "F05",
    level="error",
    cite=["ccp-2018-34#7", "mof-2018-167#3.1", "mof-2020-10#a2.goal.1"],
    passes=[example()],
    fails=[example(goal=None, text="年度绩效目标为空")],
    reads=("goal",),
)
def there_is_a_yearly_goal(table: Table) -> Hits:
    """年度绩效目标为空"""
    if not table.form.goals.annual.text and not any(goal.text for goal in table.form.goals.multi):
        yield Hit(Field("goals.annual.text"), "没有写年度绩效目标，请写明今年做什么、做多少、达到什么效果")


@rule(
    "F06",
    level="error",
    cite=["mof-2021-101#2", "mof-2021-101#2.1", "mof-2021-101#2.4", "ccp-2018-34#7", "henan-2022-4#16"],
    passes=[
        example(),
        example(without=["满意度指标"], project={"project_kind": "内部管理"}, text="内部管理项目不设满意度"),
    ],
    fails=[
        example(without=["效益指标"], text="没有效益指标"),
        example(without=["成本指标"], project={"project_kind": "工程基建"}, text="工程基建项目没有成本指标"),
        example(without=["满意度指标"], text="面向公众的项目没有满意度指标"),
    ],
    reads=("rows",),
)
def first_levels_are_present(table: Table) -> Hits:
    """一级指标不全"""
    present = {row.indicator.level1 for row in table.rows}
    kind, assumed = table.form.project.project_kind, _assumed(table)
    where = Field("indicators")
    cut = bool(present) and present <= {"产出指标", "成本指标"}
    for level1 in ("产出指标", "效益指标"):
        if level1 not in present:
            more = "；表到产出为止，也可能没有读全，先对照原件" if cut else ""
            yield Hit(where, f"没有{level1}；每个项目原则上都要设，请补充{more}")
    modern = table.generation == "2021"
    if modern and "成本指标" not in present:
        if kind in COST_KINDS:
            yield Hit(where, f"{kind}类项目应设成本指标，请补充单位成本或分项成本控制数")
        else:
            yield Hit(where, f"没有成本指标；能算单位成本的建议补充{assumed}", level="advice")
    if any(row.indicator.level2 == "服务对象满意度指标" or row.indicator.level1 == "满意度指标" for row in table.rows):
        return
    if kind == "面向公众服务":
        said = "面向公众服务的项目没有满意度指标，请写明服务对象后补充"
        yield Hit(where, said, level="warn" if modern else "error")
    elif cut or _PERSONNEL.search(_subject(table)):
        return  # 工资、社保缴纳、公用经费没有服务对象可问
    elif not modern:
        yield Hit(where, f"没有满意度指标；有服务对象的请补充{assumed}", level="warn")
    elif kind is None:
        yield Hit(where, f"没有满意度指标；请确认项目是否面向公众，是的话请补充{assumed}", level="advice")


@rule(
    "F07",
    level="warn",
    cite=["mof-2021-101#2.2", "mof-2021-101#2.2.2", "henan-2022-4#16", "tool#system"],
    passes=[example(), example(generation="2015")],
    fails=[
        example(without=["数量指标"], text="产出没有数量指标"),
        example(without=["质量指标"], project={"project_kind": "信息化建设"}, text="信息化建设项目没有质量指标"),
        example(without=["成本指标"], generation="2015", text="2015 式的产出没有成本指标"),
    ],
    reads=("rows",),
)
def output_covers_its_classes(table: Table) -> Hits:
    """产出的二级指标覆盖不足"""
    present = {row.indicator.level2 for row in table.of("产出指标")}
    if not present:
        return  # F06 says it
    where, kind = Field("indicators"), table.form.project.project_kind
    if "数量指标" not in present:
        yield Hit(where, "产出没有数量指标，请补充主要支出对应的数量", level="error")
    if "质量指标" not in present:
        clear = kind in QUALITY_KINDS
        more = f"{kind}类项目有明确的质量标准，请补充" if clear else f"请补充合格率、准确率一类的指标{_assumed(table)}"
        yield Hit(where, f"产出没有质量指标，{more}", level="error" if clear else "warn")
    modern = table.generation == "2021"
    if "时效指标" not in present:
        said = "产出没有时效指标；有完成时间或发放周期的建议补充"
        yield Hit(where, said, level="advice" if modern else "warn")
    if _PERSONNEL.search(_subject(table)):
        return
    if not modern and not {"成本指标", "经济成本指标"} & {row.indicator.level2 for row in table.rows}:
        yield Hit(where, "产出没有成本指标，请补充单位成本或分项成本控制数")


@rule(
    "F08",
    level="error",
    cite=["mof-2021-101#2", "mof-2020-10#a1"],
    passes=[example(), example(generation="2015")],
    fails=[
        example("培训人次", "≥50人次", level2="社会效益指标", levels=("效益指标", "数量指标")),
        example(
            "单份印制成本", "≤2元/份", level2="时效指标", levels=("产出指标", "成本指标"), without=["经济成本指标"]
        ),
    ],
    cell="level2",
)
def levels_belong_together(table: Table) -> Hits:
    """二级指标不属于所在的一级指标"""
    unknown = {str(one.raw["level2"]) for one in table.form.unresolved if one.raw and one.raw.get("level2")}
    for written in sorted(unknown):
        first_level = re.fullmatch("(产出|效益|满意度|成本)(?:类)?指标", written)
        if first_level and level2_of(written) is None:
            said = f"“{written}”只到一级，请细分到二级指标，如 数量指标、质量指标、社会效益指标"
            yield Hit(Field("indicators"), said, quote=written, level="advice")
        elif level2_of(written) is None:
            said = f"二级指标“{written}”不在词表里；属于日常管理要求的请删去，其余改成规范的名称"
            yield Hit(Field("indicators"), said, quote=written)
    mixed = _cost_places(table) == {"一级", "产出"}
    for row in table.rows:
        level1, level2 = row.indicator.level1, row.indicator.level2
        right = parents(level2)
        if level1 not in right:
            # 10号附2 和部分省的表样把满意度放在效益下
            if (level1, level2) == ("效益指标", "服务对象满意度指标"):
                if table.generation != "local" and table.form.form_kind != "自评表":
                    said = "满意度放在了效益下；有的省表样如此，本表样应单列一级“满意度指标”"
                    yield Hit(row, said, quote=f"{level1}／{level2}", level="advice")
                continue
            said = f"“{level2}”不在“{level1}”之下，应放在“{'”或“'.join(right)}”下"
            yield Hit(row, said, quote=f"{level1}／{level2}")
        elif table.generation != "local" and not mixed and level2 not in LEVELS[table.generation].get(level1, ()):
            said = f"本表按 {table.generation} 式编制，这套指标里没有“{level1}／{level2}”，请移到对应的位置"
            yield Hit(row, said, quote=f"{level1}／{level2}")


@rule(
    "F13",
    level="warn",
    cite=["mof-2021-101#2.1", "mof-2021-101#3.6", "mof-2020-10#13"],
    passes=[example(), example(generation="2015")],
    fails=[example("单份印制成本", "≤2元/份", level2="时效指标", levels=("产出指标", "成本指标"))],
)
def one_generation_of_levels(table: Table) -> Hits:
    """两代指标体系混用"""
    if _cost_places(table) == {"一级", "产出"}:
        yield Hit(Field("indicators"), "成本既作了一级指标，又列在产出指标下，权重口径会乱；请只留一处")


@rule(
    "F15",
    level="advice",
    cite=["mof-2021-101#1.2.2", "mof-2021-101#2.2.1", "tool#default"],
    passes=[example()],
    fails=[
        example(without=["效益指标", "满意度指标", "质量指标"], text="全表只有四条指标"),
        example(more=[("数量指标", f"第{n}类宣传品印制数量", "≥500份") for n in "一二三四五六"], text="数量指标八条"),
    ],
    reads=("rows",),
)
def the_number_of_rows_is_balanced(table: Table) -> Hits:
    """指标条数失衡"""
    where, total, told = Field("indicators"), len(table.rows), table.limits.told
    if not total:
        return  # F06 says it
    if total < table.limits.fewest_rows:
        yield Hit(
            where,
            f"全表只有 {total} 条指标，可能漏了主要产出或效益（{told('fewest_rows', '不少于')} 条）",
            quote=str(total),
        )
    if total > table.limits.most_rows:
        yield Hit(
            where,
            f"全表有 {total} 条指标，建议只留核心的（{told('most_rows', '不多于')} 条）",
            quote=str(total),
        )
    for (level1, level2), count in Counter((row.indicator.level1, row.indicator.level2) for row in table.rows).items():
        if count > table.limits.most_rows_of_a_class:
            said = f"{level1}下的{level2}有 {count} 条，建议合并（{told('most_rows_of_a_class', '不多于')} 条）"
            yield Hit(where, said, quote=level2)
    if not any(row.indicator.level1 == "效益指标" for row in table.rows):
        return  # F06 says it
    output = sum(row.indicator.level1 == "产出指标" for row in table.rows)
    if total >= table.limits.fewest_rows and output * 100 > total * table.limits.most_output_share:
        said = f"{total} 条指标里有 {output} 条是产出，效益偏少（{told('most_output_share', '产出不超过')}%）"
        yield Hit(where, said, quote=f"{output}/{total}")


def _cost_places(table: Table) -> set[str]:
    cost = [row.indicator.level1 for row in table.rows if "成本" in row.indicator.level2]
    return {"一级" if level1 == "成本指标" else "产出" for level1 in cost}
