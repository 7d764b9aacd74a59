"""A plain list page behind the form: a title, column headings, rows of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Page:
    """One list; `widths` in character units, one per column."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def numbered(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows with 序号 in front."""
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


def map_page(page: Page, change: Callable[[str, str], str]) -> Page:
    """The page with every text passed through `change(text, place)`."""
    rows = (
        tuple(change(text, f"{page.title}第{number}条") for text in row)
        for number, row in enumerate(page.rows, start=1)
    )
    return replace(page, rows=tuple(rows))
