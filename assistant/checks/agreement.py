"""G, against the header: do goal, project name, category and money speak of one project?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Option, Where, proposed
from assistant.checks.goal import ANNUAL
from assistant.checks.money import SCALE, TEN_THOUSAND, total_yuan, totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import bigrams, core
from assistant.checks.view import Field, Table

_MONEY = re.compile(
    r"(?:安排|下达|共计|预算|申请|资金总额|总投资|拨付)[^，。；、\d\n]{0,14}(?:20\d\d年度?[^，。；、\d\n]{0,14})?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元|亿|万)(?!人|亩|户|份|平|吨|株|次|头|只|立|张|条|册|公|千|米|[/每])"
)
_NOT_THIS_YEAR = re.compile(
    "累计|总投资|往年|上年|去年|截至|其中|每|人均|分年|已|三年|五年|总概算|全口径|中央|省级|市级|上级"
    "|核减|审减|压减|节约|低效|撬动|带动|引导|规模|覆盖|评审|审计"
)
_CATEGORY = re.compile("特定目标类|运转类|人员类")
_GENERIC = re.compile(
    "项目|经费|资金|专项|补助|补贴|工作|年度|全县|全市|全区|区级|县级|市级|省级|配套|购置|建设|服务|设备|系统|费|20[0-9]{2}年?|[（(].*?[)）]"
)
_LEAST = 4
"""Two-character sequences below which a name says too little to be another project's."""
_SHARED_NAME = 0.3
"""Share of another project's name that may also stand in this one's before they count as one."""
_ANOTHER_PROJECT = re.compile(
    "^.{0,12}?(?:实施|开展|推进|申请|使用|利用|通过)(?P<named>[\u4e00-\u9fff]{5,24}?)(?:项目|专项|经费|补助资金|专项资金)"
)


@dataclass(frozen=True)
class _Money:
    yuan: Decimal
    text: str


def _goal_totals(text: str) -> Iterator[_Money]:
    for found in _MONEY.finditer(text):
        before = text[max(0, found.start() - 10) : found.start("number")]
        if not _NOT_THIS_YEAR.search(before):
            number = Decimal(found["number"].replace(",", ""))
            yield _Money(number * SCALE[found["unit"]], found[0])


@rule(
    "G07",
    level="error",
    cite=[
        "mof-2020-10#a2.goal.4",
        "mof-2020-10#a2.budget",
        "zhengzhou-goal#14.4",
        "zhengzhou-goal#21.3",
        "mof-2015-88#whole",
    ],
    passes=[
        example(
            goal="2026年共计安排30万元，完成待遇资格认证500人次，政策知晓率达到85%。",
            text="资金30万元；目标“共计安排30万元”",
        ),
        example(
            goal="项目总投资300万元，累计到位200万元，完成待遇资格认证500人次，知晓率85%。", text="总投资和累计数不比"
        ),
    ],
    fails=[
        example(
            goal="2026年预算特定目标类800万资金，主要用于发放待遇500人次，政策知晓率达到85%。",
            text="资金30万元；目标“800万资金”",
        )
    ],
    despite_doubt=True,
)
def goal_money_is_the_budget(table: Table) -> Hits:
    """目标金额与资金栏不符"""
    if any(one.field.endswith("].unit") for one in table.form.unresolved):
        return  # F04 asks for the unit first
    totals = totals_yuan(table.form.funds)
    stated = next(_goal_totals(table.goal), None)
    if not totals or stated is None or any(_close(stated.yuan, total) for total in totals):
        return
    own = (table.main_funds[1],) if table.main_funds else ()
    funds = next(one for one in (*own, *table.form.funds) if one.total is not None)
    total = total_yuan(funds) or Decimal(0)
    ratio = max(stated.yuan, total) / max(min(stated.yuan, total), Decimal("0.01"))
    if abs(ratio / TEN_THOUSAND - 1) <= Decimal("0.01"):
        return  # B02: 万元 and 元 mixed up
    gap = wan(abs(stated.yuan - total))
    said = f"绩效目标写“{stated.text}”，资金栏是 {funds.total:f}{funds.unit}，相差 {gap}；请查批复，两处改成一致"
    yield Hit(ANNUAL, said, quote=stated.text)


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(abs(other) / 100, Decimal(1))


def _to_goal_category(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    said, cell = _said_category(table), _category_cell(table)
    if said is None or cell is None:
        return None
    change = Change(field=f"project.{cell[0]}", before=cell[1], after=said)
    return proposed([Option(says=f"类别栏改为{said}（先查批复）", changes=(change,))])


def _said_category(table: Table) -> str | None:
    found = _CATEGORY.search(table.goal) or _CATEGORY.search(table.form.project.name or "")
    return found[0] if found else None


def _category_cell(table: Table) -> tuple[str, str] | None:
    for cell in ("category", "attribute"):
        text = getattr(table.form.project, cell) or ""
        if _CATEGORY.search(text):
            return cell, text
    return None


@rule(
    "G08",
    level="error",
    cite=["mof-2023-95#6", "mof-2023-95#8", "mof-2023-12#whole"],
    passes=[
        example(
            project={"category": "特定目标类"},
            goal="2026年特定目标类资金30万元，完成待遇资格认证500人次。",
            text="类别和目标都是特定目标类",
        )
    ],
    fails=[
        example(
            project={"category": "运转类其他项目"},
            goal="2026年特定目标类资金30万元，完成待遇资格认证500人次。",
            text="类别：运转类；目标：特定目标类",
        )
    ],
    fix=_to_goal_category,
    despite_doubt=True,
)
def goal_names_the_same_category(table: Table) -> Hits:
    """目标所述项目类别与类别栏不符"""
    said, cell = _said_category(table), _category_cell(table)
    if said and cell and said not in cell[1]:
        text = f"类别栏是“{cell[1]}”，绩效目标或项目名称写的是“{said}”；二者必有一错，请查批复"
        yield Hit(Field(f"project.{cell[0]}"), text, quote=said)


@rule(
    "G11",
    level="error",
    mode="DL",
    cite=["zhengzhou-goal#a2-2.name", "mof-2020-10#a2.goal.2"],
    passes=[example()],
    fails=[example(project={"name": "林区防火物资购置项目"}, text="名称是防火物资，目标是养老保险")],
    reads=("goal",),
)
def name_and_goal_are_of_one_project(table: Table) -> Hits:
    """项目名称与目标主题不符"""
    name = table.form.project.name or ""
    subject = bigrams(_GENERIC.sub("，", name))
    other = _ANOTHER_PROJECT.search(table.goal)
    if other and len(subject) >= 2 and _hardly_shared(other["named"], subject):
        said = f"项目名称是“{name}”，绩效目标写的是“{other['named']}”项目；请核对表头还是目标沿用了别的项目"
        yield Hit(Field("project.name"), said, quote=other["named"])
        return
    if len(subject) < 2 or len(table.goal) < 20 or subject & bigrams(table.goal):
        return
    of_name = sum(bool(subject & bigrams(row.name)) for row in table.rows)
    of_goal = sum(bool(bigrams(core(row.name)) & bigrams(table.goal)) for row in table.rows)
    if of_name and of_goal * 3 > len(table.rows):
        return  # the rows speak of both: name and goal only use different words
    yield Hit(Field("project.name"), f"“{name}”和绩效目标说的不像一件事；请核对表头是否沿用了别的项目", quote=name)


def _hardly_shared(named: str, subject: frozenset[str]) -> bool:
    there = bigrams(named)
    return len(there) >= _LEAST and len(there & subject) < _SHARED_NAME * len(there)
