"""项目资金 on paper: which money blocks the form has room for, under which labels, in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.dialects import Dialect
from assistant.schema import Funds, PerformanceTable

AMOUNTS = (
    "total",
    "fiscal",
    "general_budget",
    "gov_fund",
    "state_capital",
    "special_account",
    "unit_fund",
    "carryover",
    "other",
)
SCOPES = ("本级和市县", "本级")
_WIDE = ("本级和市县", "全口径")
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class MoneyBlock:
    """One column of the money part: its (label, amount) rows; `funds` is None when the table has no such block."""

    funds: Funds | None
    rows: tuple[tuple[str, Decimal | None], ...]


def has_money(funds: Funds) -> bool:
    """Whether any amount is stated."""
    return any(getattr(funds, name) is not None for name in AMOUNTS)


def column_scopes(dialect: Dialect) -> tuple[str, ...]:
    """The scopes of the two money columns, left to right (宁夏公开表: 含本级和市县｜含本级)."""
    return dialect.scopes if len(dialect.scopes) == 2 else SCOPES


def two_column_money(table: PerformanceTable, dialect: Dialect) -> tuple[MoneyBlock, ...]:
    """The yearly money of both scopes side by side."""
    left, right = column_scopes(dialect)
    chosen = (_yearly(table, (left, *_WIDE)), _yearly(table, (right,)))
    return _blocks(dialect, chosen, tuple(f"\n（含{scope}）" for scope in (left, right)), ("年度", "年度"))


def annual_money(table: PerformanceTable, dialect: Dialect) -> tuple[MoneyBlock, ...]:
    """The yearly money of this level, with the money of the whole period at its left when stated (88号 附表)."""
    if _period(table):
        return period_and_year_money(table, dialect)
    return _blocks(dialect, (_yearly(table, ("本级", *_WIDE)),), ("",), ("年度",))


def period_and_year_money(table: PerformanceTable, dialect: Dialect) -> tuple[MoneyBlock, ...]:
    """The money of the whole period and of the year side by side, empty where not stated."""
    chosen = (_period(table), _yearly(table, ("本级", *_WIDE)))
    return _blocks(dialect, chosen, ("", ""), ("实施期", "年度"))


def _period(table: PerformanceTable) -> Funds | None:
    return next((funds for funds in table.funds if funds.horizon == "实施期" and has_money(funds)), None)


def in_unit(amount: Decimal | None, funds_unit: str, unit: str) -> Decimal | None:
    """An amount in the unit of the form; None stays None."""
    if amount is None or funds_unit == unit:
        return amount
    return amount / _WAN if unit == "万元" else amount * _WAN


def _yearly(table: PerformanceTable, scopes: tuple[str, ...]) -> Funds | None:
    """The yearly block of the first of these scopes that is there."""
    blocks = [funds for funds in table.funds if funds.horizon == "年度"]
    fitting = [funds for scope in scopes for funds in blocks if funds.scope == scope]
    return next((funds for funds in fitting if has_money(funds)), next(iter(fitting), None))


def _blocks(
    dialect: Dialect, chosen: tuple[Funds | None, ...], suffixes: tuple[str, ...], horizons: tuple[str, ...]
) -> tuple[MoneyBlock, ...]:
    labels = _labels(dialect, chosen)
    return tuple(
        MoneyBlock(funds, _rows(funds, labels, dialect, suffix=suffix, horizon=horizon))
        for funds, suffix, horizon in zip(chosen, suffixes, horizons, strict=True)
    )


def _labels(dialect: Dialect, chosen: tuple[Funds | None, ...]) -> tuple[tuple[str, str], ...]:
    """The dialect's money rows, and one more for each amount it has no row for: no money is dropped."""
    known = {name for name, _ in dialect.funds_labels}
    stated = [name for name in AMOUNTS if any(funds and getattr(funds, name) is not None for funds in chosen)]
    extra = ((name, str(Funds.model_fields[name].title)) for name in stated if name not in known)
    return (*dialect.funds_labels, *extra)


def _rows(
    funds: Funds | None, labels: tuple[tuple[str, str], ...], dialect: Dialect, *, suffix: str, horizon: str
) -> tuple[tuple[str, Decimal | None], ...]:
    rows = []
    for name, label in labels:
        shown = label.replace("年度", horizon) + suffix if name == "total" else label
        amount = in_unit(getattr(funds, name), funds.unit, dialect.money_unit) if funds else None
        rows.append((shown, amount))
    return tuple(rows)
