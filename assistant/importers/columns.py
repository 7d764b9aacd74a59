"""What each column of an indicator table holds, read from its header row: 三级指标, 指标值, 计量单位 …

A new province's wording is one entry in `_WORDS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.importers.document import Cell
from assistant.importers.matrix import Matrix, plain

Role = Literal[
    "level1",
    "level2",
    "name",
    "value",
    "overall",
    "half",
    "sign",
    "unit",
    "weight",
    "direction",
    "explanation",
    "note",
    "project",
    "dept",
    "goal",
    "budget",
    "before",
    "last_target",
    "last_actual",
    "other",
]

_WORDS: tuple[tuple[Role, str], ...] = (
    ("level1", r"一级(绩效)?(指标|目标)?(名称)?|指标(类型|类别)|一级指标类型|目标类型"),
    ("level2", r"二级(绩效)?(指标|目标)?(名称)?"),
    ("name", r"三级(绩效)?(指标|目标)?(名称|内容)?|末级指标|指标名称|指标内容|绩效指标名称|四级指标"),
    ("before", r"(调整前|原)(指标)?值|调整前(年度)?(指标值|目标值)"),
    ("overall", r"(中期|实施期|总体|长期|项目期|实施期内)(总体)?(绩效)?(指标值|目标值|指标|目标)"),
    ("half", r"(上?半年)(\(?程\)?)?(绩效)?(指标值|目标值)"),
    ("last_target", r"(上年|上年度|前年)(绩效)?(指标值|目标值)"),
    ("last_actual", r"(上年|上年度)(实际)?(完成值|完成情况|实际值|实现值)?"),
    (
        "value",
        r"((全县|全市|全区|全省|年度|本年度|本年|全年|当年|年初|绩效|预期|计划|项目|区域)*(\(?/?程\)?|\(/项目\))?(绩效)?(指标值|目标值)(及单位)?(\(?A\)?)?)"
        r"|调整后(年度)?(指标值|目标值|值)|(年度|全年|本年度|预期)(数值|值)|当年预期实现值|预期(实现)?值|目标(值)?|指标值\(.*\)|计划值|年度指标",
    ),
    ("sign", r"(绩效)?指标性质|性质|(计算|运算|比较|数学)?符号|运算符"),
    ("unit", r"(计量|度量|绩效度量|数量)?单位"),
    ("weight", r"(指标|分值)?(权重|分值)(权重)?(\(?[\d.%分]*\)?)?|标准分(值)?"),
    ("direction", r"(指标)?方向性?|指标属性"),
    ("explanation", r"指标(值)?(解释|说明|描述|定义)|绩效指标(值)?(描述|说明)|绩效标准|指标内涵"),
    ("note", r"备注"),
    ("project", r"(二级)?项目名称|项目|单位名称[、/及]项目名称"),
    ("dept", r"(主管|预算|实施|填报)?(部门|单位)(名称)?|主管部门"),
    ("goal", r"(年度|项目年度|年度总体)?(绩效)?(总体)?目标|项目绩效目标"),
    ("budget", r"(年度)?(预算|资金)(总额|金额|数)?|金额"),
)
_PATTERNS = tuple((role, re.compile(rf"(?:{words})$")) for role, words in _WORDS)

_REMARK = re.compile(r"[(](必填|选填|万元|元|硬性|参考|若有|如有|B|C|D)[^()]*[)]|[*★:：]")


GRADES = frozenset({"优", "良", "中", "差", "好", "一般", "优秀", "良好", "较差", "合格", "不合格"})
"""Headings of the steps of a graded standard."""


@dataclass(frozen=True)
class Column:
    """One column of the header row: what it holds, its heading, its first column and the one after its last."""

    role: Role
    heading: str
    first: int
    last: int


@dataclass(frozen=True)
class Header:
    """The header of one block of indicators: the columns, and the row after the header's last."""

    columns: tuple[Column, ...]
    row: int
    body: int

    def all(self, role: Role) -> tuple[Column, ...]:
        """The columns of one role from left to right."""
        return tuple(one for one in self.columns if one.role == role)

    def first(self, role: Role) -> Column | None:
        """The first column of a role."""
        return next(iter(self.all(role)), None)

    @property
    def signature(self) -> tuple[tuple[Role, int], ...]:
        """What a repeated header row has in common with the first one."""
        return tuple((one.role, one.first) for one in self.columns)


