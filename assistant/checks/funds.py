"""B: do the money cells agree with each other and with their unit?"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from assistant.checks.examples import example
from assistant.checks.money import SCALE, TEN_THOUSAND, total_yuan, totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.schema import Funds
from assistant.values import find_values

_SOURCES = ("special_account", "unit_fund", "carryover", "other")
_ALL_SOURCES = ("fiscal", "general_budget", "gov_fund", "state_capital", *_SOURCES)
_TOLERANCE = {"万元": Decimal("0.01"), "元": Decimal(1)}
# Only amounts the goal calls the money of the project are compared with the money cells (300元/人 is not).
_PROJECT_MONEY = (
    "安排",
    "下达",
    "共计",
    "预算",
    "总投资",
    "资金总额",
    "总支出",
    "总成本",
    "总费用",
    "财政资金",
    "经费",
)
_LIKELY_YUAN = Decimal(1_000_000)


@rule(
    "B01",
    level="error",
    cite=["mof-2020-10#a1", "henan-2022-4#a1"],
    passes=[example(funds={"total": 10, "fiscal": 7, "other": 3}, text="总额10，财政拨款7，其他3")],
    fails=[example(funds={"total": 10, "fiscal": 7, "other": 2}, text="总额10，财政拨款7，其他2")],
    reads=("funds",),
)
def money_adds_up(table: Table) -> Hits:
    """资金勾稽不平"""
    for index, funds in enumerate(table.form.funds):
        parts = _parts(funds)
        unread = any(one.field.startswith(f"funds[{index}].") for one in table.form.unresolved)
        if funds.total is None or not parts or unread:
            continue
        together = sum(parts, Decimal(0))
        if abs(funds.total - together) > _TOLERANCE[funds.unit]:
            said = f"资金总额是 {funds.total:f}{funds.unit}，各来源合计是 {together:f}{funds.unit}，对不上；请核对"
            yield Hit(Field(f"funds[{index}].total"), said, quote=f"{funds.total:f}")


def _parts(funds: Funds) -> list[Decimal]:
    fiscal = [funds.fiscal] if funds.fiscal is not None else [funds.general_budget, funds.gov_fund, funds.state_capital]
    parts = [*fiscal, *(getattr(funds, source) for source in _SOURCES)]
    return [part for part in parts if part is not None]


@rule(
    "B02",
    level="error",
    cite=["tool#practice"],
    passes=[example(), example(funds={"total": 1200000, "fiscal": 1200000, "unit": "元"}, text="表头元，总额1200000")],
    fails=[
        example(funds={"total": 3498000, "fiscal": 3498000}, text="表头万元，总额3498000"),
        example(goal="2026年预算安排30元，用于资格认证。", text="资金栏30万元，目标写“预算安排30元”"),
    ],
    reads=("funds",),
)
def one_unit_of_money(table: Table) -> Hits:
    """万元与元混用"""
    amounts: list[tuple[str, Decimal, str]] = []
    for index, funds in enumerate(table.form.funds):
        if funds.total is None:
            continue
        if funds.unit == "万元" and funds.total > _LIKELY_YUAN and funds.total % 1000 == 0:
            said = f"表头是万元，总额却是 {funds.total:f}，像是按元填的；请核对单位"
            yield Hit(Field(f"funds[{index}].total"), said, quote=f"{funds.total:f}")
            return
        amounts.append((f"funds[{index}].total", funds.total * SCALE[funds.unit], f"{funds.total:f}{funds.unit}"))
    amounts += [("goals.annual.text", yuan, text) for yuan, text in _goal_money(table.goal)]
    for (_, one, shown), (path, other, text) in combinations(amounts, 2):
        low, high = sorted((one, other))
        if low > 0 and abs(high / low / TEN_THOUSAND - 1) <= Decimal("0.01"):
            yield Hit(Field(path), f"“{text}”与“{shown}”正好差一万倍，万元和元混用了；请核对单位", quote=text)


def _goal_money(text: str) -> list[tuple[Decimal, str]]:
    found = []
    for span in find_values(text):
        before = text[max(0, span.start - 8) : span.start]
        if span.unit not in ("元", "万元", "亿元") or not any(word in before for word in _PROJECT_MONEY):
            continue
        found.append((span.number * SCALE[span.unit], span.text))
    return found


@rule(
    "B03",
    level="error",
    cite=["tool#practice"],
    passes=[
        example(
            form={"funds": [{"total": 30, "fiscal": 30, "other": 0}, {"total": 90, "horizon": "实施期"}]},
            text="年度30，实施期90",
        )
    ],
    fails=[
        example(
            form={"funds": [{"total": 120, "fiscal": 120, "other": 0}, {"total": 100, "horizon": "实施期"}]},
            text="年度120，实施期100",
        )
    ],
    reads=("funds",),
)
def one_year_costs_at_most_the_whole(table: Table) -> Hits:
    """年度资金大于项目总资金"""
    yearly = table.yearly_yuan
    whole = totals_yuan(table.form.funds, "实施期")
    if yearly is not None and whole and yearly > whole[0]:
        said = f"年度资金（{wan(yearly)}）比实施期资金总额（{wan(whole[0])}）还多，请核对"
        yield Hit(Field("funds"), said, quote=wan(yearly))


@rule(
    "B04",
    level="error",
    cite=["tool#practice"],
    passes=[example()],
    fails=[
        example(funds={"total": 0, "fiscal": 90}, text="总额0，财政拨款90"),
        example(funds={"total": -3}, text="总额-3"),
    ],
    reads=("funds",),
)
def there_is_money(table: Table) -> Hits:
    """资金为零或负"""
    yearly = table.main_funds[0] if table.main_funds else None
    for index, funds in enumerate(table.form.funds):
        if index == yearly and funds.total is not None and funds.total <= 0:
            said = f"年度资金总额是 {funds.total:f}{funds.unit}；没有资金不必编目标表，有资金的请核对：____"
            yield Hit(Field(f"funds[{index}].total"), said, quote=f"{funds.total:f}")
        for cell in _ALL_SOURCES:
            amount = getattr(funds, cell)
            if amount is not None and amount < 0:
                label = Funds.model_fields[cell].title
                said = f"{label}是负数（{amount:f}{funds.unit}），请核对"
                yield Hit(Field(f"funds[{index}].{cell}"), said, quote=f"{amount:f}")


@rule(
    "B05",
    level="error",
    cite=["tool#practice"],
    passes=[
        example(
            form={
                "funds": [
                    {"total": 3, "fiscal": 3, "other": 0},
                    {"total": 3, "fiscal": 3, "other": 0, "scope": "本级和市县"},
                ]
            },
            generation="2015",
            text="两栏都是3",
        )
    ],
    fails=[
        example(
            form={
                "funds": [
                    {"total": 3, "fiscal": 3, "other": 0},
                    {"total": 0, "fiscal": 0, "other": 0, "scope": "本级和市县"},
                ]
            },
            generation="2015",
            text="含本级和市县0，含本级3",
        )
    ],
    reads=("funds",),
)
def own_money_is_part_of_all(table: Table) -> Hits:
    """含本级大于含本级和市县"""
    own = [funds for funds in table.form.funds if funds.scope == "本级" and funds.horizon == "年度"]
    wide = [funds for funds in table.form.funds if funds.scope == "本级和市县" and funds.horizon == "年度"]
    if own and wide:
        narrow, broad = total_yuan(own[0]), total_yuan(wide[0])
        if narrow is not None and broad is not None and narrow > broad:
            said = f"“含本级和市县”（{wan(broad)}）比“含本级”（{wan(narrow)}）还少；区县两栏应相同"
            yield Hit(Field("funds"), said, quote=wan(broad))
