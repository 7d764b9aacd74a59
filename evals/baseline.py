"""The committed headline scores, and whether a run fell below them by more than their interval."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from evals.intervals import Estimate

BASELINE = Path(__file__).parent / "baseline.json"
_ROUNDING = 1e-4
"""What rounding the kept figures to four places may change."""


def fallen(suite: str, headline: Mapping[str, Estimate], path: Path = BASELINE) -> list[str]:
    """One Chinese line for each headline score below the lower end of its interval in the baseline, or missing."""
    kept = _read(path).get(suite)
    if kept is None:
        return [f"{path} 里没有 {suite} 的基线，先用 --set-baseline 记下"]
    lines = []
    for name, base in kept.items():
        now = headline.get(name)
        least = base.mean if base.low is None else base.low
        if now is None:
            lines.append(f"{suite}：没有测出 {name}，基线是 {base.mean:.3f}")
        elif now.mean < least - _ROUNDING:
            lines.append(f"{suite}：{name} 降到 {now.mean:.3f}，基线 {base.mean:.3f}，区间下限 {least:.3f}")
    return lines


def set_baseline(suite: str, headline: Mapping[str, Estimate], path: Path = BASELINE) -> None:
    """Keep these scores as the ones later runs are held against."""
    kept = _read(path) if path.exists() else {}
    kept[suite] = dict(headline)
    told = {
        suite: {name: {key: _short(value) for key, value in asdict(one).items()} for name, one in scores.items()}
        for suite, scores in kept.items()
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _short(value: float | int | None) -> float | int | None:
    return round(value, 4) if isinstance(value, float) else value


def _read(path: Path) -> dict[str, dict[str, Estimate]]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {suite: {name: Estimate(**one) for name, one in scores.items()} for suite, scores in told.items()}
