"""What people decide about concepts: merge, split, rename.

A decision is kept by the indicator names it was said of, not by tables, so it outlives every import; concepts that were
merged or split never merge by themselves afterwards. Every decision is recorded with its time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.errors import BadInput
from assistant.precedents import database as db
from assistant.precedents.concepts import Concept, ConceptLibrary
from assistant.precedents.joining import Meanings, count_again, name_again, new_concept, sum_again
from assistant.precedents.store import PastTables
from assistant.precedents.texts import digest, plain_name, text_key


@dataclass(frozen=True)
class Decision:
    """What a person decided, when (ISO 8601, UTC)."""

    at: str
    what: Mapping[str, Any]


def merge_concepts(store: PastTables, names: Sequence[str]) -> Concept:
    """Make one concept of several; the first keeps its name. Raises `BadInput`."""
    library = ConceptLibrary(store)
    first, *others = dict.fromkeys(library.called(name) for name in names)
    if not others:
        raise BadInput(f"合并要两个不同的概念；“{'”和“'.join(names)}”本来就是一个：{first.name}（{first.id}）")
    for other in others:
        if other.level2 != first.level2:
            raise BadInput(f"“{other.name}”属{other.level2}，“{first.name}”属{first.level2}，不能合为一个概念")
    table, texts = db.concepts, db.concept_texts
    gone = [other.id for other in others]
    with store.writing() as connection:
        connection.execute(update(texts).where(texts.c.concept_id.in_(gone)).values(concept_id=first.id))
        parts = table.c.id.in_(gone) | table.c.part_of.in_(gone)
        connection.execute(update(table).where(parts).values(part_of=first.id, settled=1))
        connection.execute(update(table).where(table.c.id == first.id).values(own_name=first.name, settled=1))
        count_again(connection)
        _record(connection, {"merged": [other.name for other in others], "into": first.name, "id": first.id})
    return library.get([first.id])[0]


def split_concept(store: PastTables, concept: Concept, names: Sequence[str], meanings: Meanings) -> Concept:
    """Take names out of a concept into one of their own, which is returned. Raises `BadInput`."""
    texts, table = db.concept_texts, db.concepts
    keys = {text_key(name): plain_name(name) for name in names}
    with store.reading() as connection:
        mine = set(connection.scalars(select(texts.c.text_key).where(texts.c.concept_id == concept.id)))
        measure = connection.scalar(select(table.c.measure).where(table.c.id == concept.id)) or ""
    foreign = [name for key, name in keys.items() if key not in mine]
    if foreign:
        raise BadInput(f"“{concept.name}”里没有这些名称：{'、'.join(foreign)}")
    if mine == keys.keys():
        raise BadInput(f"“{concept.name}”只有这些名称，全拆出去就空了；要改名请用 jimu concepts rename")
    now = _now()
    own = digest(f"{concept.id} {sorted(keys)} {now}")[:12]
    with store.writing() as connection:
        block = (concept.level2, measure)
        connection.execute(insert(table).values(**new_concept(own, block, next(iter(keys.values())), settled=True)))
        connection.execute(update(table).where(table.c.id == concept.id).values(settled=1))
        moved = (texts.c.concept_id == concept.id) & texts.c.text_key.in_(keys)
        connection.execute(update(texts).where(moved).values(concept_id=own))
        count_again(connection)
        _record(connection, {"split": list(keys.values()), "from": concept.name, "id": own}, now)
    sum_again(store, [concept.id, own], meanings)
    name_again(store, [concept.id, own])
    return ConceptLibrary(store).get([own])[0]


def rename_concept(store: PastTables, concept: Concept, name: str) -> Concept:
    """Give a concept a name of its own. Raises `BadInput`."""
    plain = plain_name(name).strip()
    if not plain:
        raise BadInput("新名称是空的；请写概念的名称")
    with store.writing() as connection:
        connection.execute(update(db.concepts).where(db.concepts.c.id == concept.id).values(own_name=plain))
        _record(connection, {"renamed": concept.name, "to": plain, "id": concept.id})
    return ConceptLibrary(store).get([concept.id])[0]


def decisions(store: PastTables) -> list[Decision]:
    """Everything people decided, the latest last."""
    table = db.concept_decisions.c
    with store.reading() as connection:
        rows = connection.execute(select(table.at, table.what).order_by(table.number)).all()
    return [Decision(at, json.loads(what)) for at, what in rows]


def _record(connection: Connection, what: Mapping[str, object], at: str = "") -> None:
    said = json.dumps(what, ensure_ascii=False)
    connection.execute(insert(db.concept_decisions).values(at=at or _now(), what=said))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
