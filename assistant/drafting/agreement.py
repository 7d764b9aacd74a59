"""What precedents agree on for a candidate, and the rows it was compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.adapting import SAME_WORK
from assistant.drafting.candidates import Candidate, Pool
from assistant.precedents.naming import core, split_name
from assistant.precedents.statistics import Consensus, consensus, deadline_consensus, supported
from assistant.precedents.store import PastRow


@dataclass(frozen=True)
class Agreed:
    """What precedents agree on, and the rows it was compared with."""

    consensus: Consensus
    compared: tuple[PastRow, ...]


def agreement(candidate: Candidate, pool: Pool) -> Agreed | None:
    """What precedents agree on: the concept's own rows; else its nearest row, when rows of its level with the same
    head (发放及时率) or, in tables about the same work, the same quality (及时率) say it most often; for satisfaction,
    the tables about the same work."""
    own = nearest_first(candidate.rows, pool)
    same_level = [row for row in pool.rows if row.level2 == candidate.rows[0].level2]
    near = [row for row in same_level if pool.closeness.get(row.table_id, 0.0) >= SAME_WORK]
    if candidate.level2 == "时效指标" and not candidate.name.endswith("率"):
        return _agreed(deadline_consensus(own), own)
    if candidate.level2 == "服务对象满意度指标":
        return _agreed(consensus(nearest_first(near, pool)), near)
    head = candidate.parts.head
    alike = [row for row in same_level if split_name(row.name).head == head]
    kin = [row for row in near if core(split_name(row.name).head) == core(head)]
    return (
        _agreed(consensus(own), own)
        or _agreed(supported(own, alike), alike)
        or (_agreed(supported(own, kin), kin) if head.endswith("率") else None)
    )


def _agreed(found: Consensus | None, compared: Sequence[PastRow]) -> Agreed | None:
    return None if found is None else Agreed(found, tuple(compared))


def nearest_first(rows: Iterable[PastRow], pool: Pool) -> list[PastRow]:
    """Rows of the tables nearest to the brief first."""
    return sorted(rows, key=lambda row: (-pool.closeness.get(row.table_id, -1.0), row.id))
