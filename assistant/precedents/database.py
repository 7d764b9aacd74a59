"""The database under the store: its tables, its connection, and what its errors mean to a user.

Plain SQLAlchemy Core, so that a PostgreSQL URL can take the place of the SQLite file; everything that only
SQLite knows stands behind a dialect check.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError

from assistant.errors import DiskFull, HomeUnusable, JimuError, StoreDamaged

SCHEMA_VERSION = 2
BUSY_SECONDS = 30

metadata = MetaData()

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
notes = Table("notes", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
past_tables = Table(
    "past_tables",
    metadata,
    Column("id", Text, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("source", Text),
    Column("project_name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer),
    Column("region", Text, nullable=False),
    Column("region_level", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("generation", Text, nullable=False),
    Column("budget_wan", Text),  # A decimal as text: no database rounds it.
    Column("content", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),  # The whole PastTable as JSON; the other columns repeat parts of it.
    Index("past_tables_project", "project_name", "unit", "year"),
)
past_rows = Table(
    "past_rows",
    metadata,
    Column("table_id", Text, ForeignKey("past_tables.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("level1", Text, nullable=False),
    Column("level2", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Text),
    Column("text_key", Text, nullable=False),
    # The value again, where it is one number: a decimal as text, its unit as written, ≥ or ≤.
    Column("number", Text),
    Column("counted_in", Text),
    Column("direction", Text),
    # Covers the listing of distinct texts and the statistics of their values.
    Index("past_rows_values", "text_key", "level2", "name", "number", "counted_in", "direction"),
)
vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),  # little-endian float32
)
concepts = Table(
    "concepts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("level2", Text, nullable=False),  # the class in the 2021 generation
    Column("measure", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("slot", Text, nullable=False),  # what kind of thing differs, "" for none
    Column("before_slot", Text, nullable=False),
    Column("after_slot", Text, nullable=False),
    Column("own_name", Text),  # given by a person
    Column("part_of", Text),  # the concept a person merged it into; its vectors still draw new names there
    Column("settled", Integer, nullable=False),  # 1 once a person has merged or split it
    Column("rows", Integer, nullable=False),
    Column("projects", Integer, nullable=False),
    Column("total", LargeBinary, nullable=False),  # sum of its names' vectors, little-endian float32
    Column("count", Integer, nullable=False),
)
concept_texts = Table(
    "concept_texts",
    metadata,
    Column("text_key", Text, primary_key=True),
    Column("level2", Text, primary_key=True),  # as the rows have it
    Column("concept_id", Text, nullable=False, index=True),
)
concept_decisions = Table(
    "concept_decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
)


def sqlite_engine(path: Path) -> Engine:
    """An engine on one SQLite file: WAL, every commit on disk before it is acknowledged."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer halfway fails at once instead of waiting, so writers say so at the start.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated(home: Path, path: Path) -> Iterator[None]:
    """Turn database and file errors into errors a user understands."""
    try:
        yield
    except DBAPIError as problem:
        raise _meaning(problem.orig, home, path) from problem
    except OSError as problem:
        raise file_problem(problem, home) from problem


def file_problem(problem: OSError, home: Path) -> JimuError:
    """`DiskFull` or `HomeUnusable`, whichever an operating-system error means."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(home)
    reasons = {
        errno.ENOTDIR: "路径中有一段是文件而不是文件夹",
        errno.EEXIST: "同名的文件已经存在",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "磁盘是只读的",
    }
    return HomeUnusable(home, reasons.get(problem.errno or 0) or problem.strerror or str(problem))


# SQLite reports EFBIG and EDQUOT as failed writes, not as SQLITE_FULL.
_FAILED_WRITES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}


def sqlite_disk_full(problem: BaseException | None) -> bool:
    """Whether SQLite failed because it could not make a file longer."""
    code = getattr(problem, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_FULL or code in _FAILED_WRITES


def _meaning(problem: BaseException | None, home: Path, path: Path) -> JimuError:
    primary = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if sqlite_disk_full(problem):
        return DiskFull(home)
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DiskFull(home) if no_room(home) else HomeUnusable(home, f"{path.name} 打不开或只读")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return HomeUnusable(home, f"另一个绩目进程正在写入，等了 {BUSY_SECONDS} 秒，请稍后再试")
    reasons = {
        sqlite3.SQLITE_NOTADB: "内容不是 SQLite 数据库",
        sqlite3.SQLITE_CORRUPT: "内容已损坏",
        sqlite3.SQLITE_IOERR: "读取时磁盘出错",
    }
    return StoreDamaged(path, reasons.get(primary, str(problem)))


def no_room(home: Path) -> bool:
    """Whether the disk is as good as full, for errors that do not say why they happened."""
    try:
        return shutil.disk_usage(home).free < 16 << 20
    except OSError:
        return False


def sync_file(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open folders for syncing.
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
