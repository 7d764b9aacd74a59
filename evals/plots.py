"""Plots as SVG (matplotlib): text stays text, so that any reader's fonts show the Chinese labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from evals.intervals import Estimate

_CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Microsoft YaHei", "SimHei", "PingFang SC")
_LOOK = {
    "svg.fonttype": "none",
    "svg.hashsalt": "jimu",  # the same figures give the same file
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
}
_COLOURS = ("#7b8794", "#c9a227", "#5b9279", "#2563a8", "#b4553a", "#7a5ea8")


def bars(means: Mapping[str, Estimate | None], label: str) -> str:
    """One bar a system with its interval."""
    with _drawn(7, 0.55 * len(means) + 1.2) as (figure, svg):
        axes = figure.add_subplot()
        for place, one in enumerate(means.values()):
            if one is not None:
                axes.barh(place, one.mean, xerr=_reach(one), color=_colour(place), capsize=3, height=0.65)
        axes.set_yticks(range(len(means)), list(means))
        axes.invert_yaxis()
        axes.set_xlabel(label)
    return svg.getvalue()


def grouped(shares: Mapping[str, Mapping[str, tuple[int, int]]], label: str) -> str:
    """Bars of all systems side by side for each class."""
    classes = list(next(iter(shares.values()), {}))
    with _drawn(10, 4.5) as (figure, svg):
        axes = figure.add_subplot()
        width = 0.8 / max(1, len(shares))
        for place, (title, by_class) in enumerate(shares.items()):
            heights = [by_class[name][0] / by_class[name][1] if name in by_class else 0.0 for name in classes]
            axes.bar(
                [at + place * width for at in range(len(classes))], heights, width, label=title, color=_colour(place)
            )
        axes.set_xticks(
            [at + 0.4 - width / 2 for at in range(len(classes))], [name.removesuffix("指标") for name in classes]
        )
        axes.tick_params(axis="x", rotation=30)
        axes.set_ylabel(label)
        axes.legend(frameon=False, fontsize=8)
    return svg.getvalue()


def scatter(points: Mapping[str, tuple[Estimate | None, Estimate | None]], across: str, up: str) -> str:
    """One point a system, with both intervals."""
    with _drawn(6.5, 4.5) as (figure, svg):
        axes = figure.add_subplot()
        for place, (title, (x, y)) in enumerate(points.items()):
            if x is None or y is None:
                continue
            axes.errorbar(
                x.mean,
                y.mean,
                xerr=_reach(x),
                yerr=_reach(y),
                fmt="o",
                color=_colour(place),
                label=title,
                capsize=3,
            )
        axes.set_xlim(0, 1.05)
        axes.set_ylim(0, 1.05)
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        axes.legend(frameon=False, fontsize=8, loc="lower left")
    return svg.getvalue()


@contextmanager
def _drawn(width: float, height: float) -> Iterator[tuple[Figure, StringIO]]:
    """A figure, saved as SVG without a date when the block ends."""
    svg = StringIO()
    with mpl.rc_context({**_LOOK, "font.family": _fonts()}):  # type: ignore[dict-item]
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, svg
        figure.savefig(svg, format="svg", metadata=_undated())


def _reach(one: Estimate) -> list[list[float]]:
    """How far the interval reaches down and up from the mean."""
    if one.low is None or one.high is None:
        return [[0.0], [0.0]]
    return [[one.mean - one.low], [one.high - one.mean]]


def _fonts() -> list[str]:
    """The Chinese fonts of this machine, by which the layout is measured; readers need not have them."""
    there = {font.name for font in fontManager.ttflist}
    return [*(name for name in _CHINESE_FONTS if name in there), "DejaVu Sans"]


def _undated() -> dict[str, Any]:
    return {"Date": None}


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]
