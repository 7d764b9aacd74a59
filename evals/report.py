"""A report: figures for machines, a page for people, plots; the same tables on the screen."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.cli.echo import visible
from evals.intervals import Estimate

RESULTS = Path(__file__).parent / "results"
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|~&]")


@dataclass(frozen=True)
class Grid:
    """A table of the report; the first column is text, the others are figures unless `words`."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""
    words: bool = False


@dataclass(frozen=True)
class Prose:
    """A part of the page in Markdown; `title` may be empty."""

    title: str
    text: str


@dataclass(frozen=True)
class Plot:
    """A drawing as SVG under a short file name."""

    title: str
    name: str
    svg: str


@dataclass(frozen=True)
class Report:
    """What a suite found. `headline` are the scores a baseline is kept of, all of them better when higher.

    `reasons` (one object a judged case) are written beside the report and quote the tables that were judged.
    """

    title: str
    figures: Mapping[str, object]
    headline: Mapping[str, Estimate]
    parts: Sequence[Grid | Prose | Plot]
    reasons: Sequence[Mapping[str, object]] = field(default=())


def show(report: Report) -> None:
    """Print the tables of a report."""
    console = Console(width=None if Console().is_terminal else 150)
    for part in report.parts:
        if isinstance(part, Grid):
            print_grid(part, console)


def write(report: Report, suite: str, out: Path, day: date) -> list[Path]:
    """Write `<day>-<suite>.json`, its page, plots and reasons; the files written, the page first.

    Raises `OSError` when the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{day.isoformat()}-{suite}"
    texts = {f"{stem}.md": _page(report, stem), f"{stem}.json": _json(measured() | dict(report.figures))}
    texts |= {f"{stem}-{part.name}.svg": part.svg for part in report.parts if isinstance(part, Plot)}
    if report.reasons:
        lines = (json.dumps(one, ensure_ascii=False) for one in report.reasons)
        texts[f"{stem}.cases.jsonl"] = "\n".join(lines) + "\n"
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in texts]


def measured() -> dict[str, object]:
    """When and on what machine."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def print_grid(grid: Grid, console: Console | None = None) -> None:
    """Print one table under its title."""
    console = console or Console(width=None if Console().is_terminal else 140)
    console.print(f"\n[bold]{escape(visible(grid.title))}[/bold]")
    console.print(_grid(grid))
    if grid.note:
        console.print(escape(visible(grid.note)))


def keep(name: str, figures: Mapping[str, object]) -> Path:
    """Write figures that are no suite's (`make bench`) to the committed results; where they were written."""
    path = RESULTS / f"{name}.json"
    path.write_text(_json(measured() | dict(figures)), encoding="utf-8")
    return path


def _json(figures: Mapping[str, object]) -> str:
    return json.dumps(figures, ensure_ascii=False, indent=1) + "\n"


def _grid(part: Grid) -> Table:
    table = Table()
    for place, column in enumerate(part.columns):
        table.add_column(column, justify="right" if place and not part.words else "left")
    for row in part.rows:
        table.add_row(*(escape(visible(str(cell))) for cell in row))
    return table


def _page(report: Report, stem: str) -> str:
    lines = [f"# {report.title}", ""]
    for part in report.parts:
        if part.title:
            lines += [f"## {plain(part.title)}", ""]
        lines += [*_markdown(part, stem), ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(part: Grid | Prose | Plot, stem: str) -> Iterable[str]:
    if isinstance(part, Prose):
        return [part.text]
    if isinstance(part, Plot):
        return [f"![{part.title}]({stem}-{part.name}.svg)"]
    ruler = "|---|" + ("---|" if part.words else "---:|") * (len(part.columns) - 1)
    rows = [_line(row) for row in part.rows]
    return [_line(part.columns), ruler, *rows, *(["", part.note] if part.note else [])]


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |"


def plain(text: object) -> str:
    """Text of a table that was judged, on a Markdown page: no markup, no link, no picture, no control character."""
    return _MARKUP.sub(r"\\\g<0>", visible(str(text).replace("\n", " ")))
