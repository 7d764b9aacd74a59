"""Section B: what page breaks, web pages and careless hands do to a table."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import Break, C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, tree

HEAD: Row = ["一级指标", "二级指标", "三级指标", "指标值"]
WIDTHS = (14, 20, 30, 18)
ROAD = [
    Line("数量", "改造路灯数量", "≥", "860", "盏"),
    Line("数量", "更换电缆长度", "≥", "12.5", "公里"),
    Line("质量", "亮灯率", "≥", "98", "%"),
    Line("质量", "工程验收合格率", "=", "100", "%"),
    Line("时效", "故障修复时限", "≤", "48", "小时"),
    Line("成本", "单灯改造成本", "≤", "2600", "元/盏"),
    Line("经济", "年节约电费", "≥", "35", "万元"),
    Line("社会", "夜间出行安全", "", "明显改善", ""),
    Line("生态", "年减少碳排放", "≥", "210", "吨"),
    Line("满意", "沿街居民满意度", "≥", "90", "%"),
]
HEADER = {"project_name": "城区路灯节能改造", "dept": "市住建局", "unit": "市路灯管理所", "year": 2024}


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _continued()
    yield _first_level_missing()
    yield _cut_in_a_cell()
    yield _header_a_page_before()
    yield _thousand_columns()
    yield _too_many_columns()
    yield _points_as_values()
    yield _masked()
    yield _misread()
    yield _prefixes()


def _form(lines: list[Line], **more: object) -> list[Row]:
    goal = str(more.get("goal", "完成路灯节能改造，亮灯率稳定在98%以上。"))
    return [
        ["项目名称", C("城区路灯节能改造", cols=3)],
        ["主管部门", "市住建局", "实施单位", "市路灯管理所"],
        across("年度目标", goal, 4),
        HEAD,
        *tree(lines, lambda line: [line.name, line.value]),
    ]


def _title() -> Words:
    return Words(("项目支出绩效目标表", "（2024年度）"))


def _goal(text: str = "完成路灯节能改造，亮灯率稳定在98%以上。") -> dict[str, object]:
    return HEADER | {"goal": text}


def _continued() -> Fixture:
    """Over two pages, the header repeated on the second, merged levels cut by the break."""
    goal = "对建成区老旧路灯实施节能改造。" * 28
    grid = Grid(_form(ROAD, goal=goal), WIDTHS, (3,))
    report = Words(tuple(f"{at}.本单位按照预算绩效管理要求编制绩效目标，现予公开。" for at in range(1, 34)))
    tables = (Expected(_goal(goal), ROAD),)
    note = "表跨页：续页重复表头，合并的一级指标在续页只剩空格子。"
    return Fixture("b16", "continued_with_header", "pdf docx", [report, _title(), grid], tables, "torn", note)


def _first_level_missing() -> Fixture:
    """On the continued page the levels are blank and there is no header."""
    first, rest = ROAD[:6], ROAD[6:]
    second = tree(rest, lambda line: [line.name, line.value], merged=False)
    blank = [["", *row[1:]] for row in second]
    parts = [_title(), Grid(_form(first), WIDTHS), Break(), Grid(blank, WIDTHS)]
    note = "续页没有表头，一级指标空：由二级指标定位，续在前页的表后面。"
    tables = (Expected(_goal(), ROAD),)
    return Fixture("b06", "first_level_missing", "pdf docx html", parts, tables, "torn", note)


def _cut_in_a_cell() -> Fixture:
    """The last cell of the page is cut in the middle of a word; the next page repeats the header first."""
    first = _form(ROAD[:6])
    last = list(first[-1])
    last[-2:] = ["单灯改", "≤2600元"]
    rest = tree(ROAD[6:], lambda line: [line.name, line.value])
    parts = [
        _title(),
        Grid([*first[:-1], last], WIDTHS),
        Break(),
        Grid([HEAD, ["", "", "造成本", "/盏"], *rest], WIDTHS),
    ]
    note = "格内断页：“单灯改/造成本”“≤2600元//盏”是同一格的两半，前几列为空的首行是上一格的尾巴。"
    tables = (Expected(_goal(), ROAD),)
    return Fixture("b16", "cell_cut_by_page", "pdf html", parts, tables, "torn", note)


def _header_a_page_before() -> Fixture:
    """An excerpt that begins in the middle of the table: no name, no header, no first level."""
    rows = tree(ROAD[2:], lambda line: [line.name, line.value])
    rows[0] = rows[0][1:]
    rows[0] = [C("", rows=4), *rows[0]]
    parts = [Grid(rows, WIDTHS)]
    note = "从表中段截断：没有项目名和表头，一级为空，由二级指标定位。"
    return Fixture("b17", "begins_in_the_middle", "docx html", parts, (Expected({}, ROAD[2:]),), "torn", note)


def _thousand_columns() -> Fixture:
    """A thousand empty cells behind every row, as a hidden range of a sheet becomes on a web page."""
    rows = [[*row, *[""] * 1000] for row in _form(ROAD[:4] + ROAD[-1:])]
    rows[0] = ["项目名称", C("城区路灯节能改造", cols=3), *[""] * 1000]
    tables = (Expected(_goal(), [*ROAD[:4], ROAD[-1]]),)
    return Fixture("b08", "thousand_empty_columns", "html", [_title(), Grid(rows)], tables, "torn")


def _too_many_columns() -> Fixture:
    """Recognition blew up the spans: cells that span forty columns where one was meant."""
    lines = [*ROAD[:4], ROAD[-1]]

    def wide(row: Row) -> Row:
        cells = [one if isinstance(one, C) else C(one) for one in row]
        return [C(one.text, cols=one.cols * 40, rows=one.rows) for one in cells]

    tables = (Expected(_goal(), lines),)
    parts = [_title(), Grid([wide(row) for row in _form(lines)])]
    return Fixture("b19", "spans_of_forty", "html", parts, tables, "torn", "colspan 畸变到 160 列，每格仍只算一列。")


def _points_as_values() -> Fixture:
    """The value column holds points that add up to 100; the targets stand in the names."""
    lines = [
        Line("数量", "更换高杆灯32基", "", "20", ""),
        Line("数量", "敷设电缆4.5公里", "", "30", ""),
        Line("质量", "工程验收合格率100%", "", "30", ""),
        Line("满意", "居民满意度90%以上", "", "20", ""),
    ]
    note = "指标值列填的是分值（合计100），真目标在名称里：按原文读出，不得擅自改成名称里的数；宜提示。"
    parts = [_title(), Grid(_form(lines), WIDTHS)]
    return Fixture("b10", "points_in_value_column", "xlsx docx", parts, (Expected(_goal(), lines),), "torn", note)


def _masked() -> Fixture:
    lines = [
        Line("数量", "改造路灯数量", "≥", "***", "盏"),
        Line("成本", "项目总成本", "≤", "****000", "元"),
        Line("满意", "居民满意度", "≥", "90", "%"),
    ]
    note = "平台把数字换成星号：按原文保留，不得补成数。"
    return Fixture(
        "b13",
        "masked_numbers",
        "html",
        [_title(), Grid(_form(lines), WIDTHS)],
        (Expected(_goal(), lines),),
        "torn",
        note,
    )


def _misread() -> Fixture:
    """What recognition makes of ≥: a 2, LaTeX, an equals sign."""
    lines = [
        Line("数量", "巡查路灯次数", "", "2280次", ""),
        Line("质量", "亮灯率", "", "292%", ""),
        Line("质量", "验收合格率", "", "$\\geq 98\\%$", ""),
        Line("时效", "修复及时率", "", "290%", ""),
        Line("社会", "投诉办结率", "", "=100%", ""),
        Line("满意", "居民满意度", "", "$\\ge 95 \\%$", ""),
    ]
    note = "≥ 被识别成 2：原文保留，只提示，不改；LaTeX 写法等于 ≥。"
    about = ["292%", "290%"]
    parts = [_title(), Grid(_form(lines), WIDTHS)]
    return Fixture("b15", "sign_read_as_two", "html docx md", parts, (Expected(_goal(), lines, about),), "torn", note)


def _prefixes() -> Fixture:
    """Stars, numbers and placeholders before names; dotted rows; a heading with brackets."""
    written = {
        0: "★改造路灯数量",
        1: "指标2.更换电缆长度",
        2: "★★★亮灯率",
        3: "其中:工程验收合格率",
        4: "*故障修复时限",
    }
    labels = {place: PREFIXED.get(place, ("", "")) for place in PREFIXED}
    lines = ROAD[:6] + ROAD[-1:]
    names = {line.name: written.get(at, f"指标1：{line.name}") for at, line in enumerate(lines)}
    drawn = tree(lines, lambda line: [names[line.name], line.value], labels=labels)
    dots: Row = ["", "", "指标2：", ""]
    rows: list[Row] = [*_form([])[:4], *drawn, dots, ["……", "……", "……", ""]]
    note = "名称前的 ★、指标2.、其中:、* 不属于名称；“指标2：”和“……”是占位行。"
    return Fixture(
        "b07",
        "prefixes_and_dots",
        "xlsx docx",
        [_title(), Grid(rows, WIDTHS)],
        (Expected(_goal(), lines),),
        "torn",
        note,
    )


PREFIXED = {
    "数量": ("产出指标（50分）", "数量指标 (必填硬性指标)"),
    "质量": ("产出指标（50分）", "质量指标(选填)"),
    "时效": ("产出指标（50分）", "时效指标(选填)"),
    "成本": ("产出指标（50分）", "成本指标(选填)"),
}
