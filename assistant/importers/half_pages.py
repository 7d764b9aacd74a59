"""Plain text of a form that was cut down the middle: labels and names on the left half, all values on the right.

Such text comes from two-column public forms recognised half by half. A left half runs from its title to the last
三级指标; the right half, where there is one, follows with header values and a list under 指标值.
What order and kind do not settle stays under `unresolved`; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from assistant.dialects import level1_of, level2_of, parents
from assistant.errors import BadTable, UnreadableFile
from assistant.importers.levels import is_level
from assistant.importers.runs import Pairing, pair_in_order
from assistant.schema import (
    LEVEL2,
    Funds,
    Goal,
    Goals,
    Indicator,
    Level2,
    PastTable,
    PerformanceTable,
    Period,
    Project,
    Unresolved,
    chinese_problems,
)
from assistant.values import parse_value
from assistant.values.characters import TAG

_TITLE = re.compile("绩效目标(?:申报|公开)?表")
_NUMBERED = re.compile(r"^指标\s*\d*\s*[:：]\s*(?P<name>.*)$")
_DOTS = re.compile(r"^[.…·。]{3,}$")
_GOAL_LABEL = re.compile(r"^年度(?:总体)?绩效目标(?:[(（]含?[^()（）\s]{0,6}[)）]?)?\s*")
_TORN_LABEL = re.compile("^(?:本级)?[)）]\\s*")
_YEAR = re.compile("(20[0-9]{2})年(?P<region>[\u4e00-\u9fff]{2,8}?)(?:部门|项目)")
_LABELS = (
    "项目名称",
    "主管部门",
    "实施单位",
    "项目属性",
    "项目期",
    "项目资金",
    "年度资金总额",
    "其中",
    "其他资金",
    "绩效目标",
)
_LONG_TEXT = 20
_SURE, _LESS_SURE, _SCRAMBLED, _TORN = 0.97, 0.9, 0.6, 0.3


@dataclass
class _Row:
    level2: Level2
    name: str
    written: str
    line: int


@dataclass
class _Half:
    """One left half, and the right half that follows it."""

    title: str
    header: dict[str, str] = field(default_factory=dict)
    goal: str = ""
    rows: list[_Row] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)
    two_column: bool = False
    right_header: list[str] = field(default_factory=list)
    values: list[tuple[int, str]] = field(default_factory=list)
    has_right: bool = False


def read_text(text: str, path: Path) -> list[PastTable]:
    """The tables of a text; raises `UnreadableFile` when no 三级指标 column is found."""
    halves = _halves([[cell.strip() for cell in line.split("\t")] for line in text.splitlines()])
    if not any(half.rows for half in halves):
        raise UnreadableFile(path, "文本里没有找到绩效目标表（要有“三级指标”和“指标1：”这样的行）")
    past = []
    for number, half in enumerate(halves, start=1):
        try:
            table = _table(half, f"{path.stem}-{number}") if half.rows else None
        except ValidationError as problem:
            raise BadTable(f"{path} 第 {number} 张表", chinese_problems(problem)) from problem
        if table is not None:
            past.append(PastTable(id=table.table_id, table=table))
    return past


def is_torn(text: str) -> bool:
    """Tell whether a text is such a form: numbered names under 三级指标, and no column of values beside them."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines()]
    beside = any("三级指标" in cells and any("值" in cell for cell in cells) for cells in lines)
    return not beside and any(half.rows for half in _halves(lines))


def _halves(lines: list[list[str]]) -> list[_Half]:
    """Walk through the lines once; each belongs to the header, the rows, the right header or the values of a half."""
    found: list[_Half] = []
    part = ""
    level: Level2 | None = None
    for number, cells in enumerate(lines, start=1):
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) == 1 and _TITLE.search(filled[0]) and (part != "rows" or not found[-1].right_header):
            found.append(_Half(filled[0]))
            part, level = "header", None
        elif not found:
            continue
        elif "三级指标" in filled:
            part = "rows"
        elif filled == ["指标值"]:
            part, found[-1].has_right = "values", True
        elif part == "header":
            _read_header(found[-1], filled)
        elif part == "rows":
            level = _read_row(found[-1], filled, number, level)
        elif part == "values":
            found[-1].values += [(number, cell) for cell in filled]
    return found


