"""Families 4–6 and 34: sign, number and unit in columns of their own (Sichuan, Chongqing, Yunnan)."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, tree

STREET = [
    Line("数量", "清扫保洁面积", "≥", "42", "万平方米", weight="15"),
    Line("数量", "配备保洁人员", "＝", "68", "人", weight="15"),
    Line("质量", "道路清洁达标率", "≥", "95", "%", weight="10"),
    Line("时效", "垃圾日产日清率", "＝", "100", "%", weight="10"),
    Line("成本", "人均月工资", "≤", "2800", "元", weight="10"),
    Line("社会", "城镇环境面貌", "", "持续改善", "", weight="10"),
    Line("生态", "垃圾无害化处理率", "≥", "98", "%", weight="10"),
    Line("满意", "居民满意度", "≥", "90", "%", weight="10"),
]
CENSUS = [
    Line("满意", "普查对象满意度", "≥", "90", "%", weight="10"),
    Line("数量", "培训普查员人次", "≥", "240", "人次", weight="20"),
    Line("社会", "普查数据利用率", "", "有效提升", "", weight="20"),
    Line("质量", "数据差错率", "≤", "2", "‰", weight="15"),
    Line("时效", "数据上报时限", "≤", "30", "天", weight="15"),
    Line("数量", "印制宣传资料", "＝", "5000", "份", weight="10"),
]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _sichuan()
    yield _chongqing()
    yield _chongqing_with_class()
    yield _yunnan()
    yield _unit_twice()


def _signed(line: Line) -> list[str]:
    return [line.sign or "定性", line.number, line.unit, line.weight]


def _sichuan() -> Fixture:
    """One big table, three projects one below the other; names of project and unit in the first columns."""
    other = [
        Line("数量", "更新办公电脑", "＝", "35", "台", weight="30"),
        Line("质量", "设备验收合格率", "＝", "100", "%", weight="30"),
        Line("成本", "单台采购价", "≤", "5000", "元", weight="30"),
    ]
    head = [
        "单位名称",
        "项目名称",
        "年度目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "权重",
        "指标方向性",
    ]
    rows: list[Row] = [head]
    projects = [
        ("马鞍镇人民政府", "场镇清扫保洁经费", "保持场镇干净整洁。", STREET),
        ("县统计局", "经济普查经费", "完成普查登记和数据上报。", CENSUS),
        ("县统计局", "办公设备购置", "更新老旧设备，保障工作开展。", other),
    ]
    for unit, name, goal, lines in projects:
        drawn = tree(
            lines,
            lambda line: [line.name, *_signed(line), "反向指标" if line.sign == "≤" else "正向指标"],
            merged=False,
        )
        rows.append([C(unit, rows=len(lines)), C(name, rows=len(lines)), C(goal, rows=len(lines)), *drawn[0]])
        rows += drawn[1:]
    tables = [
        Expected({"project_name": name, "unit": unit, "goal": goal, "year": 2024}, lines)
        for unit, name, goal, lines in projects
    ]
    parts = [
        Words(("表6", "部门预算项目绩效目标表（2024年度）", "金额单位：元")),
        Grid(rows, (12, 14, 16, 9, 10, 18, 8, 10, 8, 6, 10)),
    ]
    note = "一张大表三个项目，行序打乱，符号在“指标性质”列，“定性”不是符号。"
    return Fixture("04", "sichuan_split_value", "xlsx html docx", parts, tables, note=note)


def _chongqing() -> Fixture:
    """No levels at all: only what the rows' words say."""
    lines = [
        Line("满意", "受益对象满意度", "≥", "95", "%", weight="10"),
    ]
    goal = "按时足额发放护林员补助，森林管护全覆盖。"
    written = [
        ("聘用护林员人数", "人", "＝", "126", "25"),
        ("森林管护面积", "万亩", "≥", "31.5", "25"),
        ("补助资金发放及时率", "%", "≥", "98", "20"),
        ("促进林区社会和谐稳定", "", "定性", "好", "20"),
        ("受益对象满意度", "%", "≥", "95", "10"),
    ]
    rows: list[Row] = [
        ["项目名称", C("天然林管护补助", cols=2), "业务主管部门", C("县林业局", cols=2)],
        ["当年预算（万元）", C("94.50", cols=2), "本级安排（万元）", C("94.50", cols=2)],
        across("当年绩效目标", goal, 6),
        [C("绩效指标", rows=len(written) + 1), "指标名称", "计量单位", "指标性质", "指标值", "权重（%）"],
        *([*one] for one in written),
    ]
    header = {
        "project_name": "天然林管护补助",
        "dept": "县林业局",
        "total": 94.5,
        "money_unit": "万元",
        "year": 2023,
        "goal": goal,
    }
    about = [one[0] for one in written[:-1]]
    note = (
        "没有一、二级指标列：满意度一行名称已写明类别；其余四行不得猜层级，"
        "应连同值列入待确认（若由词典明确判定，也可成行，但不得丢失）。"
    )
    parts = [
        Words(("附件", "2023年度项目绩效目标表", "编制单位：县林业局")),
        Grid(rows, (14, 26, 10, 12, 14, 10)),
        Words(("填表说明：定性指标请在“指标值”栏填写好、较好、一般等。",)),
    ]
    return Fixture("05", "chongqing_no_levels", "xlsx html", parts, (Expected(header, lines, about),), "torn", note)


