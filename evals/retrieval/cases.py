"""Queries of the retrieval suite with what people judged relevant, by reading, before any method was measured.

`descriptions`: projects told in a clerk's words; relevant are the shipped tables of the same kind of project.
`published`: published tables by name and goal (`--data` names their folder); relevant as above.
`paraphrases`: what an indicator measures, in other words; relevant are the shipped names of that concept.
The tables these three were judged over (`read_tables.json`) are all they see: nobody has judged later ones.
`names`: every labelled indicator name with its own tables left out; relevant are the other names of its concept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.precedents import PastTables, plain_name, text_key
from assistant.retrieval.index import Index
from assistant.schema import PastTable
from evals.labelled import LABELS, read_tables

Kind = Literal["tables", "rows"]


@dataclass(frozen=True)
class Query:
    """A query, the keys relevant to it among the visible tables, and the group it weighs in with."""

    id: str
    text: str
    group: str
    kind: Kind
    relevant: frozenset[str]
    visible: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """The shipped tables, stored and indexed in a folder of their own."""

    tables: tuple[PastTable, ...]
    store: PastTables
    index: Index

    @property
    def ids(self) -> frozenset[str]:
        """All table ids."""
        return frozenset(past.id for past in self.tables)


def descriptions(corpus: Corpus) -> Iterator[Query]:
    """Project descriptions with the tables of the same kind of project."""
    judged = _judged(corpus)
    for place, one in enumerate(_labels("descriptions")["queries"], start=1):
        yield Query(f"d{place}", one["text"], f"d{place}", "tables", frozenset(one["tables"]), judged)


def published(corpus: Corpus, folder: Path | None) -> Iterator[Query]:
    """Published tables, asked for by name and goal; none without their folder."""
    tables = read_tables(folder)[0] if folder else []
    labels, judged = _labels("published_tables")["tables"], _judged(corpus)
    for past in tables:
        text = f"{past.table.project.name or ''} {past.goal_text}".strip()
        relevant = frozenset(labels.get(past.id, ()))
        if text and relevant:
            yield Query(past.id, text, past.id, "tables", relevant, judged)


def paraphrases(corpus: Corpus) -> Iterator[Query]:
    """Indicators in other words, with the names of their concept."""
    judged = _judged(corpus)
    for place, one in enumerate(_labels("paraphrases")["queries"], start=1):
        relevant = frozenset(text_key(name) for name in one["names"])
        yield Query(f"p{place}", one["text"], f"p{place}", "rows", relevant, judged)


def names(corpus: Corpus) -> Iterator[Query]:
    """Labelled names with their own tables left out, over the tables the labels cover."""
    labels = _labels("row_concepts")
    covered = frozenset(labels["tables"])
    for concept, members in labels["concepts"].items():
        keys = frozenset(text_key(name) for name in members)
        homes = corpus.store.tables_of_texts(sorted(keys))
        for name in members:
            own = homes.get(text_key(name), frozenset())
            visible = covered - own
            relevant = frozenset(key for key in keys if homes.get(key, frozenset()) & visible)
            if own and relevant:
                yield Query(f"{concept}/{name}", plain_name(name), concept, "rows", relevant, visible)


def _judged(corpus: Corpus) -> frozenset[str]:
    return corpus.ids.intersection(_labels("read_tables")["tables"])


def _labels(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LABELS / f"{name}.json").read_text(encoding="utf-8"))
    return found