def _read_header(half: _Half, cells: list[str]) -> None:
    half.two_column = half.two_column or any("含本级和市县" in cell for cell in cells)
    for at, cell in enumerate(cells):
        label = next((one for one in _LABELS if cell.startswith(one)), None)
        following = cells[at + 1] if at + 1 < len(cells) else ""
        if label and following and not any(following.startswith(one) for one in _LABELS):
            half.header[label] = following
    goal = _GOAL_LABEL.match(cells[-1])
    if goal:
        half.goal = cells[-1][goal.end() :]


def _read_row(half: _Half, cells: list[str], number: int, level: Level2 | None) -> Level2 | None:
    """One line under 三级指标: fragments of a level, then perhaps a numbered name; or the header of the right half."""
    names = [cell for cell in cells if _NUMBERED.match(cell)]
    fragments = [cell for cell in cells if not _NUMBERED.match(cell)]
    for fragment in fragments:
        level = _level(fragment) or level
    if not names:
        known = all(_DOTS.match(one) or is_level(one) or _piece_of_level(one) for one in fragments)
        if (half.rows and not known) or half.right_header:
            half.right_header.append(TAG.sub("", fragments[-1]))
        return level
    for written in names:
        match = _NUMBERED.match(written)
        name = re.sub(r"\s+", "", match["name"]) if match else ""
        if name and level:
            half.rows.append(_Row(level, name, written, number))
        else:
            half.placeholders.append("/".join(filter(None, (*(parents(level)[:1] if level else ()), level, written))))
    return level


def _level(text: str) -> Level2 | None:
    """The second level a cell names, whole or by a beginning only one level has (可持续, 服务对)."""
    plain = re.sub(r"\s+", "", text)
    if level1_of(plain) and not level2_of(plain):
        return None
    exact = level2_of(plain)
    if exact and plain != "满意度":
        return exact
    starting = [one for one in LEVEL2 if one.startswith(plain)] if len(plain) >= len("服务对") else []
    return starting[0] if len(starting) == 1 else None


def _piece_of_level(text: str) -> bool:
    """A torn piece of a level's name (影响指, 标, 象), or a single stray character."""
    plain = re.sub(r"\s+", "", text)
    return (len(plain) == 1 and not plain.isdigit()) or any(plain in one for one in LEVEL2)


def _table(half: _Half, table_id: str) -> PerformanceTable:
    title = half.title
    year = _YEAR.search(title)
    header = [_TORN_LABEL.sub("", text).strip() for text in half.right_header]
    sample = next((text for text in header if "表样" in text), None)
    if sample and "表样" not in title:
        title = re.sub(r"[(（]公开[)）]?$", "", title) + "（公开表样）"
    header = [text for text in header if "表样" not in text]
    unresolved: list[Unresolved] = []
    pairing = pair_in_order([row.name for row in half.rows], [text for _, text in half.values])
    indicators = tuple(_indicators(half, pairing, unresolved))
    return PerformanceTable(
        table_id=table_id,
        form_kind="公开表",
        form_generation="2015",
        form_dialect="ningxia_public_2col" if half.two_column else "central_2015",
        fiscal_year=int(year[1]) if year else None,
        region=year["region"] if year else None,
        title=title,
        project=_project(half, header, unresolved),
        funds=_funds(half, header, unresolved),
        goals=Goals(annual=_goal(half, header, unresolved)),
        indicators=indicators,
        empty_template_rows=tuple(half.placeholders),
        unresolved=tuple(unresolved),
    )


