"""The labels of the form's head and what stands beside them: names, money, goals, wherever a form puts them.

A new wording is one entry in `_LABELS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.importers.columns import header_at
from assistant.importers.document import Cell
from assistant.importers.matrix import Matrix, plain

Label = Literal[
    "name",
    "parent_name",
    "code",
    "dept",
    "unit",
    "attribute",
    "category",
    "period",
    "start",
    "end",
    "basis",
    "overview",
    "year",
    "money_unit",
    "contact",
    "total",
    "fiscal",
    "carryover",
    "special_account",
    "unit_fund",
    "other",
    "annual",
    "overall",
    "actual",
    "side",
]
"""`actual`: what was reached, beside what was aimed at. `side`: a heading over several labels (项目资金, 绩效目标),
without a value of its own."""

MONEY: tuple[Label, ...] = ("total", "fiscal", "carryover", "special_account", "unit_fund", "other")

_LABELS: tuple[tuple[Label, str], ...] = (
    ("parent_name", r"一级项目名称"),
    ("name", r"(?!名称)(预算|申报|二级|具体|转移支付)*(项目|专项)?(\(政策\))?名称"),
    ("code", r"项目(编码|代码|编号)"),
    ("dept", r"(项目|地方|省级)?(业务|预算)?主管(预算)?(部门|单位)(及[代编]码|名称)?|预算部门|部门(名称)?"),
    (
        "unit",
        r"(项目)?(实施|填报|执行|承担|申报|预算|建设|资金使用|用款)(单位)(及[代编]码|名称)?|单位名称|项目单位",
    ),
    ("attribute", r"项目(属性|性质)"),
    ("category", r"项目(类别|类型|分类)|支出类别"),
    ("start", r"(计划)?开始(日期|时间)"),
    ("end", r"(计划)?(完成|结束)(日期|时间)"),
    (
        "period",
        r"(项目)?(实施)?(项目期|期限|周期|年限)|项目期限|项目(起止|实施)(时间|年限|期|日期|期限)|实施期限|起止(时间|年限)|建设周期|项目实施期(限)?",
    ),
    ("basis", r"(项目)?(立项|政策)依据"),
    ("overview", r"(项目)?(概况|概述|主要内容)|项目内容"),
    ("year", r"(预算|财政)年度|年度"),
    ("money_unit", r"(金额)?单位"),
    ("contact", r"(项目)?(负责人|联系人|填表人|填报人)|联系电话|电话"),
    (
        "total",
        r"(申请|年度|本年度|当年|全年|中期|实施期|项目|总)*(预算)?(资金)(申请)?(总额|总计|合计)|"
        r"(年度|当年|项目当年|项目|全年|年初|本年|总)*预算(金额|总额|数|资金)?(总额)?|资金总量|申请资金(总额)?|项目总(投资|资金|额)|预算资金|年度金额|总额|合计|资金规模|预算安排(资金|金额)?|安排资金",
    ),
    (
        "fiscal",
        r"(其中:?)?(当年|本年|年度|中央|市级|省级|县级|区级|市|中央|上级)*(财政)(拨款|资金|性资金|补助|预算资金)|(其中:?)?政府预算资金|(其中:?)?一般公共预算(拨款|资金|财政拨款)?",
    ),
    ("carryover", r"(其中:?)?上年(度)?(财政)?(结转|结余)(结余)?(资金)?"),
    ("special_account", r"(其中:?)?财政专户(管理)?资金"),
    ("unit_fund", r"(其中:?)?单位(自有)?资金"),
    ("other", r"(其中:?)?(其他|其它|自筹|配套)(资金|来源)"),
    (
        "overall",
        r"(中期|实施期|长期|中长期|项目期|项目总|总)(总体)?(绩效)?(总体)?目标|总体绩效目标|项目绩效总目标",
    ),
    ("annual", r"(本|项目)?(年度|当年|全年|本年|年初)(设定|总体|预期)?(绩效)?(总体)?目标|预期目标"),
    (
        "actual",
        r"\d{1,2}[-—~至]\d{1,2}月.{0,4}(执行|完成|支出)(数|情况)?|(全年|年度)?(目标)?(全年|实际)*(完成|实现)(情况|目标)?|(全年)?执行数",
    ),
    (
        "side",
        r"(项目)?(年度|预算)?资金(情况|来源|构成)?|(项目)?(预算|资金)(执行|投入|使用|安排)情况|项目预算资金|绩效目标|总体目标|(项目)?(年度)?绩效指标|资金用途",
    ),
)
_PATTERNS = tuple((label, re.compile(rf"(?:{words})$")) for label, words in _LABELS)

_INLINE = re.compile(r"^([^:：]{2,14})[:：]\s*(.+)$", re.DOTALL)
_MONEY_UNIT = re.compile(r"单\s*位\s*[:：]\s*(万元|元)(?![\u4e00-\u9fff])")
_BRACKETS = re.compile(r"\([^()]*\)")
_COLUMN_HEADING = re.compile(r"^\D*$|(数|额|率|情况|来源)$")
_AMOUNT_SAID = re.compile(r"^(\D{2,14}?)\s*([\d,，.]+\s*(?:万元|亿元|元))")
_FIGURE = re.compile(r"^\s*-?[\d,，]+(\.\d+)?\s*(万?元|万)?\s*$")
_SPLIT = re.compile(r"[\t　]+| {2,}")


@dataclass(frozen=True)
class Labelled:
    """A label, its own words, and what stands beside or under it (empty = the cell is there and blank)."""

    label: Label
    words: str
    text: str
    row: int
    column: int


def label_of(text: str) -> Label | None:
    """Which label a cell is, None when it is content."""
    words = unicodedata.normalize("NFKC", plain(text)).strip(":*★·-—")
    while _BRACKETS.search(words):  # brackets stand in brackets: （上年结转+年初预算（不含收回））
        words = _BRACKETS.sub("", words)
    words = re.sub(r"^([一二三四五六七八九十]+[、.]|\d+[.、])", "", words).strip(":")
    words = re.sub(r"(?<=目标)\d$", "", words)
    if not 2 <= len(words) <= 16:
        return None
    return next((label for label, pattern in _PATTERNS if pattern.match(words)), None)


def labelled_cells(matrix: Matrix, rows: Sequence[int]) -> Iterator[Labelled]:
    """The labels of some rows with their contents; 年度目标 may have its text below, money its amount."""
    for row in rows:
        cells = [cell for cell in matrix.across(row) if cell.row == row]
        for cell in cells:
            label = label_of(cell.text)
            if label is None:
                for piece in _SPLIT.split(cell.text.strip()):
                    yield from _inline(piece, row, cell.column)
                continue
            beside = _beside(matrix, cell)
            headed = beside is not None and label_of(beside.text) in ("annual", "overall")
            if headed and label in ("annual", "overall", "side") and cell.rows > 1:
                continue  # 总体目标 at the side of 实施期目标 | 年度目标
            if beside is None or (label_of(beside.text) is not None and label in ("annual", "overall", "side", *MONEY)):
                headed = beside is not None and label_of(beside.text) in MONEY
                beside = _below(matrix, cell, label)
                if beside is None and headed and label in MONEY:
                    label = "side"  # 年度预算（万元） at the side of 资金总额 | 财政拨款
            elif label in MONEY and beside.text.strip() and _COLUMN_HEADING.search(plain(beside.text)):
                continue  # the heading of a column of amounts: 预算金额 beside 收入来源
            elif label_of(beside.text) is not None:
                beside = None
            if label == "side" and beside is not None and _FIGURE.match(beside.text) and "资金" in plain(cell.text):
                label = "total"
            if label == "side" and (beside is None or not _is_goal_heading(cell)):
                yield Labelled("side", plain(cell.text), "", row, cell.column)
                continue
            text = beside.text.strip() if beside is not None else ""
            if label in ("annual", "overall", "side") and cell.rows > 1 and beside is not None:
                text = _all_beside(matrix, cell, beside)
            yield Labelled("annual" if label == "side" else label, plain(cell.text), text, row, cell.column)


def labelled_lines(lines: Iterable[str]) -> Iterator[Labelled]:
    """The labels of running text: 填报单位：…　　单位：万元, or a label and its content held apart by blanks."""
    for line in lines:
        pieces = [piece for piece in _SPLIT.split(line.strip()) if piece]
        for at, piece in enumerate(pieces):
            label = label_of(piece)
            following = pieces[at + 1] if at + 1 < len(pieces) else ""
            if label not in (None, "side") and following and label_of(following) is None:
                yield Labelled(label, plain(piece), following, -1, 0)
                continue
            for found in _inline(piece, -1, 0):
                named = found.label in ("name", "dept", "unit", *MONEY)
                yield replace(found, text=re.split(r"[。；;]", found.text)[0]) if named else found


def _inline(text: str, row: int, column: int) -> Iterator[Labelled]:
    money = _MONEY_UNIT.search(text)
    if money and len(text) < 40:
        yield Labelled("money_unit", "金额单位", money[1], row, column)
        return
    said = re.sub(r"^其中[:：]", "", text.strip())
    match = _INLINE.match(said)
    label = label_of(match[1]) if match else None
    if match is None or label is None:
        match = _AMOUNT_SAID.match(said)
        label = label_of(match[1]) if match else None
        label = label if label in MONEY else None
    if match and label is not None and label != "side":
        content = match[2].strip()
        if label == "money_unit" and not re.fullmatch(r"人民币?(万元|元)|(万元|元)", plain(content)):
            label = "unit"  # 单位：某县水利局
        yield Labelled(label, plain(match[1]), content, row, column)


def _is_goal_heading(cell: Cell) -> bool:
    return "目标" in plain(cell.text) and "指标" not in plain(cell.text)


def _beside(matrix: Matrix, cell: Cell) -> Cell | None:
    """The cell right of a label, blank ones too; None at the end of the row."""
    return matrix.at(cell.row, cell.column + cell.columns)


def _all_beside(matrix: Matrix, label: Cell, first: Cell) -> str:
    """The texts right of a tall label, one goal a row, as one text."""
    rows = range(label.row, label.row + label.rows)
    cells = dict.fromkeys(one for row in rows if (one := matrix.at(row, first.column)) is not None)
    return "\n".join(one.text.strip() for one in cells if one.text.strip() and label_of(one.text) is None)


def _below(matrix: Matrix, cell: Cell, label: Label) -> Cell | None:
    """The cell under a label, when it is content of its kind."""
    under = matrix.at(cell.row + cell.rows, cell.column)
    if under is None or label_of(under.text) is not None or not under.text.strip():
        return None
    if header_at(matrix, under.row) is not None:
        return None
    return under if (_FIGURE.match(under.text) is not None) == (label in MONEY) else None
