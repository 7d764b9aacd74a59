"""From drawn lines to the cells of a table: shared by pages whose lines are exact and pictures whose lines are found.

Where lines of a table divide its area, every piece that no line divides further is one cell: a merged cell is simply a
larger piece. A table open at its left or right side is closed at the ends of its horizontal lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.importers.document import Cell, Grid

MOST_PIECES = 60_000
"""Elementary pieces of one page's tables; a ruin of lines has more and is not read as a table."""
_MARGIN = 60.0
"""Points by which the margins of two pages may differ: mirrored margins, a sheet laid askew on the scanner."""
_OPEN_ENDS = 3
"""So many horizontal lines must end at the same place for it to be the open side of a table."""


class TooManyLines(Exception):
    """The page's lines divide it into more pieces than any form has."""


@dataclass(frozen=True)
class Segment:
    """A straight line: at one coordinate, from one to another on the other axis. Coordinates grow right and down."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Slot:
    """A cell's place in a lattice."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """One table's geometry: where columns and rows are cut, and the cells between the cuts."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]

    def slot_at(self, x: float, y: float) -> int | None:
        """Which of the slots a point lies in."""
        return self._owner.get((bisect_left(self.ys, y) - 1, bisect_left(self.xs, x) - 1))

    @cached_property
    def _owner(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): index
            for index, slot in enumerate(self.slots)
            for row in range(slot.row, slot.row + slot.rows)
            for column in range(slot.column, slot.column + slot.columns)
        }

    def box(self, slot: Slot) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell."""
        return (
            self.xs[slot.column],
            self.ys[slot.row],
            self.xs[slot.column + slot.columns],
            self.ys[slot.row + slot.rows],
        )


@dataclass(frozen=True)
class Drawn:
    """A table as it stands on its page: geometry, and for each cell its text and doubt."""

    lattice: Lattice
    texts: tuple[str, ...]
    doubts: tuple[str, ...]
    place: str
    page: int

    def grid(self) -> Grid:
        """The table without its geometry."""
        cells = (
            Cell(text, slot.row, slot.column, slot.rows, slot.columns, doubt=doubt)
            for slot, text, doubt in zip(self.lattice.slots, self.texts, self.doubts, strict=True)
        )
        return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), self.place, self.page)


def lattices(segments: Iterable[Segment], tolerance: float) -> list[Lattice]:
    """The tables that lines draw, from top to bottom; raises `TooManyLines`.

    Lines closer than `tolerance` are one, and lines that come as close as that to each other touch.
    """
    across = _joined([one for one in segments if one.horizontal], tolerance)
    down = _joined([one for one in segments if not one.horizontal], tolerance)
    if len(across) * len(down) > MOST_PIECES * 4:
        raise TooManyLines
    found = []
    for rows, columns in _touching(across, down, tolerance):
        lattice = _lattice(rows, columns, tolerance)
        if lattice is not None:
            found.append(lattice)
    return sorted(found, key=lambda one: (one.ys[0], one.xs[0]))


def on_common_columns(tables: Sequence[Drawn], tolerance: float) -> list[Drawn]:
    """Tables of the same width on common column cuts, counted from their left edges.

    Parts of one table that a page break cut need them: a row of the head may cut columns that no row below does.
    """
    own = [[x - one.lattice.xs[0] for x in one.lattice.xs] for one in tables]
    cuts = _clustered([x for xs in own for x in xs], tolerance)
    places = [[_near(cuts, x) for x in xs] for xs in own]
    if any(len(set(place)) < len(place) for place in places):  # cuts so close that columns would vanish
        return list(tables)
    return [replace(one, lattice=_recut(one.lattice, cuts, place)) for one, place in zip(tables, places, strict=True)]


def same_width(one: Lattice, other: Lattice, tolerance: float) -> bool:
    """Whether two tables are equally wide and begin near the same place, give or take a mirrored margin."""
    widths = (one.xs[-1] - one.xs[0], other.xs[-1] - other.xs[0])
    return abs(widths[0] - widths[1]) <= tolerance and abs(one.xs[0] - other.xs[0]) <= _MARGIN


def _recut(lattice: Lattice, cuts: Sequence[float], place: Sequence[int]) -> Lattice:
    slots = (
        replace(slot, column=place[slot.column], columns=place[slot.column + slot.columns] - place[slot.column])
        for slot in lattice.slots
    )
    return Lattice(tuple(cuts), lattice.ys, tuple(slots))


def _clustered(values: Iterable[float], tolerance: float) -> list[float]:
    """Values closer than the tolerance as one, their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _joined(segments: Sequence[Segment], tolerance: float) -> list[Segment]:
    """Lines on the same coordinate that touch or overlap as one line."""
    cuts = _clustered({one.at for one in segments}, tolerance)
    rows: dict[int, list[Segment]] = {}
    for one in segments:
        rows.setdefault(_near(cuts, one.at), []).append(one)
    joined: list[Segment] = []
    for index, row in rows.items():
        row.sort(key=lambda one: one.start)
        start, end = row[0].start, row[0].end
        for one in row[1:]:
            if one.start > end + tolerance:
                joined.append(Segment(one.horizontal, cuts[index], start, end))
                start, end = one.start, one.end
            end = max(end, one.end)
        joined.append(Segment(row[0].horizontal, cuts[index], start, end))
    return joined


