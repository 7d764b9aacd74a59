"""A second hand: the common families again as other offices draw them, and more tables that hold no targets."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import PLACES, Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, tree

ELDERLY = [
    Line("数量", "发放高龄津贴人数", "≥", "3860", "人"),
    Line("数量", "新增养老床位", "≥", "120", "张"),
    Line("质量", "津贴发放准确率", "=", "100", "%"),
    Line("时效", "津贴按月发放率", "≥", "98", "%"),
    Line("成本", "津贴发放标准", "", "100", "元/人·月"),
    Line("社会", "老年人生活质量", "", "有所提高", ""),
    Line("持续", "养老服务体系", "", "逐步完善", ""),
    Line("满意", "老年人及家属满意度", "≥", "90", "%"),
]
FACTS = {"project_name": "高龄津贴及养老服务", "dept": "县民政局", "unit": "县民政局", "year": 2024}
TITLE = Words(("项目支出绩效目标表", "（2024年度）"))


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _blank_instead_of_merged()
    yield _numbered_rows()
    yield _both_levels_in_one_cell()
    yield _pieces_under_a_heading()
    yield _nested_tables()
    yield _spaced_labels()
    yield _spacer_columns()
    yield _columns_of_spaces()
    yield _old_encoding()
    yield _goals_in_rows()
    yield _header_far_down()
    yield _list_of_projects()
    yield _results()


def _facts(width: int) -> list[Row]:
    rest = width - 3
    return [
        ["项目名称", C("高龄津贴及养老服务", cols=width - 1)],
        ["主管部门", "县民政局", "实施单位", C("县民政局", cols=rest)],
    ]


def _bare(lines: list[Line]) -> list[Row]:
    """Levels written once, blank cells below instead of merged ones."""
    rows: list[Row] = []
    first = second = ""
    for line in lines:
        level1, level2 = PLACES[line.place]
        rows.append(["" if level1 == first else level1, "" if level2 == second else level2, line.name, line.value])
        first, second = level1, level2
    return rows


def _blank_instead_of_merged() -> Fixture:
    rows = [*_facts(4), ["一级指标", "二级指标", "三级指标", "指标值"], *_bare(ELDERLY)]
    return Fixture("01", "blank_below_levels", "xlsx docx html pdf", [TITLE, Grid(rows)], (Expected(FACTS, ELDERLY),))


def _numbered_rows() -> Fixture:
    """A running number first, another word for the name and for the value, notes inside the table."""
    rows: list[Row] = [
        [C("项目支出绩效目标表（2024年度）", cols=7)],
        [C("项目名称：高龄津贴及养老服务", cols=4), C("主管部门：县民政局", cols=3)],
        ["序号", "一级指标", "二级指标", "指标内容", "目标值", "单位", "备注"],
    ]
    for at, line in enumerate(ELDERLY, start=1):
        level1, level2 = PLACES[line.place]
        rows.append([str(at), level1, level2, line.name, f"{line.sign}{line.number}", line.unit, ""])
    rows.append([C("说明：1.目标值应可衡量；2.满意度指标不适用的可不填。", cols=7)])
    header = {name: FACTS[name] for name in ("project_name", "dept", "year")}
    return Fixture("01", "numbered_rows", "xlsx docx html", [Grid(rows)], (Expected(header, ELDERLY),))


def _both_levels_in_one_cell() -> Fixture:
    rows: list[Row] = [*_facts(4), ["指标类别", C("指标名称", cols=2), "指标值"]]
    for line in ELDERLY:
        level1, level2 = PLACES[line.place]
        rows.append([f"{level1}-{level2}", C(line.name, cols=2), line.value])
    return Fixture("05", "both_levels_in_one_cell", "xlsx html", [TITLE, Grid(rows)], (Expected(FACTS, ELDERLY),))


def _pieces_under_a_heading() -> Fixture:
    head: list[Row] = [
        [C("一级指标", rows=2), C("二级指标", rows=2), C("三级指标", rows=2), C("年度指标值", cols=3)],
        ["符号", "数值", "计量单位"],
    ]
    rows = [*_facts(6), *head, *tree(ELDERLY, lambda line: [line.name, line.sign, line.number, line.unit])]
    return Fixture("04", "pieces_under_a_heading", "docx html pdf", [TITLE, Grid(rows)], (Expected(FACTS, ELDERLY),))


def _nested_tables() -> Fixture:
    """A web page whose layout is made of tables, the form inside a cell of them."""
    rows = []
    for _, group in groupby(ELDERLY, key=lambda line: PLACES[line.place][0]):
        few = list(group)
        for at, line in enumerate(few):
            level1, level2 = PLACES[line.place]
            lead = f'<td rowspan="{len(few)}"><p>{level1}</p></td>' if not at else ""
            rows.append(
                f"<tr>{lead}<td><span>{level2}</span></td><td>{line.name}</td><td>{escape(line.value)}</td></tr>"
            )
    written = f"""<html><head><meta charset="utf-8"><style>td{{border:1px solid}}</style></head><body>