def _indicators(half: _Half, pairing: Pairing, unresolved: list[Unresolved]) -> Iterable[Indicator]:
    even = len(half.rows) == len(half.values)
    for position, row in enumerate(half.rows):
        value = pairing.settled(position)
        lines = [half.values[one][0] for one in pairing.possible[position]]
        sure = (_SURE if even else _LESS_SURE) if value is not None else None
        row_id = f"r{position + 1}"
        if value is None and half.values:
            options = tuple(dict.fromkeys(pairing.values[one] for one in pairing.possible[position]))
            issue = "名称和值分在两处，值不能确定"
            unresolved.append(Unresolved(field=f"indicators[{row_id}].value", issue=issue, options=options))
        yield Indicator(
            id=row_id,
            level1=parents(row.level2)[0],
            level2=row.level2,
            name=row.name[:200],
            raw_name=row.written,
            value=parse_value(value) if value else None,
            provenance={"name_line": row.line, "value_lines": lines, "alignment_confidence": sure},
        )
    if not half.has_right:
        unresolved.append(Unresolved(field="values", issue=f"{len(half.rows)} 个名称没有一个值，右半页缺失"))
    elif pairing.surplus:
        issue = f"{len(half.rows)} 个名称对 {len(half.values)} 个值，{pairing.surplus} 个值没有归属"
        unresolved.append(Unresolved(field="values", issue=issue, surplus_max=pairing.surplus))


def _project(half: _Half, header: list[str], unresolved: list[Unresolved]) -> Project:
    texts = [text for text in header if len(text) < _LONG_TEXT and not re.fullmatch(r"[\d.,]+", text)]
    period = next(
        (text for text in texts if re.search(r"年|期|长期", text) and len(text) <= len("2022年1月-2022年12月31")), None
    )
    unit = half.header.get("实施单位") or next((text for text in texts if text != period), None)
    if not half.has_right:
        unresolved += [Unresolved(field=one, issue="右半页缺失") for one in ("project.unit", "project.period")]
    return Project(
        name=half.header.get("项目名称"),
        category=half.header.get("项目属性"),
        dept=half.header.get("主管部门"),
        unit=unit,
        period=Period(text=period),
    )


def _funds(half: _Half, header: list[str], unresolved: list[Unresolved]) -> tuple[Funds, ...]:
    numbers = [Decimal(text.replace(",", "")) for text in header if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text)]
    total, fiscal, other = (*numbers[:3], None, None, None)[:3]
    if not half.has_right:
        unresolved.append(Unresolved(field="funds.*", issue="右半页缺失，资金栏没有读到"))
    elif other is None:
        unresolved.append(Unresolved(field="funds[本级].other", issue="没有读到：空白或漏识别，不能当作 0"))
    blocks = [Funds(total=total, fiscal=fiscal, other=other, alignment_confidence=_SURE if numbers else None)]
    if half.two_column:
        blocks.append(Funds(scope="本级和市县"))
        if half.has_right:
            unresolved.append(Unresolved(field="funds[本级和市县].*", issue="左栏没有读到金额：空白或落在切线上"))
    return tuple(blocks)


def _goal(half: _Half, header: list[str], unresolved: list[Unresolved]) -> Goal:
    right = max((text for text in header if len(text) >= _LONG_TEXT), key=len, default="")
    unresolved.append(Unresolved(field="goals.overall.text", issue="没有读到文字：空白或漏识别"))
    if not half.goal and not right:
        unresolved.append(Unresolved(field="goals.annual.text", issue="没有读到"))
        return Goal()
    issue = "页面从中间切开，文字分在两半，语序不能还原" if right else "右半页缺失，只有残句"
    unresolved.append(Unresolved(field="goals.annual.text", issue=issue, raw={"left": half.goal, "right": right}))
    text = f"〔左半页〕{half.goal}〔右半页〕{right}" if right else half.goal
    return Goal(text=text, reconstructed=True, confidence=_SCRAMBLED if right else _TORN)