_SIGN_CELLS = frozenset("≥ ≤ = ＝ > < ＞ ＜ ≧ ≦ ═ >= <= 定性 大于等于 小于等于 等于 大于 小于 不低于 不高于".split())


def by_content(matrix: Matrix, header: Header, end: int) -> Header:
    """The header with a column of nothing but signs taken for the sign, whatever stands above it."""
    if header.first("sign") is not None:
        return header
    columns = []
    for one in header.columns:
        texts = {plain(matrix.text(row, one.first)) for row in matrix.rows if header.body <= row < end} - {""}
        signs = one.role in ("other", "direction", "explanation") and texts and texts <= _SIGN_CELLS
        told = bool(signs) and texts != {"定性"}
        columns.append(replace(one, role="sign") if told else one)
    return replace(header, columns=tuple(columns))


def header_at(matrix: Matrix, row: int) -> Header | None:
    """The header a row is, None when it is an ordinary row: it needs a column of names and one of values or levels."""
    cells = [cell for cell in matrix.across(row) if cell.row == row]
    columns = [Column(_role(cell), plain(cell.text), cell.column, cell.column + cell.columns) for cell in cells]
    columns = _adjusted(_bare_name(_graded(matrix, row, columns)))
    roles = {one.role for one in columns}
    named = "name" in roles or {"level1", "level2"} <= roles
    valued = roles & {"value", "overall", "half"}
    if not named or not (valued or {"level1", "level2", "name"} <= roles) or len(columns) < 2:
        return None
    depth = max(cell.rows for cell in cells if _role(cell) in ("name", "value", "level1", "level2", "overall"))
    columns = _with_sides(matrix, row, _second_class(_name_of_content(columns)))
    columns, extra = _with_subheads(matrix, row, columns)
    return Header(tuple(columns), row, row + max(depth, 1 + extra))


def _role(cell: Cell) -> Role:
    text = _REMARK.sub("", unicodedata.normalize("NFKC", plain(cell.text)))
    if len(text) > 20:
        return "other"
    return next((role for role, pattern in _PATTERNS if pattern.match(text)), "other")


def _name_of_content(columns: Sequence[Column]) -> list[Column]:
    """三级指标 beside 指标内容: the name is the more exact of them; 目标 is a value only when it is the one column."""
    named = [one for one in columns if one.role == "name"]
    exact = [one for one in named if one.heading.startswith("三级")]
    values = [one for one in columns if one.role == "value"]
    bare = [one for one in values if one.heading in ("目标", "年度指标")]
    goals = any(one.role == "project" for one in columns)
    made = []
    for one in columns:
        if one in named and len(named) > 1 and exact and one not in exact and len(exact) == 1:
            made.append(Column("explanation", one.heading, one.first, one.last))
        elif one in bare and (len(values) > len(bare) or goals):
            made.append(Column("goal" if goals else "other", one.heading, one.first, one.last))
        else:
            made.append(one)
    return made


def _graded(matrix: Matrix, row: int, columns: list[Column]) -> list[Column]:
    """评价标准 over 优 | 良 | 中 | 差 (河北): the four columns together are the value."""
    for one in columns:
        below = [cell for cell in matrix.between(row + 1, one.first, one.last) if cell.row == row + 1]
        if len(below) > 2 and {plain(cell.text) for cell in below} <= GRADES:
            return [
                Column("value", other.heading, other.first, other.last) if other is one else other for other in columns
            ]
    return columns


def _bare_name(columns: list[Column]) -> list[Column]:
    """绩效指标 between the levels and the value is the name where no column says so more clearly."""
    roles = {one.role for one in columns}
    if "name" in roles or not {"level1", "level2"} <= roles:
        return columns
    bare = next((one for one in columns if one.heading in ("绩效指标", "指标", "具体指标")), None)
    return [Column("name", one.heading, one.first, one.last) if one is bare else one for one in columns]


