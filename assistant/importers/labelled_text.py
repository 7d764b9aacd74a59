"""Forms without a table: 【产出指标-数量指标】指标1：机柜数量（≥77台）, 数量指标：开通业务月份≥1个月."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.dialects import level1_of, level2_of
from assistant.importers.document import Text
from assistant.importers.levels import place_of
from assistant.importers.matrix import plain
from assistant.schema import Indicator, Unresolved
from assistant.values import find_values, parse_value

_TAGGED = re.compile(r"【([^】]{2,24})】([^【]*)")
_LEVEL_WORDS = (
    "数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|满意度"
)
_SAID = re.compile(
    rf"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?\s*((?:{_LEVEL_WORDS})指标)\s*[:：]\s*(.+)$", re.MULTILINE
)
_SET = re.compile(rf"^(?:设|设置|设定)[一二三四五六七八九十\d]+[条项个]?(?:(?:{_LEVEL_WORDS})指标)?[:：]")
_ITEM = re.compile(r"(?:指标\s*\d+\s*[:：])?\s*(.+?)\s*[（(]([^（）()]{1,30})[）)]\s*(?=[；;。，,、\n]|指标\s*\d|$)")
_SIGNED = re.compile(
    r"^(?P<name>[^，,≥≤=＝><≧≦]{2,40}?)[，,]?(?:年初)?(?:(?:指标|目标)值)?(?:设定)?(?:为|达到?)?"
    r"(?P<value>(?:[≥≤=＝><≧≦]|不低于|不少于|不超过|不高于|控制在)?\d[^，,；;。]*|[≥≤=＝><≧≦][^，,；;。]+)"
)
_WORDING = re.compile(r"提升|提高|改善|增强|增加|完善|稳定|良好|保持|显著|健全|达标")
_FEWEST = 3
"""Rows a text must hold to be taken for a form."""


def rows_of_text(part: Text) -> Iterator[list[Indicator | Unresolved]]:
    """The rows of a form written as text, one list a form; nothing for ordinary prose."""
    text = "\n".join(part.lines)
    tagged = [(*_split(tag), body) for tag, body in _TAGGED.findall(text) if _is_level_tag(tag)]
    said = [("", level, body) for level, body in _SAID.findall(text)] if not tagged else []
    rows = [row for one, two, body in (*tagged, *said) for row in _rows(one, two, body, part.place)]
    if sum(isinstance(row, Indicator) for row in rows) >= _FEWEST:
        yield rows


def _split(tag: str) -> tuple[str, str]:
    one, _, two = plain(tag).replace("—", "-").partition("-")
    return (one, two) if two else ("", one)


def _is_level_tag(tag: str) -> bool:
    one, two = _split(tag)
    return level2_of(two) is not None or level1_of(one) is not None


def _rows(level1: str, level2: str, body: str, place: str) -> Iterator[Indicator | Unresolved]:
    found = place_of(level1, level2)
    for piece in _pieces(body):
        name, value = piece
        raw = {"level1": level1, "level2": level2, "三级指标": name, "指标值": value, "位置": place}
        if isinstance(found, str):
            yield Unresolved(field=f"indicators[{place}]", issue=found, raw=raw)
        else:
            yield Indicator(
                level1=found[0],
                level2=found[1],
                name=name[:200],
                value=parse_value(value) if value else None,
                provenance={"place": place},
            )


def _pieces(body: str) -> Iterator[tuple[str, str]]:
    """Name and value of each item of a class's text; what was reached is no target and stays in the file."""
    for item in re.split(r"[；;。\n]|(?=指标\s*\d+\s*[:：])", body):
        text = re.sub(r"^指标\s*\d+\s*[:：]", "", _SET.sub("", plain(item))).strip("，,、")
        bracketed = _ITEM.match(text)
        signed = _SIGNED.match(text)
        if bracketed and (find_values(bracketed[2]) or _WORDING.search(bracketed[2])):
            yield bracketed[1], bracketed[2]
        elif signed:
            yield signed["name"], signed["value"]
        elif len(text) >= 2:
            yield text, ""
