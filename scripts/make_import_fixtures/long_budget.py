"""A long budget book as PDF for the speed run: `python -m scripts.make_import_fixtures.long_budget FILE PAGES`.

Out of every five pages two are running text, two are budget tables, one is a filled form.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.make_import_fixtures.drawn import Break, Grid, Part, Row, Words
from scripts.make_import_fixtures.printed import write_pdf
from scripts.make_import_fixtures.shapes import tree
from scripts.make_import_fixtures.torn import HEAD, ROAD, WIDTHS

_SENTENCE = "本单位按照预算管理要求编制部门预算，支出按功能科目和经济科目分类列示，数据四舍五入。"


def pages(count: int) -> list[Part]:
    """The parts of a book of about so many pages."""
    parts: list[Part] = []
    for page in range(count):
        kind = page % 5
        if kind in (0, 1):
            parts.append(Words(tuple(f"{page}.{at} {_SENTENCE}" for at in range(40))))
        elif kind in (2, 3):
            parts += [Words((f"表{page} 一般公共预算支出表", "单位：万元")), Grid(_spending(page))]
        else:
            parts += [Words(("项目支出绩效目标表", "（2024年度）")), Grid(_form(page), WIDTHS)]
        parts.append(Break())
    return parts[:-1]


def _spending(page: int) -> list[Row]:
    head: Row = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    return [
        head,
        *([f"20{page:03}{at:02}", f"支出科目{at}", f"{at * 3}.50", f"{at}.20", f"{at * 2}.30"] for at in range(35)),
    ]


def _form(page: int) -> list[Row]:
    facts: Row = ["项目名称", f"第{page}号项目", "主管部门", "市财政局"]
    return [facts, HEAD, *tree(ROAD, lambda line: [line.name, line.value])]


if __name__ == "__main__":
    write_pdf(pages(int(sys.argv[2])), Path(sys.argv[1]))