def _adjusted(columns: list[Column]) -> list[Column]:
    """指标值 | 调整后指标值: the first is what stood before."""
    if not any(one.role == "value" and one.heading.startswith("调整后") for one in columns):
        return columns
    return [
        Column("before", one.heading, one.first, one.last)
        if one.role == "value" and not one.heading.startswith("调整后")
        else one
        for one in columns
    ]


def _second_class(columns: list[Column]) -> list[Column]:
    """指标类别 | 指标类型: of two columns of classes the second holds the second level."""
    classes = [one for one in columns if one.role == "level1"]
    if len(classes) != 2 or any(one.role == "level2" for one in columns):
        return columns
    second = classes[1]
    return [Column("level2", one.heading, one.first, one.last) if one is second else one for one in columns]


def _with_sides(matrix: Matrix, row: int, columns: list[Column]) -> list[Column]:
    """中期 and 年度 side by side (安徽, 武汉): the value column of the side that is not the year's is `overall`."""
    values = [one for one in columns if one.role == "value"]
    names = [one for one in columns if one.role == "name"]
    if len(values) < 2 or (len(names) < 2 and not _said_above(matrix, row, values)):
        return columns
    if len(names) > 1:
        starts = [0, *(one.last for one in values[:-1])]
        sides = [_side(matrix, row, start) for start in starts]
        sides = sides if set(sides) == {"中期", "年度"} else ["中期", "年度"][: len(sides)]
    else:
        sides = [_side(matrix, row, one.first) for one in values]
    others = [one for one, side in zip(values, sides, strict=False) if side == "中期"]
    return [Column("overall", one.heading, one.first, one.last) if one in others else one for one in columns]


def _said_above(matrix: Matrix, row: int, values: Sequence[Column]) -> bool:
    return any(_side(matrix, row, one.first) for one in values)


def _side(matrix: Matrix, row: int, column: int) -> str:
    """Which term the heading at a column, or a cell up to four rows above it that is not the whole row, names."""
    for above in range(row, max(row - 5, -1), -1):
        cells = [one for one in matrix.across(above) if one.row <= above and one.column >= column]
        cell = cells[0] if above < row and cells and column == 0 and len(cells) > 2 else matrix.at(above, column)
        text = plain(cell.text) if cell is not None else ""
        if cell is None or len(text) > 30 or (above < row and cell.columns > matrix.width * 0.8):
            continue
        if re.search(r"中期|实施期|总体|长期|项目期", text) and "年度总体" not in text:
            return "中期"
        if re.search(r"年度|全年|当年|本年", text):
            return "年度"
    return ""


def _with_subheads(matrix: Matrix, row: int, columns: list[Column]) -> tuple[list[Column], int]:
    """A value column that is divided below its heading: 符号｜值｜单位, 半年｜全年, or one column a region."""
    made, extra = [], 0
    for one in columns:
        below = [cell for cell in matrix.between(row + 1, one.first, one.last) if cell.row == row + 1]
        divided = one.last - one.first > 1 and len(below) > 1 and one.role in ("value", "overall", "other")
        if not divided or not _all_headings(matrix, row + 1, below):
            made.append(one)
            continue
        extra = 1
        roles = [_role(cell) for cell in below]
        pieces = bool({"sign", "unit"} & set(roles))  # 符号 | 数值 | 计量单位: the column left holds the number
        regions = set(roles) == {"other"}
        for cell, role in zip(below, roles, strict=True):
            number = pieces and role == "other" and "value" not in roles
            known: Role = one.role if regions or number else role
            made.append(Column(known, plain(cell.text), cell.column, cell.column + cell.columns))
    return made, extra


def _all_headings(matrix: Matrix, row: int, below: Sequence[Cell]) -> bool:
    """Whether a row only divides the heading above: the other columns hold nothing new there, and no figures stand."""
    others = [cell for cell in matrix.across(row) if cell.row == row and cell not in below]
    if any(re.search(r"\d", cell.text) and not re.search(r"[月年期]", cell.text) for cell in below):
        return False
    return not others or all(_role(cell) != "other" for cell in others)
