"""How new indicator names join the concepts: after an import, a class and measure at a time, commonest names first.

What is grouped stays grouped; only groups nobody has settled may become one. Interrupted, it goes on with the names
that have no concept yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.precedents import database as db
from assistant.precedents.concepts import class_of, names_of, rows_of_concepts
from assistant.precedents.grouping import Group, Groups, assign, features, measure_of, merge
from assistant.precedents.patterns import Pattern, pattern_of
from assistant.precedents.store import PastTables
from assistant.precedents.texts import digest, plain_name, text_key

Progress = Callable[[str, int, int], None]
Meanings = Callable[[Sequence[str]], Mapping[str, NDArray[np.float32]]]
"""Text keys → their sentence vectors."""
Block = tuple[str, str]

STEP = "归并指标概念"
_STATE, _MODEL = "concepts_state", "concepts_model"
_BATCH = 2_000


def join_new_names(store: PastTables, model: str, meanings: Meanings, progress: Progress) -> None:
    """Give every name without one a concept; returns at once when nothing has changed since.

    `model` names the encoder of `meanings`; under another one the groups stay and their vectors are worked out anew.
    """
    with FileLock(store.home / "concepts.lock"):
        state = store.state
        if (store.meta(_STATE), store.meta(_MODEL)) == (state, model):
            return
        groups = _known_groups(store, model, meanings)
        touched = _assign_all(store, groups, meanings, progress)
        with store.writing() as connection:
            _write(connection, groups, touched)
            count_again(connection)
        name_again(store, touched & groups.by_id.keys())
        store.set_meta(_MODEL, model)
        store.set_meta(_STATE, state)


def name_again(store: PastTables, ids: Iterable[str]) -> None:
    """Work out the names of concepts from the names in them."""
    named = {one: names for one in sorted(ids) if (names := names_of(store, one))}
    with store.writing() as connection:
        for one, names in named.items():
            typical = min(names, key=lambda name: (-names[name], len(name), name))
            columns = _named(pattern_of(names, typical))
            connection.execute(update(db.concepts).where(db.concepts.c.id == one).values(**columns))


def sum_again(store: PastTables, ids: Iterable[str], meanings: Meanings) -> None:
    """Work out the vectors of groups from their names: after a split, or with another encoder."""
    for one in ids:
        names = sorted(names_of(store, one))
        if not names:
            continue
        known = meanings([text_key(name) for name in names])
        total = features(names, np.stack([known[text_key(name)] for name in names])).sum(axis=0)
        with store.writing() as connection:
            columns = {"total": packed(total), "count": len(names)}
            connection.execute(update(db.concepts).where(db.concepts.c.id == one).values(columns))


def count_again(connection: Connection) -> None:
    """Count rows and projects of every concept anew."""
    texts, rows = db.concept_texts.c, db.past_rows.c
    query = select(texts.concept_id, func.count(), func.count(rows.table_id.distinct()))
    counts = connection.execute(query.select_from(rows_of_concepts()).group_by(texts.concept_id)).all()
    connection.execute(update(db.concepts).values(rows=0, projects=0))
    for one, all_rows, projects in counts:
        connection.execute(update(db.concepts).where(db.concepts.c.id == one).values(rows=all_rows, projects=projects))


def new_concept(concept_id: str, block: Block, name: str, *, settled: bool = False) -> dict[str, object]:
    """The columns of a concept with nothing in it yet."""
    told = {
        "id": concept_id,
        "level2": block[0],
        "measure": block[1],
        "own_name": None,
        "part_of": None,
        "settled": int(settled),
    }
    return {**told, **_named(Pattern(name, "", "")), "rows": 0, "projects": 0, "total": b"", "count": 0}


def packed(total: NDArray[np.float32]) -> bytes:
    """A vector as the database keeps it."""
    return total.astype("<f4").tobytes()


def unpacked(data: bytes) -> NDArray[np.float32]:
    """A vector from the database."""
    return np.frombuffer(data, dtype="<f4")


def _named(pattern: Pattern) -> dict[str, object]:
    slots = {"before_slot": pattern.before, "slot": pattern.slot, "after_slot": pattern.after}
    return {"name": str(pattern), **slots}


def _known_groups(store: PastTables, model: str, meanings: Meanings) -> Groups:
    table = db.concepts.c
    query = select(table.id, table.level2, table.measure, table.total, table["count"], table.settled)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    if store.meta(_MODEL) not in (None, model):
        sum_again(store, [row.id for row in rows], meanings)
        with store.reading() as connection:
            rows = connection.execute(query).all()
    found = (
        Group(one, (level2, measure), unpacked(total), count, bool(settled))
        for one, level2, measure, total, count, settled in rows
        if count
    )
    return Groups({group.id: group for group in found})


def _assign_all(store: PastTables, groups: Groups, meanings: Meanings, progress: Progress) -> set[str]:
    """Assign all new names; the ids of the groups they went to."""
    new = _new_names(store)
    total, done = sum(map(len, new.values())), 0
    touched: set[str] = set()
    parts = _parts(store)
    for block, texts in new.items():
        for start in range(0, len(texts), _BATCH):
            some = texts[start : start + _BATCH]
            known = meanings([key for key, _, _ in some])
            vectors = features([name for _, name, _ in some], np.stack([known[key] for key, _, _ in some]))
            before = set(groups.by_id)
            near = assign(block, [digest(f"{block[0]} {key}")[:12] for key, _, _ in some], vectors, groups)
            joined = [parts.get(one, one) for one in near]
            founded = {one: name for one, (_, name, _) in zip(joined, some, strict=True) if one not in before}
            with store.writing() as connection:
                _write_texts(connection, block, founded, zip(joined, some, strict=True))
                _write(connection, groups, set(near))
            touched.update(joined)
            done += len(some)
            progress(STEP, done, total)
        touched.update(merge(block, groups))
    return touched


def _parts(store: PastTables) -> dict[str, str]:
    """Groups that people merged → the concept they are part of."""
    table = db.concepts.c
    with store.reading() as connection:
        rows = connection.execute(select(table.id, table.part_of).where(table.part_of.is_not(None))).all()
    return {row.id: row.part_of for row in rows}


def _new_names(store: PastTables) -> dict[Block, list[tuple[str, str, tuple[str, ...]]]]:
    """By block: text key, name, and the level2 it stands under (cost has two), the most used first."""
    rows, texts = db.past_rows.c, db.concept_texts
    same = (rows.text_key == texts.c.text_key) & (rows.level2 == texts.c.level2)
    query = (
        select(rows.text_key, rows.level2, func.min(rows.name), func.count())
        .select_from(db.past_rows.outerjoin(texts, same))
        .where(texts.c.concept_id.is_(None))
        .group_by(rows.text_key, rows.level2)
    )
    uses: Counter[tuple[str, str]] = Counter()
    levels: dict[tuple[str, str], list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    with store.reading() as connection:
        for key, level2, name, times in connection.execute(query):
            uses[key, class_of(level2)] += times
            levels[key, class_of(level2)].append(level2)
            names[key] = plain_name(name)
    new: dict[Block, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for key, level2 in sorted(uses, key=lambda text: (-uses[text], text)):
        name = names[key]
        new[level2, measure_of(name)].append((key, name, tuple(levels[key, level2])))
    return new


def _write_texts(
    connection: Connection,
    block: Block,
    founded: Mapping[str, str],
    joined: Iterable[tuple[str, tuple[str, str, tuple[str, ...]]]],
) -> None:
    if founded:
        connection.execute(insert(db.concepts), [new_concept(one, block, name) for one, name in founded.items()])
    data = [
        {"text_key": key, "level2": level2, "concept_id": one} for one, (key, _, levels) in joined for level2 in levels
    ]
    connection.execute(insert(db.concept_texts), data)


def _write(connection: Connection, groups: Groups, touched: Iterable[str]) -> None:
    """Write the vectors of touched groups, and what became of merged ones."""
    texts, table = db.concept_texts, db.concepts
    for gone, kept in groups.merged.items():
        connection.execute(update(texts).where(texts.c.concept_id == gone).values(concept_id=kept))
        connection.execute(delete(table).where(table.c.id == gone))
    groups.merged.clear()
    for one in sorted(touched):
        if group := groups.by_id.get(one):
            columns = {"total": packed(group.total), "count": group.count}
            connection.execute(update(table).where(table.c.id == one).values(columns))
