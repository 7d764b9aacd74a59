"""Money of the form in one unit, 元, and as a person reads it, 万元."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.schema import Funds

TEN_THOUSAND = Decimal(10000)
SCALE = {"元": Decimal(1), "万元": TEN_THOUSAND, "万": TEN_THOUSAND, "亿": TEN_THOUSAND**2, "亿元": TEN_THOUSAND**2}
"""元 in one of each unit money is written in."""
_CENT, _ABSURD = Decimal("0.01"), Decimal(10) ** 20


def total_yuan(funds: Funds) -> Decimal | None:
    """The total of one money block in 元, None when the cell is empty."""
    return None if funds.total is None else funds.total * SCALE[funds.unit]


def totals_yuan(blocks: Iterable[Funds], horizon: str | None = None) -> list[Decimal]:
    """The totals that are filled, in 元; of one horizon (年度, 实施期) or of all."""
    amounts = (total_yuan(funds) for funds in blocks if horizon in (None, funds.horizon))
    return [amount for amount in amounts if amount is not None]


def wan(yuan: Decimal) -> str:
    """An amount of 元 as 万元, without idle zeros."""
    amount = yuan / TEN_THOUSAND
    plain = _CENT <= abs(amount) < _ABSURD
    return f"{(amount.quantize(_CENT) if plain else amount).normalize():f}万元"
