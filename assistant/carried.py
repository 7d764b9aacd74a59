"""What an exported file carries so that it comes back without loss: the whole table as text, a name for every row.

The exporters write it (xlsx: a hidden sheet and defined names; docx: a custom XML part and bookmarks), the importers
read it. All names are lower case, as office programs do not tell R1 from r1, and short, as Word keeps 40 characters.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from hashlib import sha256

from assistant.schema import PerformanceTable

ROW_ANCHOR = "jimu_row_"
"""Beginning of the name (xlsx: defined name, docx: bookmark) of an exported row's value cell; the row's key follows."""
CARRIED_SHEET = "jimu"
"""The hidden sheet of a workbook: A1, A2 … hold the pieces of the table's JSON, in order."""
CARRIED_NAMESPACE = "urn:jimu:table"
"""The namespace of the custom XML part of a document: `<jimu xmlns="urn:jimu:table">JSON</jimu>`."""
OWN_LISTS = {
    "依据与来源": ("序号", "三级指标", "指标值", "依据类别", "出处", "原文", "取值"),
    "待确认事项": ("序号", "类别", "位置", "内容", "需要做什么"),
    "其他内容": ("序号", "位置", "栏目", "内容"),
}
"""The lists behind the form, title → headings; a reader knows them by these and reads no form in them."""
CHUNK = 30_000
"""Characters of one piece; a cell holds 32,767."""
_LONGEST_NAME = 40
_PLAIN = re.compile("[a-z0-9]")
_ENCODED = re.compile("(?:[a-z0-9]|_[0-9a-f]{1,6}_)+")
_TOKEN = re.compile("_([0-9a-f]{1,6})_|([a-z0-9])")
# Illegal in XML, or read as something else by an office program: `_x0041_` is an escape there. In JSON all of these
# stand inside texts only, where the escape \\uXXXX means the same character.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\U00010000-\U0010ffff]|_(?=x)")


def row_anchor(key: str) -> str:
    """The name of a row's value cell: `jimu_row_` and the key, odd characters as `_hex_`."""
    return ROW_ANCHOR + "".join(sign if _PLAIN.fullmatch(sign) else f"_{ord(sign):x}_" for sign in key)


def row_of_anchor(name: str) -> str | None:
    """The key a name of ours stands for, None for every other name."""
    encoded = name.removeprefix(ROW_ANCHOR)
    if encoded == name or not _ENCODED.fullmatch(encoded):
        return None
    signs = [(int(code, 16) if code else ord(plain)) for code, plain in _TOKEN.findall(encoded)]
    return "".join(map(chr, signs)) if max(signs) <= 0x10FFFF else None


def row_keys(table: PerformanceTable) -> tuple[str, ...]:
    """One key a row: its id, or `#` and its place where the id is missing, used twice or too long for a name."""
    times = Counter(row.id.lower() for row in table.indicators)
    return tuple(
        row.id if times[row.id.lower()] == 1 and _fits(row.id) else f"#{place}"
        for place, row in enumerate(table.indicators, start=1)
    )


def with_identity(table: PerformanceTable) -> PerformanceTable:
    """The table under an id, so that an edited file comes back as an edit of it: its own, else one of its content."""
    if table.table_id:
        return table
    content = sha256(table.model_dump_json().encode("utf-8", "backslashreplace")).hexdigest()
    return table.model_copy(update={"table_id": f"jimu-{content[:12]}"})


def carried_json(table: PerformanceTable) -> str:
    """The table as JSON without a loss (decimals as texts), in characters every office file can hold."""
    text = json.dumps(table.model_dump(), ensure_ascii=False, separators=(",", ":"), default=_decimal)
    return _UNSAFE.sub(lambda found: _escaped(found[0]), text)


def to_chunks(table: PerformanceTable) -> tuple[str, ...]:
    """The table's JSON in pieces a cell can hold; joined in order they are the whole."""
    text = carried_json(table)
    return tuple(text[start : start + CHUNK] for start in range(0, len(text), CHUNK))


def _fits(row_id: str) -> bool:
    return bool(row_id) and not row_id.startswith("#") and len(row_anchor(row_id)) <= _LONGEST_NAME


def _decimal(number: object) -> str:
    if isinstance(number, Decimal):
        return str(number)
    raise TypeError(f"not JSON: {type(number)}")


def _escaped(sign: str) -> str:
    return "\\u005f" if sign == "_" else json.dumps(sign)[1:-1]
