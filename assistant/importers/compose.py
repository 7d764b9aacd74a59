"""One written row → an indicator: sign, number and unit put together, placeholders set aside, nothing guessed.

What cannot be an indicator becomes `Unresolved` with everything that stood in the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.dialects import level1_of, level2_of
from assistant.importers.columns import GRADES, Column, Header, Role
from assistant.importers.levels import place_of
from assistant.importers.matrix import one_line, plain
from assistant.importers.rows import Row
from assistant.schema import Indicator, Unresolved
from assistant.values import Value, parse_value

EMPTY_ROW = "空白占位行"

_NUMBERING = re.compile(
    r"^\s*(?:其中[:：]|[A-Z]\d{3}(?=[\u4e00-\u9fff])|指标\s*\d*\s*[:：.．、]|[（(]?\d{1,2}[）)、．]|\d{1,2}[.](?!\d))\s*"
)
_PLACEHOLDER = re.compile(r"^(?:指标)?\d*[\s:：.…·。/—-]*$")
_STARS = re.compile(r"^[★☆*＊]+")
_NOTHING = frozenset({"/", "\\", "-", "—", "——", "……", "…"})
_NO_UNIT = _NOTHING | {"无", "定性", "无单位"}
_NOT_APPLICABLE = re.compile(r"^(本项目)?(不适用|不涉及|无)(此|该|本)?(项)?(指标|类指标)?[。]?$")
_OF_ALL = frozenset({"合计", "总计", "全市", "全县", "全区", "全省", "小计"})
_SIGNS = {"≧": "≥", "≦": "≤", "═": "=", "＝": "=", ">=": "≥", "<=": "≤", "＞": ">", "＜": "<", "≥": "≥", "≤": "≤"}
_SIGN_WORDS = {"大于等于": "≥", "小于等于": "≤", "等于": "=", "大于": ">", "小于": "<", "不低于": "≥", "不高于": "≤"}
_HAS_SIGN = re.compile(r"^\s*(?:[≥≤=<>≧≦＝═＞＜]|[$]\\|不(?:低于|少于|超过|高于))")
_UNFILLED = re.compile(r"^[≥≤=<>≧≦＝═＞＜\s]*(?:%|％|[\u4e00-\u9fff/（）()]{0,6})?$")
_UNIT_WORDS = re.compile(
    r"^(?:%|％|‰|元|万元|亿元|公里|千米|米|亩|万亩|平方米|立方米|吨|个|人|人次|户|次|场|期|项|件|台|套|辆|份|册|处|座|所|家|"
    r"批|批次|条|名|天|日|月|年|小时|工作日)$"
)
_KEPT: tuple[Role, ...] = ("other", "before", "sign", "unit", "dept")
Nature = Literal["定量", "定性"]


@dataclass(frozen=True)
class Side:
    """One name column and the value columns that belong to it (中期 and 年度 stand side by side with names each)."""

    name: Column | None
    first: int
    last: int


def sides(header: Header) -> tuple[Side, ...]:
    """The sides of a block, from left to right; nearly always one."""
    names = header.all("name")
    if len(names) < 2:
        return (Side(names[0] if names else None, 0, 10**6),)
    seconds = [one.first for one in header.all("level2")]
    starts = [
        min((at for at in seconds if before < at < name.first), default=name.first)
        for before, name in zip((-1, *(one.last - 1 for one in names)), names, strict=False)
    ]
    starts[0] = 0
    return tuple(Side(name, start, end) for name, start, end in zip(names, starts, (*starts[1:], 10**6), strict=True))


def composed(row: Row, header: Header, side: Side, place: str) -> Indicator | Unresolved:
    """What one side of a row is; `Unresolved` with the issue `EMPTY_ROW` for a placeholder."""
    name, written, core = _name(row, side)
    levels = _levels(row, header, side, name)
    value = _value(row, side, "value")
    overall, half = _value(row, side, "overall"), _value(row, side, "half")
    raw = {
        "level1": row.level1,
        "level2": row.level2 or row.level1,
        **_all_texts(row),
        "位置": f"{place}第 {row.number + 1} 行",
    }
    field = f"indicators[第 {row.number + 1} 行]"
    if _NOT_APPLICABLE.match(name) or (level2_of(name) and (value is None or value.number == 0)):
        return Unresolved(field=field, issue=EMPTY_ROW, raw=raw)
    if not name:
        filled = any((value, overall, half))
        return Unresolved(field=field, issue="有指标值而没有指标名称" if filled else EMPTY_ROW, raw=raw)
    found = place_of(*levels)
    if isinstance(found, str):
        return Unresolved(field=field, issue=found, raw=raw)
    return Indicator(
        id=row.anchor,
        level1=found[0],
        level2=found[1],
        name=name[:200],
        raw_name=written if written != name else None,
        explanation=_joined(row, "explanation") or None,
        nature=_nature(row),
        direction=_direction(row),
        value=value,
        value_overall=overall,
        value_half=half,
        last_target=_value(row, side, "last_target"),
        last_actual=_value(row, side, "last_actual"),
        weight=_weight(row),
        core=True if core else None,
        note=_joined(row, "note") or None,
        provenance=_provenance(row, place),
    )


def _levels(row: Row, header: Header, side: Side, name: str) -> tuple[str, str]:
    """The two levels as written: a single level column may name either, the name column of some forms the second."""
    one, two = row.level1, row.level2
    if row.level_in_name:
        return (two if level1_of(two) else one), row.level_in_name
    in_name_column = next((plain(text) for column, text in row.texts.get("name", ()) if column is side.name), "")
    if in_name_column != name and level2_of(in_name_column):
        return one, in_name_column
    if not header.all("level1") and not header.all("level2") and name.endswith("满意度"):
        return one, "服务对象满意度指标"
    if not header.all("level2") and one:
        parts = [part for part in re.split(r"[-—－/\\]", one) if part]
        if len(parts) == 2 and level2_of(parts[1]):
            return parts[0], parts[1]
        return ("", one) if level2_of(one) and one != "满意度指标" else (one, "")
    return one, two


def _name(row: Row, side: Side) -> tuple[str, str, bool]:
    """The name, as it was written, and whether it bears the star of a core indicator."""
    written = next((text for column, text in row.texts.get("name", ()) if column is side.name), "")
    said = next((text for _, text in row.texts.get("explanation", ())), "")
    if said and (level2_of(plain(written)) or level1_of(plain(written))):
        written = said  # 浙江临海: the name column holds the class, the description what is meant
    bare = one_line(written)
    star = _STARS.match(bare)
    bare = _STARS.sub("", bare)
    bare = _NUMBERING.sub("", bare)
    return ("" if _PLACEHOLDER.match(bare) else bare), written, bool(star)


def _value(
    row: Row, side: Side, role: Literal["value", "overall", "half", "last_target", "last_actual"]
) -> Value | None:
    texts = [(column, text) for column, text in row.texts.get(role, ()) if side.first <= column.first < side.last]
    if not texts and role == "value":
        texts = row.texts.get("before", [])[:1]  # a changed form leaves blank what was not changed
    if not texts:
        return None
    if len(texts) > 1:
        return _of_several(texts)
    text = texts[0][1]
    if role in ("value", "overall") and (role == "value" or not row.texts.get("value")):
        text = _with_sign_and_unit(text, _near(row, "sign", side), _near(row, "unit", side))
    return _parsed(text)


def _of_several(texts: Sequence[tuple[Column, str]]) -> Value | None:
    """The value of a row with several value columns: the steps of a grading together, else the column of the whole.

    Columns of regions without a whole give no value: which of them would be the table's nobody said.
    """
    if all(column.heading in GRADES for column, _ in texts):
        return _parsed(" ".join(f"{column.heading}{plain(text)}" for column, text in texts))
    whole = next((text for column, text in texts if column.heading in _OF_ALL), "")
    return _parsed(whole) if whole else None


def open_regions(row: Row, identity: str) -> Unresolved | None:
    """The values of a row that stand in one column a region, for a person to settle; None for other rows."""
    texts = row.texts.get("value", ())
    if len(texts) < 2 or _of_several(texts) is not None:
        return None
    return Unresolved(
        field=f"indicators[{identity}].value",
        issue="目标值按地区分列，没有合计，请写明本表的目标值",
        options=tuple(f"{column.heading} {text}" for column, text in texts),
    )


def _near(row: Row, role: Literal["sign", "unit"], side: Side) -> str:
    return next((text for column, text in row.texts.get(role, ()) if side.first <= column.first < side.last), "")


def _parsed(text: str) -> Value | None:
    """The typed value; None for a blank, for a dash, and for a printed unit nobody filled in."""
    bare = plain(text)
    unsigned = bare.lstrip("≥≤=<>≧≦＝═＞＜")
    unfilled = _UNFILLED.match(bare) and (not unsigned or _UNIT_WORDS.match(unsigned))
    placeholder = _PLACEHOLDER.match(bare) and not bare.isdigit()
    a_level = level2_of(bare) is not None and bare.endswith("指标")  # a column taken for the value by a torn header
    empty = bare in _NOTHING or unfilled or placeholder or a_level
    return None if empty else parse_value(re.sub(r"\s*[\r\n]+\s*", "", text.strip()))


def _with_sign_and_unit(number: str, sign: str, unit: str) -> str:
    """Sign, number and unit of three columns in one text; what the number already has is not written twice."""
    text, sign, unit = number.strip(), plain(sign), plain(unit)
    if not re.search(r"\d", text):
        return text
    unit = "" if unit in _NO_UNIT else {"百分比": "%", "％": "%"}.get(unit, unit)
    mark = _SIGNS.get(sign) or _SIGN_WORDS.get(sign) or (sign if sign in ("=", ">", "<") else "")
    if unit and re.search(r"\d\s*$", text):
        text += unit
    return text if not mark or _HAS_SIGN.match(text) else mark + text


def _nature(row: Row) -> Nature | None:
    said = plain(row.text("sign")) + plain(row.text("direction"))
    return "定性" if "定性" in said else "定量" if "定量" in said else None


def _direction(row: Row) -> Literal["正向", "反向", "适度"] | None:
    said = plain(row.text("direction")) + plain(row.text("sign"))
    return (
        "正向" if "正向" in said else "反向" if "反向" in said or "逆向" in said else "适度" if "适度" in said else None
    )


def _weight(row: Row) -> Decimal | None:
    text = unicodedata.normalize("NFKC", plain(row.text("weight"))).removesuffix("分").removesuffix("%")
    try:
        weight = Decimal(text)
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and abs(weight) <= 1000 and len(weight.as_tuple().digits) <= 8 else None


def _joined(row: Row, role: Literal["explanation", "note"]) -> str:
    return "；".join(text for _, text in row.texts.get(role, ()) if plain(text) not in _NOTHING)


def _all_texts(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in row.texts.values():
        for column, text in one:
            if column.role not in ("level1", "level2"):
                found[column.heading] = f"{found[column.heading]}；{text}" if column.heading in found else text
    if row.loose:
        found["其他栏"] = "；".join(row.loose)
    return found


def _provenance(row: Row, place: str) -> dict[str, object]:
    """Where the row stands, and what no field of the schema holds."""
    rest = {column.heading: text for role in _KEPT for column, text in row.texts.get(role, ())}
    composed_of = row.texts.get("value", ())[:1] if row.texts.get("sign") or row.texts.get("unit") else ()
    written = {"指标值原文": composed_of[0][1]} if composed_of else {}
    found: dict[str, object] = {"place": place, "row": row.number + 1, **written, **rest}
    if len(row.texts.get("value", ())) > 1:
        found["各栏指标值"] = {column.heading: text for column, text in row.texts["value"]}
    if row.loose:
        found["其他栏"] = "；".join(row.loose)
    if row.doubt:
        found["doubt"] = row.doubt
    return found


def placeholders(rows: Iterable[Unresolved]) -> Iterator[str]:
    """The empty rows of a form as the schema keeps them: 产出指标/数量指标/指标2：."""
    for one in rows:
        raw = one.raw or {}
        names = [str(text) for heading, text in raw.items() if heading not in ("level1", "level2", "位置") and text]
        yield "/".join(filter(None, (raw.get("level1"), raw.get("level2"), *names)))[:200]
