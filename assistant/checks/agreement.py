"""G, against the rest of the form: do goal, header, money and indicators speak of the same project and figures?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Option, Where, proposed
from assistant.checks.goal import ANNUAL
from assistant.checks.money import SCALE, TEN_THOUSAND, total_yuan, totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import bigrams, core
from assistant.checks.view import Field, Row, Table
from assistant.values import Quantity as Amount
from assistant.values import find_values, in_base_unit, unit_family

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
_SHARED_NAME = 0.3
"""Share of another project's name that may also stand in this one's before they count as one."""
_ANOTHER_PROJECT = re.compile(
    "^.{0,12}?(?:实施|开展|推进|申请|使用|利用|通过)(?P<named>[\u4e00-\u9fff]{5,24}?)(?:项目|专项|经费|补助资金|专项资金)"
)
_CLAUSE = re.compile("[，。；;、！？\n]")


# 每所安装1套 is a rate, no total.
# 不漏一户、没有一名 is nought, not one.
_NONE_AT_ALL = re.compile("(?:不|没有|无|零)[\u4e00-\u9fff]{0,3}[一1](?:户|名|人|件|起|例|个|次)")
_EACH = re.compile("每(?!年)|各|人均|户均|平均")


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
    funds = next(iter(pair[1] for pair in (table.main_funds,) if pair and pair[1].total is not None), None)
    funds = funds or next(one for one in table.form.funds if one.total is not None)
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
    return len(there) >= _SUBJECT and len(there & subject) < _SHARED_NAME * len(there)


@rule(
    "G14",
    level="error",
    mode="DL",
    cite=["mof-2020-10#a2.indicator.3", "zhengzhou-goal#14.4"],
    passes=[example()],
    fails=[
        example(
            goal="全年完成待遇资格认证800人次以上，举办政策宣传活动12场，政策知晓率达到85%。",
            text="目标：认证800人次；指标：≥500人次",
        ),
        example(
            goal="全年完成待遇资格认证500人次以上，举办政策宣传活动20场，政策知晓率达到85%。",
            text="目标：宣传20场；指标：≥12场",
        ),
    ],
    reads=("goal", "value"),
)
def goal_and_rows_have_the_same_figures(table: Table) -> Hits:
    """目标数字与指标值矛盾"""
    figures = list(_goal_figures(table.goal))
    in_goal = _stated(table.goal)
    for row in table.rows:
        amount, subject = row.amount, core(row.name)
        if amount is None or row.value is None or not row.value.unit or len(subject) < _SUBJECT:
            continue
        if any(bigrams(clause) & bigrams(row.name) for clause in in_goal.get(_plain_amount(amount), ())):
            continue  # the goal says this figure where it speaks of something of this name
        same = [
            one for one in figures if _yearly(one.family) == _yearly(row.family) and _speaks_of(one.clause, subject)
        ]
        if len(same) != 1 or _rival(table, row, same[0]):
            continue
        wanted, stated = _plain_amount(amount), _plain_amount(same[0].amount)
        if wanted[1] == stated[1] and abs(wanted[0] - stated[0]) > abs(stated[0]) / 100:
            said = f"绩效目标写“{same[0].text}”，指标“{row.indicator.name}”是“{row.raw}”，两处对不上；请改成一致"
            yield Hit(row, said, quote=same[0].text)


_SUBJECT = 4
"""Characters of what a name counts, below which a clause cannot be said to speak of it."""


def _stated(goal: str) -> dict[tuple[Decimal, str], list[str]]:
    """Every figure of a goal, with the clauses it stands in."""
    found: dict[tuple[Decimal, str], list[str]] = {}
    for clause in re.split("[，。；;！？\n]", goal):
        for span in find_values(clause):
            if span.unit:
                found.setdefault(_plain_amount(_amount(span.number, span.unit)), []).append(clause)
    return found


def _plain_amount(amount: Amount) -> tuple[Decimal, str]:
    """An amount that can be compared: base unit, 每年 left out."""
    base = in_base_unit(amount)
    return base.number, _yearly(base.unit)


def _yearly(unit: str) -> str:
    """A unit without 每年: the goal and the rows of a yearly table speak of one year."""
    return unit.removesuffix("/年")


@dataclass(frozen=True)
class _Figure:
    clause: str
    text: str
    amount: Amount
    family: str


def _goal_figures(goal: str) -> Iterator[_Figure]:
    """The figures of a goal that stand alone of their kind in their clause; several of a kind cannot be told apart."""
    for clause in _CLAUSE.split(goal):
        if _EACH.search(clause) or _NONE_AT_ALL.search(clause):
            continue
        spans = [span for span in find_values(clause) if span.unit and span.number_max is None]
        kinds = Counter(unit_family(span.unit) for span in spans)
        for span in spans:
            family = unit_family(span.unit)
            if kinds[family] == 1:
                yield _Figure(clause, span.text, _amount(span.number, span.unit), family)


def _amount(number: Decimal, unit: str) -> Amount:
    from assistant.values import Value, quantity

    read = quantity(Value(raw="", kind="number", number=number, unit=unit))
    return read if read else Amount(number, unit)


_SPEAKS = 0.55
"""Share of a name's two-character sequences a clause must hold to speak of it."""


def _speaks_of(clause: str, subject: str) -> bool:
    wanted, there = bigrams(subject), bigrams(clause)
    return len(wanted) >= 3 and len(wanted & there) >= _SPEAKS * len(wanted)


def _rival(table: Table, row: Row, figure: _Figure) -> bool:
    """Another row of the same kind that the clause may speak of as well, or states the same figure."""
    for other in table.rows:
        if other is row or other.family != row.family or other.amount is None:
            continue
        if in_base_unit(other.amount).number == in_base_unit(figure.amount).number:
            return True
        if _speaks_of(figure.clause, core(other.name)) and len(core(other.name)) >= len(core(row.name)):
            return True
    return False
