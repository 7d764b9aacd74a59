"""The 指标库 that makes itself: indicator names grouped into concepts, with what is usual for each.

Names are grouped by `grouping` as tables come in (`joining`), a concept is named by `patterns`, its values are summed
up by `spread`, and people correct it (`decisions`). Here it is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, Float, Row, case, func, literal, select
from sqlalchemy import cast as as_type

from assistant.dialects import translate_level
from assistant.errors import BadInput
from assistant.precedents import database as db
from assistant.precedents.patterns import Pattern, formula_of
from assistant.precedents.spread import Counted, Summary, spread
from assistant.precedents.store import PastTables
from assistant.precedents.texts import plain_name, text_key
from assistant.schema import Level2
from assistant.values import unit_family

SLICES: Mapping[str, str] = {"field": "领域", "region_level": "层级", "year": "年份", "money": "资金规模"}
"""By what the values of a concept can be taken apart."""
MONEY_BANDS = (50, 200, 1_000, 5_000)
"""工具默认: bounds of the bands of a project's money, in 万元."""
_NOT_SAID = "不详"
_KEYS = 500


@dataclass(frozen=True)
class Concept:
    """Names that mean the same measure; `name` is what people see, `rows` and `projects` bear one of the names."""

    id: str
    level2: Level2
    name: str
    pattern: Pattern
    rows: int
    projects: int
    settled: bool
    """Whether a person has merged or split it: then it never merges by itself."""

    @property
    def formula(self) -> str:
        """How it is usually worked out; "" where nothing is usual."""
        return formula_of(self.name)


@dataclass(frozen=True)
class Usual:
    """What is usual for a concept: its names and fields with their uses, direction, unit family, values as a whole."""

    names: Mapping[str, int]
    fields: Mapping[str, int]
    direction: str
    family: str
    values: Summary | None


class ConceptLibrary:
    """Reads the concepts of one store."""

    def __init__(self, store: PastTables) -> None:
        self._store = store

    def of_texts(self, keys: Iterable[str]) -> dict[tuple[str, str], str]:
        """(text key, level2 as written) → concept id, for the texts that have one."""
        table = db.concept_texts.c
        wanted, found = list(dict.fromkeys(keys)), {}
        query = select(table.text_key, table.level2, table.concept_id)
        with self._store.reading() as connection:
            for start in range(0, len(wanted), _KEYS):
                rows = connection.execute(query.where(table.text_key.in_(wanted[start : start + _KEYS])))
                found.update({(key, level2): concept for key, level2, concept in rows})
        return found

    def get(self, ids: Iterable[str]) -> list[Concept]:
        """Concepts by id, in that order; unknown ones left out."""
        wanted, found = list(dict.fromkeys(ids)), {}
        with self._store.reading() as connection:
            for start in range(0, len(wanted), _KEYS):
                some = db.concepts.c.id.in_(wanted[start : start + _KEYS])
                found.update({row.id: _concept(row) for row in connection.execute(select(db.concepts).where(some))})
        return [found[one] for one in wanted if one in found]

    def commonest(self, n: int, level2: str | None = None) -> list[Concept]:
        """The concepts most projects use, those of one class if given."""
        table = db.concepts.c
        query = select(db.concepts).where(table.rows > 0).order_by(table.projects.desc(), table.rows.desc(), table.id)
        if level2:
            query = query.where(table.level2 == level2)
        with self._store.reading() as connection:
            return [_concept(row) for row in connection.execute(query.limit(n))]

    def called(self, name: str) -> Concept:
        """The one concept meant by an id, a name of its own or an indicator name; `BadInput` for none or several."""
        texts, table = db.concept_texts, db.concepts
        given = (table.c.id == name) | (table.c.own_name == name)
        of_text = table.c.id.in_(select(texts.c.concept_id).where(texts.c.text_key == text_key(name)))
        with self._store.reading() as connection:
            whole = select(table).where(table.c.part_of.is_(None))
            rows = connection.execute(whole.where(given)).all()
            rows = rows or connection.execute(whole.where(of_text | (table.c.name == name))).all()
        if not rows:
            raise BadInput(f"没有名为“{name}”的指标概念；请先用 jimu search {name} --concepts 查它的名称或编号")
        if len(rows) > 1:
            listed = "、".join(f"{row.id}（{row.level2}：{row.own_name or row.name}）" for row in rows[:8])
            raise BadInput(f"“{name}”可以指 {len(rows)} 个概念，请改写编号：{listed}")
        return _concept(rows[0])

    def usual(self, concept: Concept) -> Usual:
        """Names, fields, direction and values of a concept."""
        names, fields = names_of(self._store, concept.id), Counter[str]()
        tables = db.past_tables
        mine = rows_of_concepts().join(tables, tables.c.id == db.past_rows.c.table_id)
        query = select(tables.c.field, func.count()).select_from(mine).group_by(tables.c.field)
        with self._store.reading() as connection:
            for field, times in connection.execute(query.where(db.concept_texts.c.concept_id == concept.id)):
                fields[field or _NOT_SAID] += times
        counts = self.values(concept).get("", Counter[Counted]())
        directions, families = Counter[str](), Counter[str]()
        for one, times in counts.items():
            directions[one.direction] += times
            families[unit_family(one.unit)] += times
        return Usual(names, fields, _most(directions), _most(families), spread(counts))

    def values(self, concept: Concept, by: str | None = None) -> dict[str, Counter[Counted]]:
        """How often each value stands in the concept's rows, taken apart `by` one of `SLICES`, else all under "".

        Read from one index of the rows' numbers: a table that comes in adds its own, and nothing is worked out again.
        """
        rows, tables = db.past_rows, db.past_tables
        mine = rows_of_concepts()
        if by is not None:
            mine = mine.join(tables, tables.c.id == rows.c.table_id)
        part: ColumnElement[Any] = literal("") if by is None else _band() if by == "money" else tables.c[by]
        columns = (rows.c.number, rows.c.counted_in, rows.c.direction)
        query = select(part, *columns, func.count()).select_from(mine).group_by(part, *columns)
        query = query.where(db.concept_texts.c.concept_id == concept.id, rows.c.number.is_not(None))
        found: dict[str, Counter[Counted]] = defaultdict(Counter)
        with self._store.reading() as connection:
            for where, number, unit, direction, times in connection.execute(query):
                key = "" if by is None else str(where or _NOT_SAID)
                found[key][Counted(Decimal(number), unit, direction)] += times
        return dict(found)


