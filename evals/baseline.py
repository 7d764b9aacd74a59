"""The committed headline scores, and whether a run fell below them by more than their interval."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.intervals import Estimate
from evals.suites import Asked

BASELINE = Path(__file__).parent / "baseline.json"
_ROUNDING = 1e-4
"""What rounding the kept figures to four places may change."""


@dataclass(frozen=True)
class Kept:
    """Headline scores and what they were measured on: only runs on the same can be compared."""

    measured_on: str
    scores: Mapping[str, Estimate]

    @classmethod
    def of(cls, asked: Asked, scores: Mapping[str, Estimate]) -> Kept:
        """The scores of a run, with its folder of tables and its part of the cases named."""
        stock = asked.data.resolve().name if asked.data else "自带的表"
        return cls(f"{stock}{'，只用其中的先例' * asked.alone}{'，固定抽取的一部分' * asked.fast}", scores)


def fallen(suite: str, now: Kept, path: Path = BASELINE) -> list[str]:
    """One Chinese line for each headline score below the lower end of its interval in the baseline, or missing."""
    base = _read(path).get(suite)
    if base is None:
        return [f"{path} 里没有 {suite} 的基线，先用 --set-baseline 记下"]
    if base.measured_on != now.measured_on:
        return [f"{suite} 的基线测的是{base.measured_on}，这次测的是{now.measured_on}，不能比"]
    lines = []
    for name, kept in base.scores.items():
        found = now.scores.get(name)
        least = kept.mean if kept.low is None else kept.low
        if found is None:
            lines.append(f"{suite}：没有测出 {name}，基线是 {kept.mean:.3f}")
        elif found.n != kept.n:
            lines.append(f"{suite}：{name} 这次测了 {found.n} 个，基线是 {kept.n} 个；题目变了就用 --set-baseline 重记")
        elif found.mean < least - _ROUNDING:
            lines.append(f"{suite}：{name} 降到 {found.mean:.3f}，基线 {kept.mean:.3f}，区间下限 {least:.3f}")
    return lines


def set_baseline(suite: str, now: Kept, path: Path = BASELINE) -> None:
    """Keep these scores as the ones later runs are held against."""
    kept = _read(path) if path.exists() else {}
    kept[suite] = now
    told = {
        name: {"measured_on": one.measured_on, "scores": {key: score.data() for key, score in one.scores.items()}}
        for name, one in kept.items()
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read(path: Path) -> dict[str, Kept]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        suite: Kept(one["measured_on"], {name: Estimate(**score) for name, score in one["scores"].items()})
        for suite, one in told.items()
    }
