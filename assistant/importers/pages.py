"""Pages of tables and lines as the parts of a document, for PDF and scans alike. All lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.importers.document import Grid, Text
from assistant.importers.lattice import Drawn, on_common_columns, same_width
from assistant.importers.table_head import begins_a_project

_SAME_EDGE = 5.0
"""By which the same table's edges may differ from page to page."""
_FEWEST_TEXTS = 3
"""A table has at least so many cells with text."""


@dataclass(frozen=True)
class Line:
    """A line of text outside tables."""

    text: str


Item = Drawn | Line


def parts_of(pages: list[list[Item]]) -> tuple[Grid | Text, ...]:
    """The items of all pages; parts of one table get common columns, lines between tables become one text."""
    tables = _tables_or_lines(pages)
    parts: list[Grid | Text] = []
    for number, items in enumerate(pages, start=1):
        lines: list[str] = []
        for item in items:
            found = item if isinstance(item, Line) else tables[id(item)]
            if isinstance(found, Drawn):
                if lines:
                    parts.append(Text(tuple(lines), f"第 {number} 页", number))
                    lines = []
                parts.append(found.grid())
            elif found.text:
                lines.extend(found.text.split("\n"))
        if lines:
            parts.append(Text(tuple(lines), f"第 {number} 页", number))
    return tuple(parts)


def runs_on(table: Drawn, following: Drawn) -> bool:
    """Whether a table may be the continuation of the one on the page before."""
    return (
        following.page == table.page + 1
        and same_width(table.lattice, following.lattice, _SAME_EDGE)
        and not begins_a_project(following.grid())
    )


def _tables_or_lines(pages: list[list[Item]]) -> dict[int, Drawn | Line]:
    """Every drawn table, by identity, on the columns of all parts of the table it may belong to.

    One with hardly a text that is no part of another is a frame: its texts are lines.
    """
    runs: list[list[Drawn]] = []
    for items in pages:
        for place, table in enumerate([item for item in items if isinstance(item, Drawn)]):
            if runs and not place and runs_on(runs[-1][-1], table):
                runs[-1].append(table)
            else:
                runs.append([table])
    found: dict[int, Drawn | Line] = {}
    for run in runs:
        for old, new in zip(run, on_common_columns(run, _SAME_EDGE), strict=True):
            texts = [text for text in old.texts if text]
            found[id(old)] = new if len(run) > 1 or len(texts) >= _FEWEST_TEXTS else Line("\n".join(texts))
    return found
