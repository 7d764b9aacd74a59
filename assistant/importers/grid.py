"""Drawn tables to past tables: what the form's words in a grid mean."""

from __future__ import annotations

from assistant.importers.document import Document
from assistant.schema import PastTable


def tables_of(document: Document, stem: str) -> tuple[PastTable, ...]:
    """The performance tables of a document, named after `stem`."""
    raise NotImplementedError
