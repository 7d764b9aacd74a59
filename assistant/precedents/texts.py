"""What of a past table is searched: the normalised indicator name, the table's text, and the keys of both."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from assistant.schema import PastTable

TABLE_TEXT_LENGTH = 600  # Longer texts embed no better and cost time in proportion.

_CIRCLED = re.compile(r"^\s*[①-⑳]")
_NUMBERING = re.compile(
    r"^(?:(?:三级)?指标\d{0,2}[:.、]"  # 指标1： 三级指标：
    r"|\(?\d{1,2}(?:[):、]|\.(?!\d))"  # 1、 (1) 1.，but not 2.5公里
    r"|[一二三四五六七八九十]{1,3}、)+"  # 一、
)


def digest(text: str) -> str:
    """A short stable key of a text (128 bits of blake2b, hex)."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def plain_name(name: str) -> str:
    """An indicator name without what does not change its meaning: width, spaces, numbering (指标1：)."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", _CIRCLED.sub("", name)))
    return _NUMBERING.sub("", folded) or folded or name


def text_key(name: str) -> str:
    """The key under which all rows whose names mean the same text are found."""
    return digest(plain_name(name))


def table_text(past: PastTable) -> str:
    """Project, department, unit, goal and indicator names, cut to about 600 characters; may be empty."""
    table = past.table
    parts = [table.project.name, table.project.dept, table.project.unit, past.goal_text]
    parts += dict.fromkeys(plain_name(row.name) for row in table.indicators)
    return " ".join(" ".join(part.split()) for part in parts if part)[:TABLE_TEXT_LENGTH]


def vector_key(text: str) -> str:
    """The key of a table text's vector, apart from the keys of indicator names."""
    return "t:" + digest(text)


def content_key(past: PastTable) -> str:
    """Equal for two tables that say the same, whatever their ids and sources."""
    table = past.table
    facts = (table.fiscal_year, table.region, table.project.name, table.project.dept, table.project.unit)
    rows = [(row.level1, row.level2, row.name, row.value.raw if row.value else None) for row in table.indicators]
    budget = past.budget_wan
    return digest(repr((facts, past.goal_text, None if budget is None else str(budget.normalize()), rows)))
