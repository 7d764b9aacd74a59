"""The truth about past tables: one SQLite file, every acknowledged table committed, the index rebuilt from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, delete, func, insert, inspect, select

from assistant.errors import JimuError, StoreDamaged
from assistant.precedents import database as db
from assistant.precedents.records import Added, Counts, Filter, FilterFacts, PastRow, TableFacts, facts_of, row_of
from assistant.precedents.spread import Counted
from assistant.precedents.texts import plain_name
from assistant.precedents.writing import create, put, upgrade, write_note
from assistant.schema import PastTable

__all__ = ["Added", "Counts", "Filter", "FilterFacts", "PastRow", "PastTables", "TableFacts"]

FILE_NAME = "past.sqlite"
_PAGE = 2_000  # rows a query lists at once
_SLICE = 500  # keys in one IN (…); every database takes this many
_VECTORS_A_COMMIT = 1_000

Vector = NDArray[np.float32]
T = TypeVar("T")


class PastTables:
    """The past tables of one data folder; open it with `PastTables.open(home)`."""

    def __init__(self, engine: Engine, home: Path, path: Path) -> None:
        self._engine = engine
        self.home = home
        self.path = path

    @classmethod
    def open(cls, home: Path) -> PastTables:
        """Open or create the store; raises `HomeUnusable`, `DiskFull`, `StoreDamaged`, `JimuError` when it is newer."""
        home = home.absolute()
        path = home / FILE_NAME
        with db.translated(home, path):
            home.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                create(path)
            if path.stat().st_size == 0:
                raise StoreDamaged(path, "文件是空的")
        store = cls(db.sqlite_engine(path), home, path)
        store._check_version()
        return store

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    def add(self, tables: Iterable[PastTable]) -> Iterator[Added]:
        """Store tables one transaction each; what is yielded is committed and on the disk."""
        for table in tables:
            with self.writing() as connection:
                added = put(connection, table)
            yield added

    def get(self, table_id: str) -> PastTable | None:
        """The whole table, None when there is none of this id."""
        with self.reading() as connection:
            body = connection.scalar(select(db.past_tables.c.body).where(db.past_tables.c.id == table_id))
        if body is None:
            return None
        try:
            return PastTable.model_validate_json(body)
        except ValidationError as problem:
            raise StoreDamaged(self.path, f"表 {table_id} 的内容读不懂") from problem

    def facts(self, ids: Iterable[str]) -> dict[str, TableFacts]:
        """The facts of the tables among `ids` that exist, in the order of `ids`."""
        wanted = list(dict.fromkeys(ids))
        columns = [db.past_tables.c[name] for name in TableFacts.__dataclass_fields__]
        found = {row.id: facts_of(row) for row in self._of_keys(select(*columns), db.past_tables.c.id, wanted)}
        return {table_id: found[table_id] for table_id in wanted if table_id in found}

    def rows_of_tables(self, ids: Iterable[str]) -> list[PastRow]:
        """All rows of the tables, by table id and position."""
        return self._rows(db.past_rows.c.table_id, ids)

    def rows_of_texts(self, keys: Iterable[str]) -> list[PastRow]:
        """All rows that bear one of the texts, by table id and position."""
        return self._rows(db.past_rows.c.text_key, keys)

    def rows_within(self, tables: Iterable[str], texts: Collection[str]) -> list[PastRow]:
        """The rows of the given tables that bear one of the texts, by table id and position."""
        row = db.past_rows.c
        # By an expression, so that no database goes by the text, which may stand in every fifth table.
        bears = row.text_key.concat("").in_(texts)
        found = map(row_of, self._of_keys(select(db.past_rows).where(bears), row.table_id, tables))
        return sorted(found, key=lambda row: (row.table_id, row.position))

    def row(self, row_id: str) -> PastRow | None:
        """One row by its id (`table#n`, counted from 1), None when there is no such row."""
        table_id, _, number = row_id.rpartition("#")
        if not number.isdecimal():
            return None
        row = db.past_rows.c
        query = select(db.past_rows).where(row.table_id == table_id, row.position == int(number) - 1)
        with self.reading() as connection:
            found = connection.execute(query).first()
        return None if found is None else row_of(found)

    def bearers(self) -> Iterator[tuple[str, str]]:
        """Of every row its text_key and table id; take them at once, a transaction is open meanwhile."""
        table = db.past_rows.c
        with self.reading() as connection:
            yield from ((key, table_id) for key, table_id in connection.execute(select(table.text_key, table.table_id)))

    def filter_facts(self) -> Iterator[FilterFacts]:
        """What a filter asks of every table; take them at once, a transaction is open meanwhile."""
        columns = [db.past_tables.c[name] for name in FilterFacts._fields]
        with self.reading() as connection:
            yield from (FilterFacts(*row) for row in connection.execute(select(*columns)))

    def tables_of_texts(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """The ids of the tables in which each text stands; quicker than `rows_of_texts` as no value is read."""
        found: dict[str, set[str]] = {}
        row = db.past_rows.c
        for one in self._of_keys(select(row.text_key, row.table_id), row.text_key, keys):
            found.setdefault(one.text_key, set()).add(one.table_id)
        return {key: frozenset(ids) for key, ids in found.items()}

    def matching(self, where: Filter) -> frozenset[str] | None:
        """The ids of the tables a filter lets through, None when it lets everything through."""
        if where == Filter():
            return None
        with self.reading() as connection:
            return frozenset(connection.scalars(select(db.past_tables.c.id).where(*conditions(where))))

    def counted(self, keys: Iterable[str], where: Filter = Filter()) -> dict[str, Counter[Counted]]:
        """How often each number stands in the rows of each text, over all tables a filter lets through."""
        row, found = db.past_rows.c, dict[str, Counter[Counted]]()
        columns = (row.text_key, row.number, row.counted_in, row.direction)
        query = select(*columns, func.count().label("times")).group_by(*columns).where(row.number.is_not(None))
        if where != Filter():
            query = query.join(db.past_tables, db.past_tables.c.id == row.table_id).where(*conditions(where))
        for one in self._of_keys(query, row.text_key, keys):
            counts = found.setdefault(one.text_key, Counter())
            counts[Counted(Decimal(one.number), one.counted_in, one.direction)] += one.times
        return found

    def texts_of_tables(self, ids: Iterable[str]) -> dict[str, str]:
        """The searched text of each of these tables that exists; "" where a table has none."""
        table = db.past_tables.c
        return {row.id: row.text for row in self._of_keys(select(table.id, table.text), table.id, ids)}

    def names_of_texts(self, keys: Iterable[str]) -> dict[str, str]:
        """The text of each of these keys that is borne by a row."""
        key = db.past_rows.c.text_key
        query = select(key, func.min(db.past_rows.c.name).label("name")).group_by(key)
        return {row.text_key: plain_name(row.name) for row in self._of_keys(query, key, keys)}

    def row_texts(self) -> Iterator[tuple[str, str]]:
        """Every distinct indicator text as (text_key, text), by key."""
        key, name = db.past_rows.c.text_key, db.past_rows.c.name
        query = select(key, func.min(name)).group_by(key).order_by(key)
        return ((text_key, plain_name(text)) for text_key, text in self._pages(query, key))

    def table_texts(self) -> Iterator[tuple[str, str]]:
        """The text of every table as (table_id, text), by id; tables without any text are left out."""
        key, text = db.past_tables.c.id, db.past_tables.c.text
        return self._pages(select(key, text).where(text != "").order_by(key), key)

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, Vector]:
        """The stored vectors of one model among `keys`."""
        query = select(db.vectors.c.key, db.vectors.c.data).where(db.vectors.c.model == model)
        return {row.key: np.frombuffer(row.data, dtype="<f4") for row in self._of_keys(query, db.vectors.c.key, keys)}

    def count_vectors(self, model: str, keys: Iterable[str]) -> int:
        """How many of `keys` have a stored vector of one model."""
        query = select(func.count()).select_from(db.vectors).where(db.vectors.c.model == model)
        return sum(row[0] for row in self._of_keys(query, db.vectors.c.key, keys))

    def save_vectors(self, model: str, items: Iterable[tuple[str, Vector]]) -> None:
        """Keep vectors, a transaction for each thousand; `revision` stays, as they add nothing to the truth."""
        for some in _slices(items, _VECTORS_A_COMMIT):
            data = [{"model": model, "key": key, "data": vector.astype("<f4").tobytes()} for key, vector in some]
            keys = [key for key, _ in some]
            with self.writing() as connection:
                for part in _slices(keys, _SLICE):
                    connection.execute(
                        delete(db.vectors).where(db.vectors.c.model == model, db.vectors.c.key.in_(part))
                    )
                connection.execute(insert(db.vectors), data)

    @property
    def revision(self) -> int:
        """A number that every committed change of the tables raises."""
        with self.reading() as connection:
            return int(connection.scalar(select(db.counters.c.value).where(db.counters.c.name == "revision")) or 0)

    @property
    def state(self) -> str:
        """Names this very content: unlike `revision`, also after an older file was put back and went on."""
        return self.meta("state") or ""

    def counts(self) -> Counts:
        """Tables, rows and distinct texts."""
        rows = db.past_rows.c
        with self.reading() as connection:
            tables = connection.scalar(select(func.count()).select_from(db.past_tables)) or 0
            every, texts = connection.execute(select(func.count(), func.count(rows.text_key.distinct()))).one()
        return Counts(tables, every, texts)

    def meta(self, key: str) -> str | None:
        """A note kept beside the tables, such as the digest of the shipped corpus."""
        with self.reading() as connection:
            return connection.scalar(select(db.notes.c.value).where(db.notes.c.key == key))

    def set_meta(self, key: str, value: str) -> None:
        """Keep a note; it is committed when this returns."""
        with self.writing() as connection:
            write_note(connection, key, value)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by, its errors in our words; for the modules of this package."""
        with db.translated(self.home, self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end; for the modules of this package."""
        with db.translated(self.home, self.path), self._engine.connect() as connection:
            writer = connection.execution_options(writes=True)
            with writer.begin():
                yield writer

    def _pages(self, query: Select[str, str], key: ColumnElement[str]) -> Iterator[tuple[str, str]]:
        # Page by page, so that no transaction stays open while the caller works on what it was given.
        last = ""
        while True:
            with self.reading() as connection:
                page = connection.execute(query.where(key > last).limit(_PAGE)).all()
            yield from ((one, text) for one, text in page)
            if len(page) < _PAGE:
                return
            last = page[-1][0]

    def _rows(self, column: ColumnElement[str], keys: Iterable[str]) -> list[PastRow]:
        found = map(row_of, self._of_keys(select(db.past_rows), column, keys))
        return sorted(found, key=lambda row: (row.table_id, row.position))

    def _of_keys(self, query: Select[Any], column: ColumnElement[str], keys: Iterable[str]) -> list[Row[Any]]:
        """What a query finds for keys of a column, asked in slices every database takes."""
        found: list[Row[Any]] = []
        with self.reading() as connection:
            for some in _slices(dict.fromkeys(keys), _SLICE):
                found += connection.execute(query.where(column.in_(some)))
        return found

    def _check_version(self) -> None:
        with db.translated(self.home, self.path):
            known = inspect(self._engine).has_table(db.counters.name)
        if not known:
            raise StoreDamaged(self.path, "里面没有先例表")
        with self.reading() as connection:
            version = connection.scalar(select(db.counters.c.value).where(db.counters.c.name == "schema")) or 0
        if version < db.SCHEMA_VERSION:
            with self.writing() as connection:
                upgrade(connection, int(version))
        if version > db.SCHEMA_VERSION:
            raise JimuError(
                f"先例库 {self.path} 由更新版本的绩目写成（格式 {version}，本版本只认得 {db.SCHEMA_VERSION}），"
                "没有改动任何内容；请升级绩目后再打开"
            )


def conditions(where: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks of a table, for a query."""
    table = db.past_tables.c
    asked = {
        "years": None if where.years is None else table.year.between(*where.years),
        "region": table.region.startswith(where.region, autoescape=True) if where.region else None,
        "field": table.field == where.field if where.field else None,
        "generation": table.generation == where.generation if where.generation else None,
        "origins": table.origin.in_(where.origins) if where.origins else None,
        "exclude": table.id.not_in(where.exclude) if where.exclude else None,
    }
    return [one for one in asked.values() if one is not None]


def _slices(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while some := list(islice(items, size)):
        yield some
