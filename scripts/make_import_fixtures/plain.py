"""Families 23–26, and texts that lost their table: labels, sentences, a system's export, a database tree."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import tree


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _labels()
    yield _sentences()
    yield _quality_system()
    yield _database_tree()
    yield _torn_in_two()
    yield _a_line_a_cell()
    yield _glued()
    yield _markdown()


def _labels() -> Fixture:
    lines = [
        Line("数量", "机柜数量", "≥", "77", "台"),
        Line("数量", "接入视频路数", "≥", "1200", "路"),
        Line("质量", "设备在线率", "≥", "95", "%"),
        Line("时效", "故障修复时限", "≤", "24", "小时"),
        Line("社会", "群众安全感", "≥", "98", "%"),
        Line("满意", "群众满意度", "≥", "90", "%"),
    ]
    written = """2023年视频监控系统租赁项目绩效目标
项目名称：视频监控系统租赁
主管部门：市公安局
资金总额：420000元
年度目标：保障视频监控系统稳定运行。
绩效指标：
【产出指标-数量指标】指标1:机柜数量(≥77台)；指标2:接入视频路数(≥1200路)
【产出指标-质量指标】指标1:设备在线率(≥95%)
【产出指标-时效指标】指标1:故障修复时限(≤24小时)
【效益指标-社会效益指标】指标1:群众安全感(≥98%)
【满意度指标-服务对象满意度指标】指标1:群众满意度(≥90%)
"""
    header = {"project_name": "视频监控系统租赁", "dept": "市公安局", "year": 2023, "total": 420000, "money_unit": "元"}
    header |= {"goal": "保障视频监控系统稳定运行。"}
    return Fixture("23", "labels_without_table", "txt", (), (Expected(header, lines),), texts={"txt": written})


def _sentences() -> Fixture:
    lines = [
        Line("数量", "开通业务月份", "≥", "1", "个月"),
        Line("质量", "线路畅通率", "", "不低于99%", ""),
        Line("时效", "缴费及时率", "", "100", "%"),
        Line("满意", "使用人员满意度", "", "不低于85%", ""),
    ]
    written = """下马镇人民政府2022年网络租赁费项目绩效自评报告
一、项目基本情况
项目名称：网络租赁费。预算安排3.6万元，当年支出3.6万元。
二、绩效目标完成情况
（一）产出指标
数量指标：设1条数量指标：开通业务月份≥1个月，实际完成12个月，完成年初目标。
质量指标：设1条质量指标：线路畅通率，年初指标值为不低于99%，全年实际完成值99.5%。
时效指标：设1条时效指标：缴费及时率，年初指标值为100%，全年实际完成值100%。
（二）满意度指标
服务对象满意度指标：设1条：使用人员满意度，年初指标值为不低于85%，全年实际完成值92%。
三、存在的问题
无。
"""
    header = {"project_name": "网络租赁费", "year": 2022, "total": [3.6, None], "money_unit": ["万元", None]}
    header |= {"unit": ["下马镇人民政府", None]}
    note = "叙述文字，没有表格：读到的行必须正确；读不出时文件应整个列为失败并说明，不得只读一半不说。"
    return Fixture(
        "24",
        "sentences_without_table",
        "txt",
        (),
        (Expected(header, lines),),
        "torn",
        note,
        texts={"txt": written},
        refusable=True,
    )


def _quality_system() -> Fixture:
    lines = [
        Line("数量", "检验批次", "", "1200", "批次"),
        Line("质量", "检验报告准确率", "", "99", "%"),
        Line("社会", "是否公开检验结果", "", "是", ""),
    ]
    rows: list[Row] = [
        ["项目名称", C("农产品质量检验", cols=7)],
        ["一级指标", "二级指标", "三级指标", "计量单位", "目标值", "分值", "数据项1", "数据项2"],
        *tree(lines, lambda line: [line.name, line.unit or "是/否", line.number, "10", "", ""]),
        ["预算绩效", "预算执行", "预算执行率", "%", "100", "10", "", ""],
    ]
    header = {"project_name": "农产品质量检验", "year": 2022}
    note = "“预算绩效”段不是目标表的一级指标：列入待确认；单位“是/否”不接在值后。"
    parts = [Words(("2022年度项目绩效评价表",)), Grid(rows)]
    return Fixture(
        "25", "system_with_data_items", "xlsx", parts, (Expected(header, lines, ["预算执行率"]),), "torn", note
    )


def _database_tree() -> Fixture:
    written = """id,parent_id,ancestors,perf_code,perf_name,target_value,data_type
