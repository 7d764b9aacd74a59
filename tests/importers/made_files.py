"""Reading a made file by its content, and looking cells up in what comes out."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from assistant.importers.detection import format_of
from assistant.importers.document import Cell, Document, Grid, Text
from assistant.importers.formats import read_document
from assistant.reading_limits import DEFAULT_READING_LIMITS, ReadingLimits


def document(path: Path, limits: ReadingLimits = DEFAULT_READING_LIMITS) -> Document:
    return read_document(path, format_of(path), limits)


def grids(read: Document) -> list[Grid]:
    return [part for part in read.parts if isinstance(part, Grid)]


def lines(read: Document) -> list[str]:
    return [line for part in read.parts if isinstance(part, Text) for line in part.lines]


def texts(read: Document) -> list[list[str]]:
    """The texts of every grid, in reading order, empty cells left out."""
    return [[cell.text for cell in grid.cells if cell.text] for grid in grids(read)]


def at(read: Document, row: int, column: int, grid: int = 0) -> Cell:
    (found,) = [one for one in grids(read)[grid].cells if (one.row, one.column) == (row, column)]
    return found


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def replaced(path: Path, member: str, old: str, new: str) -> Path:
    """The same package with some text of one part replaced; the text must be there."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[member]
    members[member] = members[member].replace(old.encode(), new.encode())
    return zipped(path, dict(members))


def no_overlap(grid: Grid) -> bool:
    places = [
        (cell.row + down, cell.column + right)
        for cell in grid.cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    return len(places) == len(set(places))