def _chongqing_with_class() -> Fixture:
    """Only a first level with another ending, and the second in brackets within the name's own column."""
    lines = [
        Line("数量", "发放就业补贴人数", "≥", "860", "人", weight="20"),
        Line("质量", "补贴发放准确率", "＝", "100", "%", weight="20"),
        Line("时效", "补贴发放及时率", "≥", "98", "%", weight="20"),
        Line("社会", "零就业家庭动态清零", "", "保持", "", weight="20"),
        Line("满意", "补贴对象满意度", "≥", "95", "%", weight="10"),
    ]
    labels = {
        "数量": ("产出类指标", "数量"),
        "质量": ("产出类指标", "质量"),
        "时效": ("产出类指标", "时效"),
        "社会": ("效益类指标", "社会效益"),
        "满意": ("满意度类指标", "服务对象"),
    }
    goal = "落实就业扶持政策，稳定重点群体就业。"
    rows: list[Row] = [
        ["项目名称", C("就业补助资金", cols=3), "主管部门", C("区人力社保局", cols=2)],
        ["当年预算（万元）", C("512.00", cols=6)],
        across("当年绩效目标", goal, 7),
        *tree(
            lines,
            lambda line: [line.name, line.unit, line.sign or "定性", line.number, line.weight],
            head=["指标类别", "指标类型", "指标名称", "计量单位", "指标性质", "指标值", "权重"],
            labels=labels,
        ),
    ]
    header = {
        "project_name": "就业补助资金",
        "dept": "区人力社保局",
        "total": 512,
        "money_unit": "万元",
        "year": 2022,
        "goal": goal,
    }
    parts = [Words(("2022年区级项目资金绩效目标表",)), Grid(rows, (12, 12, 24, 10, 10, 10, 8))]
    return Fixture("05", "chongqing_class_words", "xlsx docx", parts, (Expected(header, lines),))


def _yunnan() -> Fixture:
    lines = [
        Line("数量", "享受营养餐补助学生数", "≧", "735", "人次"),
        Line("数量", "配备炊事人员", "═", "9", "人"),
        Line("质量", "食品抽检合格率", "═", "100", "%"),
        Line("时效", "补助资金拨付及时率", "≧", "95", "%"),
        Line("成本", "生均补助标准", "═", "5", "元/天"),
        Line("社会", "学生营养健康状况", "", "逐步改善", ""),
        Line("持续", "食堂长效管理机制", "", "健全", ""),
        Line("满意", "学生及家长满意度", "≧", "90", "%"),
    ]
    labels = {"满意": ("满意度指标", "服务对象满意度指标等")}
    goal = "落实营养改善计划，保证学生吃饱吃好。"
    head = [
        C("单位名称、项目名称", rows=2),
        C("项目年度绩效目标", rows=2),
        C("一级指标", rows=2),
        C("二级指标", rows=2),
        C("三级指标", rows=2),
        C("指标值", cols=4),
    ]
    rows: list[Row] = [
        head,
        ["指标性质", "指标值", "度量单位", "指标属性"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ]
    drawn = tree(
        lines,
        lambda line: [line.name, line.sign, line.number, line.unit, "定量指标" if line.sign else "定性指标"],
        labels=labels,
    )
    drawn[0] = [C("农村义务教育营养改善计划补助资金", rows=len(lines)), C(goal, rows=len(lines)), *drawn[0]]
    rows += drawn
    header = {"project_name": "农村义务教育营养改善计划补助资金", "unit": "永康镇中心小学", "year": 2024, "goal": goal}
    parts = [
        Words(("预算公开14表", "2024年项目支出绩效目标表（本级下达）", "单位名称：永康镇中心小学", "单位：元")),
        Grid(rows, (18, 20, 10, 12, 20, 8, 10, 8, 10)),
    ]
    note = "列号行（1…9）不是指标；≧、═ 与 ≥、= 同义。"
    return Fixture("06", "yunnan_three_columns", "xlsx html pdf", parts, (Expected(header, lines),), note=note)


def _unit_twice() -> Fixture:
    """The unit stands in its column and once more in the value."""
    lines = [
        Line("数量", "生猪出栏头数", "≥", "42000", "头"),
        Line("质量", "规模场粪污处理设施配套率", "≥", "95", "%"),
        Line("时效", "资金支付进度", "", "90", "%"),
        Line("成本", "每头补助标准", "", "60", "元/头"),
        Line("经济", "养殖户户均增收", "≥", "3000", "元"),
        Line("满意", "养殖户满意度", "≥", "90", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("生猪调出大县奖励资金", cols=4)],
        ["主管部门", C("县农业农村委", cols=2), "年度金额（万元）", "386"],
        *tree(
            lines,
            lambda line: [line.name, line.unit, line.value],
            head=["一级指标", "二级指标", "指标名称", "单位", "指标值"],
        ),
    ]
    header = {
        "project_name": "生猪调出大县奖励资金",
        "dept": "县农业农村委",
        "total": 386,
        "money_unit": "万元",
        "year": 2022,
    }
    parts = [Words(("2022年项目绩效目标表",)), Grid(rows, (12, 16, 26, 14, 14))]
    note = "单位列与值里的单位重复，只留一次。"
    return Fixture("34", "unit_column_repeats", "xlsx html", parts, (Expected(header, lines),), note=note)
