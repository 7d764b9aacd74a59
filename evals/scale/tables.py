"""As many past tables as asked for, grown from the shipped ones as life would: places, years, money and values vary,
most names recur.

The same number always gives the same tables.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from assistant.schema import PastTable
from assistant.values import render
from evals.labelled import shipped_tables

ROWS_OF_A_LONG_TABLE = 500
TABLES_A_FILE = 1_000
KEPT_ROWS = 0.62
"""Share of a table's rows a variant keeps, so that a hundred thousand tables hold about a million rows."""
OWN_NAMES = 0.13
"""Share of rows named for their own place or thing; the other names recur from table to table."""
PLAIN_SATISFACTION = 0.30
DOUBLED, LONG, FOREIGN = 0.012, 0.002, 0.010
"""Shares of tables handed in twice under another id, with five hundred rows, and with rows in another language."""

_FIRST = "东西南北青白龙凤金银石柳松竹永长安平清新高大和兴福泰云玉双五"
_SECOND = "山河坪塘岭泉沙滩门林坡溪川湖桥关原阳州岗"
_PARTS = "县 市 区 片区 新区 开发区 城关镇 库区".split()
_THINGS = "一期 二期 三期 东线 西线 北段 南段 主体 配套 附属 年度 专项 重点 试点".split()
_PERCENT = ("80", "85", "90", "92", "95", "98", "99", "100")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FOREIGN_NAMES = (
    "Number of training sessions held",
    "Share of applications closed in time",
    "Length of road resurfaced",
    "Satisfaction of residents",
    "Nombre de bénéficiaires",
    "Доля выполненных работ",
    "利用者満足度",
    "Yearly maintenance cost per unit",
)


def tables(number: int) -> Iterator[dict[str, object]]:
    """Flat past tables: `number` different ones, and among them those handed in twice."""
    chance = random.Random(number)  # noqa: S311 – the same tables every time
    bases = [past for past in shipped_tables() if past.table.indicators]
    # A few kinds of project are common, most are rare.
    weights = list(accumulate(1 / (place + 8) ** 0.5 for place in range(len(bases))))
    for turn in range(number):
        past = chance.choices(bases, cum_weights=weights)[0]
        table = _variant(past, turn, chance)
        yield table
        if chance.random() < DOUBLED:
            yield table | {"id": f"{table['id']}-d"}


def write_tables(folder: Path, number: int) -> None:
    """The tables as .jsonl files; a file that is there already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    some: list[str] = []
    files = 0
    for table in tables(number):
        some.append(json.dumps(table, ensure_ascii=False))
        if len(some) == TABLES_A_FILE:
            _write(folder / f"{files:05}.jsonl", some)
            files, some = files + 1, []
    _write(folder / f"{files:05}.jsonl", some)


def _write(path: Path, lines: Sequence[str]) -> None:
    if lines and not path.exists():
        aside = path.with_suffix(".new")
        aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        aside.replace(path)


def _variant(past: PastTable, turn: int, chance: random.Random) -> dict[str, object]:
    table = past.table
    where = chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_PARTS)
    year = 2017 + chance.randrange(9)
    budget = past.budget_wan
    sort = chance.random()
    rows = [row for row in table.indicators if chance.random() < KEPT_ROWS] or table.indicators[:1]
    names = [_name(row.name, row.level1, where, chance) for row in rows]
    if sort < LONG:
        rows = [chance.choice(rows) for _ in range(ROWS_OF_A_LONG_TABLE)]
        names = [f"{where}{chance.choice(_THINGS)}{place}号{row.name}" for place, row in enumerate(rows)]
    elif sort < LONG + FOREIGN:
        names = [chance.choice(_FOREIGN_NAMES) for _ in rows]
    return {
        "id": f"{past.id}-{turn}",
        "origin": ("example", "unit", "published")[chance.randrange(3)],
        "source": "https://example.invalid",
        "field": past.field,
        "kind": past.kind,
        "generation": table.form_generation,
        "year": year,
        "region": table.region,
        "region_level": past.region_level,
        "project_name": f"{where}{_varied(table.project.name or '', year, chance)}",
        "department": table.project.dept,
        "unit": f"{where}{table.project.unit or ''}",
        "budget_wan": None if budget is None else str(round(budget * chance.randrange(30, 300) / 100, 2)),
        "goal": f"{where}{_varied(past.goal_text or '', year, chance)}",
        "indicators": [
            {
                "level1": row.level1,
                "level2": row.level2,
                "name": name,
                "value": _varied(render(row.value), year, chance) if row.value else None,
            }
            for row, name in zip(rows, names, strict=True)
        ],
    }


def _name(name: str, level1: str, where: str, chance: random.Random) -> str:
    if level1 == "满意度指标" and chance.random() < PLAIN_SATISFACTION:
        return "服务对象满意度"
    if chance.random() >= OWN_NAMES:
        return name
    return f"{where}{name}" if chance.random() < 0.5 else f"{where[:2]}{chance.choice(_THINGS)}{name}"


def _varied(text: str, year: int, chance: random.Random) -> str:
    """The text with other numbers: years near the table's, shares of a hundred, amounts of the same order."""

    def other(found: re.Match[str]) -> str:
        number, after = found[0], text[found.end() : found.end() + 1]
        if len(number) == 4 and number.startswith("20"):
            return str(year)
        if after in ("%", "％"):
            return chance.choice(_PERCENT)
        if after in "月日号" and after:
            return number
        scaled = float(number) * chance.randrange(40, 260) / 100
        return f"{scaled:.1f}" if "." in number else str(max(1, round(scaled)))

    return _NUMBER.sub(other, text)