def class_of(level2: str) -> Level2:
    """The class a concept is kept under: that of the 2021 generation, so that cost is one class."""
    return translate_level(cast("Level2", level2), "2021")[1]


def rows_of_concepts() -> Any:
    """Rows joined with the concepts of their texts."""
    rows, texts = db.past_rows.c, db.concept_texts.c
    same = (rows.text_key == texts.text_key) & (rows.level2 == texts.level2)
    return db.past_rows.join(db.concept_texts, same)


def names_of(store: PastTables, concept_id: str) -> Counter[str]:
    """The names of a concept with how many rows bear each."""
    rows = db.past_rows.c
    query = select(rows.name, func.count()).select_from(rows_of_concepts()).group_by(rows.name)
    found = Counter[str]()
    with store.reading() as connection:
        for name, times in connection.execute(query.where(db.concept_texts.c.concept_id == concept_id)):
            found[plain_name(name)] += times
    return found


def band_label(band: str) -> str:
    """A money band in words: 50–200 万元."""
    place = int(band)
    if place == 0:
        return f"不足 {MONEY_BANDS[0]} 万元"
    if place == len(MONEY_BANDS):
        return f"{MONEY_BANDS[-1]} 万元以上"
    return f"{MONEY_BANDS[place - 1]}–{MONEY_BANDS[place]} 万元"


def _band() -> ColumnElement[Any]:
    money = as_type(db.past_tables.c.budget_wan, Float)
    bounds = [(money < bound, str(place)) for place, bound in enumerate(MONEY_BANDS)]
    return case((money.is_(None), _NOT_SAID), *bounds, else_=str(len(MONEY_BANDS)))


def _concept(row: Row[Any]) -> Concept:
    pattern = Pattern(row.before_slot, row.slot, row.after_slot)
    name = row.own_name or row.name
    return Concept(row.id, row.level2, name, pattern, row.rows, row.projects, bool(row.settled))


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda one: (-counts[one], one), default="")