<table width="100%"><tr><td>网站导航</td><td>首页</td></tr><tr><td colspan="2">
<table class="form"><tbody><tr><td>项目名称</td><td colspan="3">高龄津贴及养老服务</td></tr>
<tr><td>主管部门</td><td>县民政局</td><td>实施单位</td><td>县民政局</td></tr>
<tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>指标值</th></tr>
{"".join(rows)}</tbody></table></td></tr><tr><td>版权所有</td><td>联系我们</td></tr></table>
<script>var a = "产出指标";</script></body></html>
"""
    header = {name: FACTS[name] for name in ("project_name", "dept", "unit")}
    return Fixture("01", "form_in_a_layout_table", "html", (), (Expected(header, ELDERLY),), texts={"html": written})


def _spaced_labels() -> Fixture:
    """Wide-spaced labels, full-width colons, the money unit said once above the table, money in 元."""
    rows: list[Row] = [
        ["项 目 名 称：", C("高龄津贴及养老服务", cols=3)],
        ["主管部门（单位）：", "县民政局", "项目实施单位：", "县民政局"],
        ["年度资金总额：", "4,632,000.00", "其中：财政拨款：", "4,632,000.00"],
        ["一 级 指 标", "二 级 指 标", "三 级 指 标", "指 标 值"],
        *tree(ELDERLY, lambda line: [line.name, line.value]),
    ]
    header = FACTS | {"total": 4632000, "fiscal": 4632000, "money_unit": "元"}
    parts = [Words(("项目支出绩效目标表", "2024年度                      金额单位：元")), Grid(rows)]
    return Fixture("01", "spaced_labels", "xlsx docx pdf", parts, (Expected(header, ELDERLY),))


def _spacer_columns() -> Fixture:
    """Everything merged over two or three columns, as when a form is drawn on a fine grid."""

    def fine(row: Row) -> Row:
        cells = [one if isinstance(one, C) else C(one) for one in row]
        return [C(one.text, cols=one.cols * 3, rows=one.rows) for one in cells]

    rows = [
        *_facts(4),
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *tree(ELDERLY, lambda line: [line.name, line.value]),
    ]
    grid = Grid([fine(row) for row in rows])
    return Fixture("01", "drawn_on_a_fine_grid", "xlsx docx html", [TITLE, grid], (Expected(FACTS, ELDERLY),))


def _columns_of_spaces() -> Fixture:
    """Copied from a PDF: columns are kept apart by spaces only."""
    rows = [f"{PLACES[line.place][0]}  {PLACES[line.place][1]}  {line.name}  {line.value}" for line in ELDERLY]
    lines = [
        "项目支出绩效目标表",
        "（2024年度）",
        "项目名称  高龄津贴及养老服务",
        "主管部门  县民政局    实施单位  县民政局",
    ]
    written = "\n".join([*lines, "一级指标  二级指标  三级指标  指标值", *rows]) + "\n"
    return Fixture("b11", "columns_of_spaces", "txt", (), (Expected(FACTS, ELDERLY),), "torn", texts={"txt": written})


def _old_encoding() -> Fixture:
    rows = [
        *_facts(4),
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *tree(ELDERLY, lambda line: [line.name, line.value]),
    ]
    tables = (Expected(FACTS, ELDERLY),)
    return Fixture("01", "gbk_page", "html", [TITLE, Grid(rows)], tables, encoding="gb18030")


def _goals_in_rows() -> Fixture:
    """The goals stand in numbered rows; words of the header appear inside the texts."""
    goals = ["按时足额发放高龄津贴，指标值按上年人数测算。", "新增养老床位，改善服务设施，绩效目标可考核。"]
    rows: list[Row] = [
        *_facts(4),
        [C("年度绩效目标", rows=2), C(f"目标1：{goals[0]}", cols=3)],
        [C(f"目标2：{goals[1]}", cols=3)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *tree(ELDERLY, lambda line: [line.name, line.value]),
    ]
    whole = f"目标1：{goals[0]}\n目标2：{goals[1]}"
    tables = (Expected(FACTS | {"goal": whole}, ELDERLY),)
    return Fixture("21", "goals_in_rows", "xlsx docx html", [TITLE, Grid(rows)], tables)


def _header_far_down() -> Fixture:
    """A request of several pages in one sheet: reasons, staff, a budget in detail, then the indicators at the end."""
    detail: list[Row] = [[f"{at}.支出明细{at}", f"{at}.50", "按标准测算", ""] for at in range(1, 21)]
    rows: list[Row] = [
        *_facts(4),
        across("立项依据", "依据有关文件规定设立。", 4),
        across("实施计划", "1月至12月按月发放；数量指标、质量指标见后。", 4),
        ["支出明细项目", "金额（万元）", "测算依据", "备注"],
        *detail,
        ["合计", "463.20", "", ""],
        across("年度总体目标", "按时足额发放高龄津贴。", 4),
        ["一级指标", "二级指标", "指标名称", "目标值"],
        *tree(ELDERLY, lambda line: [line.name, line.value]),
        across("财政部门审核意见", "同意安排。", 4),
    ]
    header = FACTS | {"goal": "按时足额发放高龄津贴。", "total": [463.2, None], "money_unit": ["万元", None]}
    return Fixture(
        "08", "indicators_at_the_end", "xlsx docx office.pdf", [TITLE, Grid(rows)], (Expected(header, ELDERLY),)
    )


def _list_of_projects() -> Fixture:
    rows: list[Row] = [
        ["序号", "项目名称", "主管部门", "年度金额（万元）", "绩效目标"],
        ["1", "高龄津贴", "县民政局", "463.20", "按时足额发放津贴，服务对象满意度达到90%以上"],
        ["2", "殡葬服务", "县民政局", "58.00", "提供惠民殡葬服务，完成率100%"],
    ]
    parts = [Words(("2024年部门预算项目清单",)), Grid(rows)]
    return Fixture("neg", "list_of_projects", "xlsx html", parts, (), "negative")


def _results() -> Fixture:
    rows: list[Row] = [
        ["序号", "项目名称", "预算数", "执行数", "执行率", "自评得分", "评价等级"],
        ["1", "高龄津贴", "463.20", "460.10", "99.3%", "98.5", "优"],
        ["2", "殡葬服务", "58.00", "50.20", "86.6%", "91.0", "优"],
    ]
    parts = [Words(("2023年度部门项目支出绩效自评结果汇总表", "单位：万元")), Grid(rows)]
    return Fixture("neg", "results_of_evaluation", "xlsx docx pdf", parts, (), "negative")
