"""Families 7–10: Hunan, Hubei, Hebei with its four grades, Tianjin with several tables a page."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, tree

CANNON = [
    Line("数量", "购置抑尘设备", "", "2", "台"),
    Line("数量", "出动作业天数", "≥", "260", "天"),
    Line("质量", "设备验收合格率", "", "100", "%"),
    Line("时效", "购置完成时间", "", "2024年6月底前", ""),
    Line("成本", "设备购置费用", "≤", "78", "万元"),
    Line("经济", "减少人工降尘支出", "≥", "6", "万元/年"),
    Line("社会", "城区扬尘投诉量", "", "明显下降", ""),
    Line("生态", "空气优良天数比例", "≥", "85", "%"),
    Line("持续", "设备使用年限", "≥", "8", "年"),
    Line("效益满意", "社会公众满意度", "≥", "90", "%"),
]
FOREST = [
    Line("数量", "防火检查站数量", "", "14", "个"),
    Line("数量", "防火宣传车次", "≥", "120", "车次"),
    Line("质量", "火灾受害率", "≤", "0.9", "‰"),
    Line("时效", "火情处置时间", "≤", "2", "小时"),
    Line("成本", "护林员补助标准", "", "3000", "元/人·年"),
    Line("社会", "林区群众防火意识", "", "进一步增强", ""),
    Line("生态", "森林覆盖率", "≥", "38.2", "%"),
    Line("满意", "林区群众满意度", "≥", "95", "%"),
]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _hunan()
    yield _hubei()
    yield _hubei_history()
    yield _hebei()
    yield _tianjin()


def _hunan() -> Fixture:
    """公众满意度 hangs under 效益指标; the standard stands in a column of its own."""
    labels = {"效益满意": ("效益指标", "社会公众或服务对象满意度指标")}
    overall, goal = "提升城区降尘能力，三年内淘汰老旧设备。", "购置抑尘车2台，全年作业不少于260天。"
    rows: list[Row] = [
        ["单位（专项）名称", C("区城市管理和综合执法局", cols=6)],
        ["项目名称", C("雾炮抑尘车购置", cols=3), "项目属性", C("新增项目", cols=2)],
        ["年度本级预算申请（万元）", C("资金总额：78", cols=3), "其中：财政拨款", C("78", cols=2)],
        across("实施期绩效目标", overall, 7),
        across("本年度绩效目标", goal, 7),
        *tree(
            CANNON,
            lambda line: [line.name, line.value, "按合同及年度计划执行", "计划标准"],
            head=["一级指标", "二级指标", "三级指标", "指标值及单位", "评分标准", "绩效标准"],
            side="本年度绩效指标",
            labels=labels,
        ),
    ]
    header = {
        "project_name": "雾炮抑尘车购置",
        "unit": "区城市管理和综合执法局",
        "year": 2024,
        "total": 78,
        "fiscal": 78,
    }
    header |= {"money_unit": "万元", "goal": goal}
    parts = [
        Words(("部门公开表22", "项目支出绩效目标表", "2024年度", "单位：万元")),
        Grid(rows, (14, 11, 14, 20, 14, 20, 12)),
        Words(("注：如本表格为空，则表示本年度未安排此项目。",)),
    ]
    note = "“社会公众或服务对象满意度指标”写在效益指标下：一级照录，二级按词典。"
    return Fixture(
        "07", "hunan_value_and_unit", "xlsx docx html office.pdf", parts, (Expected(header, CANNON),), note=note
    )


def _hubei() -> Fixture:
    labels = {
        "数量": ("产出指标", "产出数量"),
        "质量": ("产出指标", "产出质量"),
        "时效": ("产出指标", "产出时效"),
        "成本": ("产出指标", "产出成本"),
        "社会": ("效益指标", "社会效益"),
        "生态": ("效益指标", "环境效益"),
        "满意": ("满意度指标", "服务对象满意度"),
    }
    goal = "全年不发生重大森林火灾，火情早发现早处置。"
    rows: list[Row] = [
        ["项目名称", C("森林防火经费", cols=4)],
        ["主管部门", C("区林业局", cols=2), "项目执行单位", "区森林防火办公室"],
        ["项目总预算（万元）", C("64.8", cols=2), "项目当年预算（万元）", "64.8"],
        across("年度绩效目标", goal, 5),
        *tree(
            FOREST,
            lambda line: [line.name, C(line.value, cols=2)],
            head=["一级指标", "二级指标", "指标内容", C("指标值", cols=2)],
            labels=labels,
        ),
    ]
    header = {
        "project_name": "森林防火经费",
        "dept": "区林业局",
        "unit": "区森林防火办公室",
        "year": 2023,
        "total": 64.8,
    }
    header |= {"money_unit": "万元", "goal": goal}
    parts = [Words(("2023年项目支出绩效目标表",)), Grid(rows, (12, 14, 24, 16, 20))]
    return Fixture("08", "hubei_output_words", "xlsx docx html png", parts, (Expected(header, FOREST),))


def _hubei_history() -> Fixture:
    """前年、上年、当年 beside each other under one heading; the target is 当年预期实现值."""
    history = {"14个": ("12个", "13个"), "≥120车次": ("96车次", "110车次")}
    goal = "防火设施完好，全年不发生重大森林火灾。"
    rows: list[Row] = [
        ["项目名称", C("森林防火能力提升", cols=6)],
        ["项目主管部门", C("市林业局", cols=2), "项目执行单位", C("市林业工作站", cols=3)],
        ["项目属性", C("持续性项目", cols=2), "支出项目类别", C("业务类", cols=3)],
        ["项目资金（万元）", C("118.00", cols=6)],
        across("年度目标1", goal, 7),
        [
            C("一级指标", rows=2),
            C("二级指标", rows=2),
            C("指标名称", rows=2),
            C("指标值", cols=3),
            C("指标值确定依据", rows=2),
        ],
        ["前年", "上年", "当年预期实现值"],
        *tree(FOREST, lambda line: [line.name, *history.get(line.value, ("", "")), line.value, "历史标准"]),
    ]
    header = {
        "project_name": "森林防火能力提升",
        "dept": "市林业局",
        "unit": "市林业工作站",
        "year": 2024,
        "total": 118,
    }
    header |= {"money_unit": "万元", "goal": goal}
    parts = [Words(("市直部门项目申报表（含绩效目标）", "申报年度：2024年")), Grid(rows, (12, 12, 20, 10, 10, 16, 12))]
    note = "前年、上年是历史值，年度目标只取“当年预期实现值”。"
    return Fixture("08", "hubei_three_years", "xlsx html", parts, (Expected(header, FOREST),), note=note)


def _hebei() -> Fixture:
    """Four grades instead of one value: 优 is what is aimed at, but the cell says all four."""
    lines = [
        Line("数量", "保障困难群众人数", "", "优≥5200人 良≥5000人 中≥4800人 差＜4800人", ""),
        Line("质量", "救助对象认定准确率", "", "优100% 良90% 中85% 差85%", ""),
        Line("时效", "救助金发放及时率", "", "优100% 良95% 中90% 差90%", ""),
        Line("社会", "困难群众生活保障程度", "", "优显著 良较显著 中一般 差较差", ""),
        Line("满意", "救助对象满意度", "", "优≥95% 良≥90% 中≥85% 差＜85%", ""),
    ]

    def grades(line: Line) -> list[str]:
        four = [piece[1:] for piece in line.number.split(" ")]
        return [line.name, f"反映{line.name}情况", *four, "相关文件"]

    rows: list[Row] = [
        [
            *(C(name, rows=2) for name in ("一级指标", "二级指标", "绩效指标", "绩效指标描述")),
            C("评价标准", cols=4),
            C("评价标准确定依据", rows=2),
        ],
        ["优", "良", "中", "差"],
        *tree(lines, grades),
    ]
    header = {"project_name": ["困难群众救助补助资金", None], "unit": "区民政局", "year": 2023}
    parts = [
        Words(("困难群众救助补助资金绩效目标表", "单位名称：区民政局　　预算年度：2023")),
        Grid(rows, (10, 12, 18, 20, 10, 10, 10, 10, 12)),
    ]
    note = "四档标准没有单一指标值：四格合写为“优… 良… 中… 差…”，不得只取一格而不说明。"
    return Fixture("09", "hebei_four_grades", "xlsx html", parts, (Expected(header, lines),), note=note)


def _tianjin() -> Fixture:
    projects = [
        (
            "审判业务经费",
            "150.3万元，用于审判执行办案支出。",
            [
                Line("数量", "审结案件数", "≥", "9800", "件"),
                Line("质量", "法定审限内结案率", "≥", "98", "百分比"),
                Line("社会", "司法公信力", "", "有所提升", ""),
                Line("满意", "当事人满意度", "≥", "85", "百分比"),
            ],
        ),
        (
            "信息化运维费",
            "42万元，用于法庭设备及网络维护。",
            [
                Line("数量", "维护科技法庭", "＝", "22", "间"),
                Line("时效", "故障响应时间", "≤", "2", "小时"),
                Line("满意", "干警满意度", "≥", "90", "百分比"),
            ],
        ),
    ]
    parts: list[Words | Grid] = [Words(("项目支出绩效目标表（2024年）",))]
    for name, scale, lines in projects:
        rows: list[Row] = [
            ["项目名称", C(name, cols=4)],
            ["预算规模及资金用途", C(scale, cols=4)],
            *tree(
                lines,
                lambda line: [line.name, line.name, line.value],
                head=["一级指标", "二级指标", "绩效指标名称", "绩效指标描述", "指标值"],
            ),
        ]
        parts.append(Grid(rows, (12, 14, 20, 24, 16)))
    tables = [Expected({"project_name": name, "year": 2024}, lines) for name, _, lines in projects]
    note = "一页两表，只由“项目名称”分开；描述列与名称相同。"
    return Fixture("10", "tianjin_tables_in_a_row", "html xlsx docx pdf", parts, tables, note=note)
