"""Families 1 and 2: the central form, and mid-term and year side by side (Anhui, Wuhan)."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, band, money_rows, pairs, tree

LIBRARY = [
    Line("数量", "采购图书册数", "≥", "12000", "册"),
    Line("数量", "举办公益讲座场次", "≥", "36", "场"),
    Line("质量", "图书验收合格率", "=", "100", "%"),
    Line("质量", "数字资源可用率", "≥", "98", "%"),
    Line("时效", "新书上架时限", "", "2024年11月30日前", ""),
    Line("成本", "图书平均采购单价", "≤", "45", "元/册"),
    Line("成本", "项目总成本", "≤", "86.5", "万元"),
    Line("社会", "年接待读者人次", "≥", "210000", "人次"),
    Line("社会", "公共阅读服务覆盖面", "", "持续扩大", ""),
    Line("持续", "总分馆服务机制", "", "基本健全", ""),
    Line("满意", "到馆读者满意度", "≥", "92", "%"),
]

CANAL = [
    Line("数量", "清淤河道长度", "≥", "18.6", "公里"),
    Line("数量", "新建生态护岸", "≥", "3200", "米", mid="≥9600米"),
    Line("质量", "单元工程一次验收合格率", "=", "100", "%"),
    Line("时效", "当年工程按期完工率", "≥", "95", "%", mid="100%"),
    Line("成本", "清淤综合单价", "≤", "62", "元/立方米"),
    Line("经济", "减少内涝直接损失", "≥", "150", "万元"),
    Line("社会", "受益村庄数量", "≥", "27", "个", mid="41个"),
    Line("生态", "河道水质达标断面比例", "≥", "90", "%"),
    Line("持续", "河道长效管护制度", "", "建立健全", ""),
    Line("满意", "沿线群众满意度", "≥", "90", "%"),
]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _central()
    yield _central_vertical()
    yield _central_new()
    yield _side_by_side()
    yield _side_by_side_one_empty()


def _central() -> Fixture:
    drawn = [*LIBRARY[:4], Line("质量", "……"), *LIBRARY[4:]]
    number = {line.name: 1 + sum(other.place == line.place for other in drawn[:at]) for at, line in enumerate(drawn)}
    goal = "购置新书并编目上架，全年开展公益讲座和阅读推广活动，改善到馆读者的借阅体验。"
    rows: list[Row] = [
        band("（2024年度）", 6),
        pairs("项目名称", "公共图书馆免费开放及图书购置", width=6),
        ["主管部门", C("219-市文化和旅游局", cols=2), "实施单位", C("市图书馆", cols=2)],
        *money_rows(
            "项目资金\n（万元）", [("年度资金总额", "86.50"), ("其中：财政拨款", "80.00"), ("其他资金", "6.50")], 6
        ),
        across("年度总体目标", goal, 6),
        *tree(
            drawn,
            lambda line: [C(f"指标{number[line.name]}：{line.name}" if line.value else "……", cols=2), line.value],
            head=["一级指标", "二级指标", C("三级指标", cols=2), "指标值"],
            side="绩效指标",
        ),
    ]
    header = {
        "project_name": "公共图书馆免费开放及图书购置",
        "dept": "市文化和旅游局",
        "unit": "市图书馆",
        "year": 2024,
        "total": 86.5,
        "fiscal": 80,
        "other": 6.5,
        "money_unit": "万元",
        "goal": goal,
    }
    parts = [
        Words(("附件2", "项目支出绩效目标申报表")),
        Grid(rows, (10, 12, 14, 12, 26, 16)),
        Words(
            (
                "填报人：（签章）  联系电话：  填报日期：",
                "注：其他资金包括事业收入、经营收入等，绩效指标可根据项目情况增减。",
            )
        ),
    ]
    return Fixture("01", "central_2015", "xlsx docx html pdf png", parts, (Expected(header, LIBRARY),))


def _central_vertical() -> Fixture:
    """Labels written one character a line, the second level broken in two, spaces inside the words."""
    labels = {
        "数量": ("产\n出\n指\n标", "数量\n指标"),
        "质量": ("产\n出\n指\n标", "质量\n指标"),
        "时效": ("产\n出\n指\n标", "时效\n指标"),
        "成本": ("产\n出\n指\n标", "成本\n指标"),
        "经济": ("效\n益\n指\n标", "经济效益\n指标"),
        "社会": ("效\n益\n指\n标", "社会效益\n指标"),
        "生态": ("效\n益\n指\n标", "生态效益\n指标"),
        "持续": ("效\n益\n指\n标", "可持续\n影响指标"),
        "满意": ("满意\n度指\n标", "服务对象\n满意度\n指标"),
    }
    goal = "疏浚河道、修复护岸，恢复行洪能力，改善沿线人居环境。"
    rows: list[Row] = [
        ["项目名称", C("沙湾河等三条河道清淤整治工程", cols=2), "项目负责人及电话", "略"],
        ["主 管 部 门", C("县水利局", cols=2), "实 施 单 位", "县河道管理所"],
        *money_rows(
            "资金情况\n（万元）", [("年度资金总额：", "1,280.00"), ("其中：财政拨款", "1,280.00"), ("其他资金", "")], 5
        ),
        [C("总\n体\n目\n标"), C(goal, cols=4)],
        *tree(
            CANAL,
            lambda line: [line.name, line.value],
            head=["一级\n指标", "二级\n指标", "三级指标", "指标值"],
            side="绩\n效\n指\n标",
            labels=labels,
        ),
    ]
    header = {
        "project_name": "沙湾河等三条河道清淤整治工程",
        "dept": "县水利局",
        "unit": "县河道管理所",
        "year": 2023,
        "total": 1280,
        "fiscal": 1280,
        "money_unit": "万元",
        "goal": goal,
    }
    parts = [Words(("项目支出绩效目标表", "（2023年度）")), Grid(rows, (8, 10, 14, 34, 18))]
    return Fixture("01", "central_vertical_labels", "xlsx docx plain.pdf", parts, (Expected(header, CANAL),))


def _central_new() -> Fixture:
    lines = [
        Line("经济成本", "单台设备运维成本", "≤", "1.2", "万元/台"),
        Line("社会成本", "停机影响业务办理时长", "≤", "4", "小时"),
        Line("生态成本", "废旧电池回收处置率", "=", "100", "%"),
        Line("数量", "运维服务器数量", "=", "46", "台"),
        Line("数量", "安全巡检次数", "≥", "12", "次"),
        Line("质量", "系统可用率", "≥", "99.9", "%"),
        Line("时效", "故障响应时间", "≤", "30", "分钟"),
        Line("社会", "网上办件率", "≥", "85", "%"),
        Line("满意", "系统使用人员满意度", "≥", "95", "%"),
    ]
    goal = "保障政务信息系统安全稳定运行，支撑各业务系统全年不间断服务。"
    rows: list[Row] = [
        ["项目名称", C("政务信息系统运行维护费", cols=5)],
        ["主管部门及代码", C("[015001]市数据资源管理局", cols=2), "实施单位", C("市大数据中心", cols=2)],
        [C("项目资金（元）", rows=4), C("年度资金总额", cols=2), C("1,380,000.00", cols=3)],
        [C("其中：财政拨款", cols=2), C("1,300,000.00", cols=3)],
        [C("上年结转", cols=2), C("80,000.00", cols=3)],
        [C("其他资金", cols=2), C("0.00", cols=3)],
        ["年度绩效目标", C(goal, cols=5)],
        *tree(
            lines,
            lambda line: [line.name, line.value, "10"],
            head=["一级指标", "二级指标", "三级指标", "指标值", "分值权重（90）"],
            side="绩效指标",
        ),
    ]
    header = {
        "project_name": "政务信息系统运行维护费",
        "dept": "市数据资源管理局",
        "unit": "市大数据中心",
        "year": 2025,
        "total": 1380000,
        "fiscal": 1300000,
        "other": 0,
        "money_unit": "元",
        "goal": goal,
    }
    parts = [Words(("项目支出绩效目标表", "（2025年度）")), Grid(rows, (10, 12, 14, 24, 16, 10))]
    return Fixture("01", "central_2021_with_weights", "xlsx docx html", parts, (Expected(header, lines),))


def _beside(lines: list[Line], left: bool, right: bool) -> list[Row]:
    """Mid-term and yearly indicators in one row: 一级 | 二级 三级 值 | 二级 三级 值."""
    head: Row = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    rows = tree(lines, lambda line: [line.name if left else "", (line.mid or line.value) if left else ""], head=head)
    second = tree(lines, lambda line: [line.name if right else "", line.value if right else ""], head=())
    for row, yearly in zip(rows[1:], second, strict=True):
        own = [
            cell for cell in yearly if not (isinstance(cell, C) and cell.text in ("产出指标", "效益指标", "满意度指标"))
        ]
        row.extend(own)  # type: ignore[attr-defined]
    rows[0] = [C("绩效指标", rows=len(rows)), *rows[0]]
    return rows


def _side_by_side() -> Fixture:
    overall = "三年完成河道整治56公里，建成长效管护机制。"
    goal = "当年完成河道清淤18.6公里，新建生态护岸3200米。"
    rows: list[Row] = [
        ["项目名称", C("中小河流治理", cols=7)],
        ["主管部门", C("区水务局", cols=3), "实施单位", C("区水务工程管理站", cols=3)],
        ["项目属性", C("延续项目", cols=3), "项目期", C("2023年—2025年", cols=3)],
        [
            C("项目资金\n（万元）", rows=3),
            C("中期资金总额：", cols=2),
            "3600.00",
            C("年度资金总额：", cols=2),
            C("1280.00", cols=2),
        ],
        [C("其中：财政拨款", cols=2), "3200.00", C("其中：财政拨款", cols=2), C("1100.00", cols=2)],
        [C("其他资金", cols=2), "400.00", C("其他资金", cols=2), C("180.00", cols=2)],
        [C("总体目标", rows=2), C("中期目标（2023年—2025年）", cols=3), C("年度目标", cols=4)],
        [C(overall, cols=3), C(goal, cols=4)],
        *_beside(CANAL, left=True, right=True),
    ]
    header = {
        "project_name": "中小河流治理",
        "dept": "区水务局",
        "unit": "区水务工程管理站",
        "year": 2024,
        "total": 1280,
        "fiscal": 1100,
        "other": 180,
        "money_unit": "万元",
        "goal": goal,
    }
    note = "左为中期、右为年度：只取年度的指标值，不得把同一指标读两遍。"
    parts = [Words(("项目支出绩效目标申报表", "（2024年度）")), Grid(rows, (8, 8, 9, 20, 11, 9, 20, 11))]
    return Fixture("02", "mid_term_and_year", "xlsx docx html office.pdf", parts, (Expected(header, CANAL),), note=note)


def _side_by_side_one_empty() -> Fixture:
    goal = "保障执法车辆正常运行。"
    lines = [
        Line("数量", "维修保养车辆数", "≥", "26", "辆"),
        Line("质量", "车辆年检合格率", "≥", "100", "百分比"),
        Line("时效", "维修及时性", "", "程度较高", ""),
        Line("成本", "单车年均运行费", "≤", "3.2", "万元"),
        Line("社会", "执法出勤保障程度", "", "程度较高", ""),
        Line("满意", "执法人员满意度", "≥", "90", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("执法车辆运行维护", cols=7)],
        ["主管部门", C("[055]县城市管理局", cols=3), "实施单位", C("县城市管理综合行政执法大队", cols=3)],
        [
            C("项目资金\n（万元）", rows=3),
            C("中期资金总额：", cols=2),
            "170.00",
            C("年度资金总额：", cols=2),
            C("85.00", cols=2),
        ],
        [C("其中：财政拨款", cols=2), "170.00", C("其中：财政拨款", cols=2), C("85.00", cols=2)],
        [C("其他资金", cols=2), "", C("其他资金", cols=2), C("", cols=2)],
        [C("总体目标", rows=2), C("中期目标（20××年—20××+n年）", cols=3), C("年度目标", cols=4)],
        [C("", cols=3), C(goal, cols=4)],
        *_beside(lines, left=False, right=True),
    ]
    header = {
        "project_name": "执法车辆运行维护",
        "dept": "县城市管理局",
        "unit": "县城市管理综合行政执法大队",
        "year": 2023,
        "total": 85,
        "fiscal": 85,
        "money_unit": "万元",
        "goal": goal,
    }
    parts = [Words(("项目支出绩效目标申报表", "（2023年度）")), Grid(rows, (8, 8, 9, 16, 11, 9, 20, 11))]
    return Fixture("02", "mid_term_half_empty", "xlsx docx", parts, (Expected(header, lines),))
