"""Folders the evals read: our labels, and past tables with every name by its reference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.importers import Failure, Imported, find_files, read
from assistant.resources import corpus_folder
from assistant.schema import PastTable

LABELS = Path(__file__).parent / "labels"


def read_tables(folder: Path) -> tuple[list[PastTable], list[Failure]]:
    """The past tables of a folder in the order of their files, and what could not be read."""
    files, failures = find_files([folder])
    read_files = list(read(files))
    tables = [one.table for one in read_files if isinstance(one, Imported)]
    return tables, [*failures, *(one for one in read_files if isinstance(one, Failure))]


def shipped_tables() -> list[PastTable]:
    """The tables that come with the project; one that cannot be read is a fault of ours (`ValueError`)."""
    tables, unread = read_tables(corpus_folder() / "tables")
    if unread:
        raise ValueError(f"shipped tables that cannot be read: {[one.path.name for one in unread]}")
    return tables


def indicator_names(folder: Path) -> Mapping[str, str]:
    """Every indicator name of a folder of past tables by its reference (`table#row`, rows counted from 1)."""
    tables, _ = read_tables(folder)
    return {
        f"{past.id}#{number}": row.name for past in tables for number, row in enumerate(past.table.indicators, start=1)
    }
