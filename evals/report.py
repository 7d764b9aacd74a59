"""Results as a table on the screen and as JSON in evals/results."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left")
    for row in rows:
        table.add_row(*map(str, row))
    Console(width=None if Console().is_terminal else 140).print(table)


def keep(name: str, figures: Mapping[str, object]) -> Path:
    """Write the figures with the date and the machine they were measured on; where they were written."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    measured = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }
    path.write_text(json.dumps(measured | dict(figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
