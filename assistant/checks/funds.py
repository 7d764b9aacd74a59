"""B: do the money cells agree with each other and with their unit?"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.schema import Funds
from assistant.values import find_values

_SOURCES = ("special_account", "unit_fund", "carryover", "other")
_TOLERANCE = {"万元": Decimal("0.01"), "元": Decimal(1)}
_TEN_THOUSAND = Decimal(10000)
_LIKELY_YUAN = Decimal(1_000_000)
# Only amounts the goal calls the money of the project are compared with the money cells (300元/人 is not).
_PROJECT_MONEY = ("安排", "下达", "共计", "预算", "总投资", "资金总额", "投资")


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
        if funds.total is None or not parts:
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
        yuan = funds.total * (_TEN_THOUSAND if funds.unit == "万元" else 1)
        amounts.append((f"funds[{index}].total", yuan, f"{funds.total:f}{funds.unit}"))
    amounts += [("goals.annual.text", yuan, text) for yuan, text in _goal_money(table.form.goals.annual.text or "")]
    for (_, one, shown), (path, other, text) in combinations(amounts, 2):
        low, high = sorted((one, other))
        if low > 0 and abs(high / low / _TEN_THOUSAND - 1) <= Decimal("0.01"):
            yield Hit(Field(path), f"“{text}”与“{shown}”正好差一万倍，万元和元混用了；请核对单位", quote=text)


def _goal_money(text: str) -> list[tuple[Decimal, str]]:
    found = []
    for span in find_values(text):
        before = text[max(0, span.start - 8) : span.start]
        if span.unit not in ("元", "万元", "亿元") or not any(word in before for word in _PROJECT_MONEY):
            continue
        scale = {"元": Decimal(1), "万元": _TEN_THOUSAND, "亿元": _TEN_THOUSAND**2}[span.unit]
        found.append((span.number * scale, span.text))
    return found