def _near(cuts: Sequence[float], value: float) -> int:
    """The index of the nearest cut."""
    index = bisect_left(cuts, value)
    return min((i for i in (index - 1, index) if 0 <= i < len(cuts)), key=lambda i: abs(cuts[i] - value))


def _touching(
    across: Sequence[Segment], down: Sequence[Segment], tolerance: float
) -> list[tuple[list[Segment], list[Segment]]]:
    """Groups of lines that touch each other, each a table or a frame."""
    groups: list[tuple[list[Segment], list[Segment]]] = []
    loose = set(range(len(across)))
    upright = set(range(len(down)))
    while loose:
        fresh = [loose.pop()]
        rows: list[Segment] = []
        columns: list[Segment] = []
        while fresh:
            row = across[fresh.pop()]
            rows.append(row)
            met = [i for i in upright if _touch(row, down[i], tolerance)]
            upright.difference_update(met)
            columns.extend(down[i] for i in met)
            more = [i for i in loose if any(_touch(across[i], down[one], tolerance) for one in met)]
            loose.difference_update(more)
            fresh.extend(more)
        if columns:
            groups.append((rows, columns))
    return groups


def _touch(row: Segment, column: Segment, tolerance: float) -> bool:
    return (
        row.start - tolerance <= column.at <= row.end + tolerance
        and column.start - tolerance <= row.at <= column.end + tolerance
    )


def _lattice(rows: Sequence[Segment], columns: Sequence[Segment], tolerance: float) -> Lattice | None:
    """The cells the lines of one group make; none for a mere frame."""
    ys = _clustered({row.at for row in rows}, tolerance)
    xs = _clustered([*{column.at for column in columns}, *_open_sides(rows, columns, tolerance)], tolerance)
    if len(xs) < 3 or len(ys) < 2:
        return None
    if len(xs) * len(ys) > MOST_PIECES:
        raise TooManyLines
    right = _walls(columns, xs, ys)
    below = _walls(rows, ys, xs)
    return Lattice(tuple(xs), tuple(ys), tuple(_slots(len(ys) - 1, len(xs) - 1, right, below)))


def _open_sides(rows: Sequence[Segment], columns: Sequence[Segment], tolerance: float) -> list[float]:
    left, right = min(column.at for column in columns), max(column.at for column in columns)
    sides = []
    for ends in (
        [r.start for r in rows if r.start < left - tolerance],
        [r.end for r in rows if r.end > right + tolerance],
    ):
        shared = max((sum(abs(end - one) <= tolerance for end in ends) for one in ends), default=0)
        if shared >= _OPEN_ENDS:
            sides.append(next(one for one in ends if sum(abs(end - one) <= tolerance for end in ends) == shared))
    return sides


def _walls(lines: Sequence[Segment], cuts: Sequence[float], others: Sequence[float]) -> set[tuple[int, int]]:
    """(cut, piece): where a line on a cut closes the piece between two neighbouring cuts of the other axis."""
    walls = set()
    for line in lines:
        cut = _near(cuts, line.at)
        for piece, (start, end) in enumerate(pairwise(others)):
            if line.start <= (start + end) / 2 <= line.end:
                walls.add((cut, piece))
    return walls


def _slots(height: int, width: int, right: set[tuple[int, int]], below: set[tuple[int, int]]) -> list[Slot]:
    """Pieces with no wall between them as one cell; a piece that is no rectangle falls apart into its rows."""
    seen: set[tuple[int, int]] = set()
    slots = []
    for row in range(height):
        for column in range(width):
            if (row, column) in seen:
                continue
            room = _room(row, column, (height, width), right, below)
            seen |= room
            slots.extend(_rectangles(room))
    return slots


def _room(
    row: int, column: int, size: tuple[int, int], right: set[tuple[int, int]], below: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """All pieces reached from one without crossing a wall."""
    height, width = size
    room, fresh = {(row, column)}, [(row, column)]
    while fresh:
        r, c = fresh.pop()
        steps = (
            (r, c + 1, c + 1 < width and (c + 1, r) not in right),
            (r, c - 1, c > 0 and (c, r) not in right),
            (r + 1, c, r + 1 < height and (r + 1, c) not in below),
            (r - 1, c, r > 0 and (r, c) not in below),
        )
        for next_row, next_column, free in steps:
            if free and (next_row, next_column) not in room:
                room.add((next_row, next_column))
                fresh.append((next_row, next_column))
    return room


def _rectangles(room: set[tuple[int, int]]) -> list[Slot]:
    rows, columns = sorted({r for r, _ in room}), sorted({c for _, c in room})
    if len(rows) * len(columns) == len(room):
        return [Slot(rows[0], columns[0], len(rows), len(columns))]
    slots = []
    for row in rows:
        run: list[int] = []
        for column in [c for c in columns if (row, c) in room]:
            if run and column != run[-1] + 1:
                slots.append(Slot(row, run[0], 1, len(run)))
                run = []
            run.append(column)
        slots.append(Slot(row, run[0], 1, len(run)))
    return slots
