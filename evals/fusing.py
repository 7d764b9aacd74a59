"""Cases of the retrieval eval: queries with what is relevant to them, answered once by words and once by meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.importers import Imported, find_files, read
from assistant.precedents import Filter, PastTables, plain_name, text_key
from assistant.resources import corpus_folder
from assistant.retrieval.embedding import PackagedEncoder
from assistant.retrieval.index import Index, open_index
from assistant.retrieval.kinds import Hits
from assistant.schema import PastTable

LABELS = Path(__file__).parent / "labels"
POOL = 100
"""Hits of each list that are fused, as in `assistant.retrieval.search`."""


@dataclass(frozen=True)
class Case:
    """A query, the keys relevant to it, and the two lists that are to be fused; `hidden` tables are left out."""

    query: str
    group: str
    relevant: frozenset[str]
    words: Hits
    near: Hits
    hidden: Filter


@dataclass(frozen=True)
class Shipped:
    """The example tables, and search over them and nothing else."""

    tables: tuple[PastTable, ...]
    store: PastTables
    index: Index


def shipped(home: Path) -> Shipped:
    """The example tables stored and indexed in an own data folder."""
    files, _ = find_files([corpus_folder() / "tables"])
    tables = tuple(one.table for one in read(files) if isinstance(one, Imported))
    store = PastTables.open(home)
    list(store.add(tables))
    return Shipped(tables, store, open_index(home, store, PackagedEncoder()))


def table_cases(corpus: Shipped, *, short: bool) -> Iterator[Case]:
    """Each table held out, asked for by its name (and its goal unless `short`): relevant are those of its field."""
    for past in corpus.tables:
        relevant = frozenset(
            one.id for one in corpus.tables if one.field and one.field == past.field and one.id != past.id
        )
        name, goal = past.table.project.name or "", past.goal_text or ""
        query = name if short else f"{name} {goal}".strip()
        if relevant and query:
            yield _of_tables(corpus, query, past.field or "", relevant, past.id)


def outside_cases(corpus: Shipped, folder: Path, *, by: str) -> Iterator[Case]:
    """Published tables by name and goal; `by` fields: relevant are all tables of the judged fields; by tables: those
    an officer would open.
    """
    judged = json.loads((LABELS / "outside_tables.json").read_text(encoding="utf-8"))["tables"]
    for table_id, labels in judged.items():
        path = folder / f"{table_id}.json"
        if not path.exists():
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        text = (told.get("project_name"), told.get("goal") or told.get("goal_summary"))
        relevant = frozenset(one.id for one in corpus.tables if one.field in labels["fields"])
        if by == "tables":
            relevant = frozenset(labels["tables"])
        query = " ".join(part for part in text if part)
        if relevant and query:
            yield _of_tables(corpus, query, table_id, relevant, None)


def _of_tables(corpus: Shipped, query: str, group: str, relevant: frozenset[str], held_out: str | None) -> Case:
    vector = corpus.index.embed([query])[0]
    words = [hit for hit in corpus.index.tables_by_words(query, POOL + 1) if hit[0] != held_out]
    near = [hit for hit in corpus.index.tables_by_vector(vector, POOL + 1) if hit[0] != held_out]
    hidden = Filter(exclude=frozenset([held_out])) if held_out else Filter()
    return Case(query, group, relevant, words[:POOL], near[:POOL], hidden)


def row_cases(corpus: Shipped) -> Iterator[Case]:
    """Each labelled indicator name with its table held out: relevant are the other names of its concept.

    A name that stands in several tables is asked for once, all of its tables held out.
    """
    concepts = json.loads((LABELS / "row_concepts.json").read_text(encoding="utf-8"))["concepts"]
    for concept, names in concepts.items():
        keys = frozenset(text_key(name) for name in names)
        homes = corpus.store.tables_of_texts(sorted(keys))
        for name in names:
            own = homes.get(text_key(name), frozenset())
            relevant = frozenset(key for key in keys if homes.get(key, frozenset()) - own)
            if own and relevant:
                yield _of_rows(corpus, plain_name(name), concept, relevant, own)


def _of_rows(corpus: Shipped, query: str, group: str, relevant: frozenset[str], own: frozenset[str]) -> Case:
    wanted = POOL + sum(len(one.table.indicators) for one in corpus.tables if one.id in own)
    vector = corpus.index.embed([query])[0]
    words, near = corpus.index.texts_by_words(query, wanted), corpus.index.texts_by_vector(vector, wanted)
    homes = corpus.store.tables_of_texts({key for key, _ in (*words, *near)})
    words, near = ([hit for hit in hits if homes[hit[0]] - own][:POOL] for hits in (words, near))
    return Case(query, group, relevant, words, near, Filter(exclude=own))
