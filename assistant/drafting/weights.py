"""Weights by the default profile: points of the first level, shared out over its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.dialects import Dialect, weight_profile
from assistant.drafting.draft import DraftRow, Evidence
from assistant.policy import resolve


def weigh(rows: Sequence[DraftRow], dialect: Dialect) -> tuple[DraftRow, ...]:
    """The rows with weights that add up to the profile's total; unchanged where the form has no weights.

    Points of a first level are shared evenly in whole points, the remainder going to its first rows
    (财预〔2021〕101号 附件1 三（六）: 三级按重要程度 – a person shifts them).
    """
    if dialect.weight_total is None or not rows:
        return tuple(rows)
    profile = weight_profile((row.indicator.level1 for row in rows), dialect.generation)
    members: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        members[row.indicator.level1].append(place)
    weights: dict[int, Decimal] = {}
    for level1, places in members.items():
        points = profile.points(rows[places[0]].indicator.level1)
        if points is None:
            raise ValueError(f"no points for {level1}")
        weights.update(zip(places, share(points, len(places)), strict=True))
    cite = resolve(profile.cite)
    return tuple(
        row.model_copy(
            update={
                "indicator": row.indicator.model_copy(update={"weight": weights[place]}),
                "evidence": (
                    *row.evidence,
                    Evidence(
                        kind="policy",
                        ref=profile.cite,
                        quote=f"{cite.label}：{row.indicator.level1}合计 {profile.points(row.indicator.level1)} 分，"
                        f"{len(members[row.indicator.level1])} 行分摊，权重 {weights[place]}",
                    ),
                ),
            }
        )
        for place, row in enumerate(rows)
    )


def share(points: Decimal, rows: int) -> list[Decimal]:
    """Points shared out evenly: whole points while there are enough, halves when rows outnumber points."""
    step = Decimal(1) if points >= rows else Decimal("0.5")
    units = int(points / step)
    base, left = divmod(units, rows)
    return [(base + (place < left)) * step for place in range(rows)]
