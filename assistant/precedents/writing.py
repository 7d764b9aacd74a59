"""How a table enters the database: what is new, the same, replaced, or there already under another id."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

from filelock import FileLock
from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.precedents import database as db
from assistant.precedents.records import Added
from assistant.precedents.spread import counted
from assistant.precedents.texts import content_key, table_text, text_key
from assistant.schema import PastTable
from assistant.values import Value


def create(path: Path) -> None:
    """Make an empty store, whole or not at all."""
    # Made aside and moved into place, so that an empty file is always damage and never a beginning.
    with FileLock(path.with_suffix(".lock"), timeout=db.BUSY_SECONDS):
        if path.exists():
            return
        aside = path.with_suffix(".new")
        for leftover in path.parent.glob(aside.name + "*"):
            leftover.unlink()
        engine = db.sqlite_engine(aside)
        with engine.execution_options(writes=True).begin() as connection:
            db.metadata.create_all(connection)
            first = [{"name": "schema", "value": db.SCHEMA_VERSION}, {"name": "revision", "value": 0}]
            connection.execute(insert(db.counters), first)
            write_note(connection, "state", uuid4().hex)
        engine.dispose()
        db.sync_file(aside)
        aside.replace(path)
        db.sync_file(path.parent)


def put(connection: Connection, past: PastTable) -> Added:
    """Write one table within the transaction of `connection`."""
    table = db.past_tables
    body = json.dumps(past.model_dump(exclude_defaults=True), ensure_ascii=False, default=str)
    content = content_key(past)
    stored = connection.scalar(select(table.c.body).where(table.c.id == past.id))
    if stored == body:
        return Added(past.id, "same")
    twin = connection.scalar(select(func.min(table.c.id)).where(table.c.content == content, table.c.id != past.id))
    if stored is None and twin is not None:
        return Added(past.id, "duplicate", twin)
    connection.execute(delete(table).where(table.c.id == past.id))
    connection.execute(insert(table), _table_columns(past) | {"content": content, "body": body})
    rows = _row_columns(past)
    if rows:
        connection.execute(insert(db.past_rows), rows)
    connection.execute(
        update(db.counters).where(db.counters.c.name == "revision").values(value=db.counters.c.value + 1)
    )
    write_note(connection, "state", uuid4().hex)
    return Added(past.id, "new" if stored is None else "replaced", twin, _rival(connection, past, content))


def _rival(connection: Connection, past: PastTable, content: str) -> str | None:
    """Another table of the same project, unit and year that says something else; None without a name or a year."""
    table, project = db.past_tables.c, past.table.project
    if not project.name or past.table.fiscal_year is None:
        return None
    same = (table.project_name == project.name) & (table.unit == (project.unit or ""))
    others = same & (table.year == past.table.fiscal_year) & (table.id != past.id) & (table.content != content)
    others &= (table.region == (past.table.region or "")) & (table.department == (project.dept or ""))
    found: str | None = connection.scalar(select(func.min(table.id)).where(others))
    return found


def _table_columns(past: PastTable) -> dict[str, object]:
    table, project = past.table, past.table.project
    budget = past.budget_wan
    return {
        "id": past.id,
        "origin": past.origin,
        "source": past.source,
        "project_name": project.name or "",
        "department": project.dept or "",
        "unit": project.unit or "",
        "year": table.fiscal_year,
        "region": table.region or "",
        "region_level": past.region_level or "",
        "field": past.field or "",
        "kind": past.kind or "",
        "generation": table.form_generation,
        "budget_wan": None if budget is None else str(budget),
        "text": table_text(past),
    }


def _row_columns(past: PastTable) -> list[dict[str, object]]:
    return [
        {
            "table_id": past.id,
            "position": position,
            "level1": row.level1,
            "level2": row.level2,
            "name": row.name,
            "value": row.value.model_dump_json(exclude_defaults=True) if row.value else None,
            "text_key": text_key(row.name),
            **counted_columns(row.value),
        }
        for position, row in enumerate(past.table.indicators)
    ]


def counted_columns(value: Value | None) -> dict[str, str | None]:
    """What statistics need of a value that is one number; empty columns for all others."""
    one = counted(value)
    if one is None:
        return {"number": None, "counted_in": None, "direction": None}
    return {"number": str(one.number), "counted_in": one.unit, "direction": one.direction}


def upgrade(connection: Connection, version: int) -> None:
    """Bring a store of an older format up to date, all within the transaction of `connection`."""
    if version < 2:
        rows = db.past_rows
        for column in ("number", "counted_in", "direction"):
            connection.exec_driver_sql(f"ALTER TABLE past_rows ADD COLUMN {column} TEXT")
        keys = (rows.c.table_id, rows.c.position)
        values = connection.execute(select(*keys, rows.c.value).where(rows.c.value.is_not(None))).all()
        for table_id, position, value in values:
            columns = counted_columns(Value.model_validate_json(value))
            place = (rows.c.table_id == table_id) & (rows.c.position == position)
            connection.execute(update(rows).where(place).values(**columns))
        connection.exec_driver_sql("DROP INDEX IF EXISTS past_rows_text")
        for index in (*rows.indexes, *(one for one in db.past_tables.indexes if one.name == "past_tables_project")):
            index.create(connection, checkfirst=True)
        db.metadata.create_all(connection)
    connection.execute(update(db.counters).where(db.counters.c.name == "schema").values(value=db.SCHEMA_VERSION))


def write_note(connection: Connection, key: str, value: str) -> None:
    """Set one note within the transaction of `connection`."""
    connection.execute(delete(db.notes).where(db.notes.c.key == key))
    connection.execute(insert(db.notes), {"key": key, "value": value})