1,0,0,1,产出指标,,
2,1,"0,1",1.1,数量指标,,
3,2,"0,1,2",1.1.1,转化科技成果数量,15.00,1
4,2,"0,1,2",1.1.2,服务企业数量,120.00,1
5,1,"0,1",1.2,质量指标,,
6,5,"0,1,5",1.2.1,项目验收通过率,95.00,2
7,0,0,2,满意度指标,,
8,7,"0,7",2.1,服务对象满意度指标,,
9,8,"0,7,8",2.1.1,企业满意度,90.00,2
"""
    lines = [
        Line("数量", "转化科技成果数量", "", "15", ""),
        Line("数量", "服务企业数量", "", "120", ""),
        Line("质量", "项目验收通过率", "", "95", "%"),
        Line("满意", "企业满意度", "", "90", "%"),
    ]
    note = "数据库导出的树：层级由 parent_id/perf_code 定；data_type 2 是百分比；单位已丢失，不得补写。"
    return Fixture("26", "database_tree", "csv", (), (Expected({}, lines),), "torn", note, texts={"csv": written})


def _torn_in_two() -> Fixture:
    """Left half with all names, then the right half with all values, in order (the way the seed document is torn)."""
    lines = [
        Line("数量", "建设标准化村卫生室", "", "12", "个"),
        Line("数量", "培训乡村医生", "", "86", "人"),
        Line("质量", "建设验收合格率", "", "100", "%"),
        Line("时效", "完工时间", "", "2023年10月", ""),
        Line("成本", "每个卫生室补助", "", "6", "万元"),
        Line("社会", "受益群众", "", "2.3", "万人"),
        Line("满意", "群众满意度", "", "≥90", "%"),
    ]
    left = [
        "2023年县级部门项目支出绩效目标申报表",
        "项目名称\t村卫生室标准化建设",
        "主管部门\t县卫生健康局",
        "实施单位\t县卫生健康局",
        "一级指标\t二级指标\t三级指标",
        "产出指标\t数量指标\t指标1：建设标准化村卫生室",
        "指标2：培训乡村医生",
        "质量指标\t指标1：建设验收合格率",
        "时效指标\t指标1：完工时间",
        "成本指标\t指标1：每个卫生室补助",
        "效益指标\t社会效益指标\t指标1：受益群众",
        "满意度指标\t服务对象满意度指标\t指标1：群众满意度",
    ]
    written = "\n".join([*left, "指标值", *(line.value for line in lines)]) + "\n"
    header = {"project_name": "村卫生室标准化建设", "dept": "县卫生健康局", "unit": "县卫生健康局", "year": 2023}
    note = "左半页名称、右半页值：行数相同、类型相容，可逐行对上。"
    return Fixture(
        "b01", "left_and_right_halves", "txt", (), (Expected(header, lines),), "torn", note, {"txt": written}
    )


def _a_line_a_cell() -> Fixture:
    """A cell a line, blank lines between, the second level broken in two."""
    lines = [
        Line("数量", "硬化村组道路", "≥", "12", "公里"),
        Line("质量", "道路验收合格率", "", "100", "%"),
        Line("经济", "节约运输费用", "≥", "20", "万元"),
        Line("满意", "受益群众满意度", "≥", "95", "%"),
    ]
    cells = ["项目支出绩效目标申报表", "（2022年度）", "项目名称", "通村道路硬化", "主管部门", "县交通运输局"]
    cells += ["一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标", "硬化村组道路", "≥12公里"]
    cells += ["质量指标", "道路验收合格率", "100%", "效益指标", "经济效益", "指标", "节约运输费用", "≥20万元"]
    cells += ["满意度指标", "服务对象", "满意度指标", "受益群众满意度", "≥95%"]
    header = {"project_name": "通村道路硬化", "dept": "县交通运输局", "year": 2022}
    note = "一格一行、空行分隔，二级指标拆成两行。"
    written = "\n\n".join(cells) + "\n"
    return Fixture("b02", "a_line_a_cell", "txt", (), (Expected(header, lines),), "torn", note, {"txt": written})


def _glued() -> Fixture:
    """Points, target, result and score run together: 10≥266米≥266米10."""
    lines = [Line("数量", "维修校舍长度"), Line("质量", "维修合格率"), Line("满意", "师生满意度")]
    written = """项目支出绩效自评表（2021年度）
项目名称 校舍维修 主管部门 县教育局
一级指标 二级指标 三级指标 分值 指标值 实际完成值 得分
产出指标 数量指标 维修校舍长度 10≥266米≥266米10
质量指标 维修合格率 20100%100%20
满意度指标 服务对象满意度指标 师生满意度 10≥90%≥95%10
"""
    header = {"project_name": ["校舍维修", None], "dept": ["县教育局", None], "year": [2021, None]}
    note = "分值、指标值、实际值、得分粘连：值不能确定，行可读出但值应空着并列入待确认，或整个文件报告失败。"
    about = [line.name for line in lines]
    tables = (Expected(header, (), about, lines),)
    return Fixture("b04", "glued_columns", "txt", (), tables, "torn", note, {"txt": written}, refusable=True)


def _markdown() -> Fixture:
    """What converters make of a merged form: level names repeated in every row they spanned."""
    lines = [
        Line("数量", "发放教材", "≥", "9000", "册"),
        Line("质量", "教材合格率", "=", "100", "%"),
        Line("时效", "课前到书率", "=", "100", "%"),
        Line("社会", "减轻学生负担", "", "有效减轻", ""),
        Line("满意", "学生满意度", "≥", "95", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", "免费教科书", "主管部门", "县教育局"],
        ["年度资金总额（万元）", "45.6", "其中：财政拨款", "45.6"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *tree(lines, lambda line: [line.name, line.value], merged=False),
    ]
    header = {"project_name": "免费教科书", "dept": "县教育局", "year": 2024, "total": 45.6, "fiscal": 45.6}
    parts = [Words(("# 项目支出绩效目标表（2024年度）",)), Grid(rows)]
    return Fixture("01", "pipe_table", "md txt", parts, (Expected(header | {"money_unit": "万元"}, lines),))
