"""Families 18, 19, 21, 31, 32, 35 and 36: other words for the levels and columns."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, band, money_rows, tree


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _old_sichuan()
    yield _old_central()
    yield _bundle()
    yield _linyi()
    yield _said_three_times()
    yield _dummies()
    yield _cost_first()


def _old_sichuan() -> Fixture:
    lines = [
        Line("数量", "慰问特困家庭户数", "≥", "420", "户"),
        Line("质量", "救助对象审核准确率", "", "100", "%"),
        Line("时效", "慰问金发放时间", "", "春节前", ""),
        Line("成本", "户均慰问标准", "", "600", "元/户"),
        Line("社会", "特困家庭生活", "", "有所改善", ""),
        Line("满意", "慰问对象满意度", "≥", "95", "%"),
    ]
    labels = {
        "数量": ("项目完成指标", "数量指标"),
        "质量": ("项目完成指标", "质量指标"),
        "时效": ("项目完成指标", "时效指标"),
        "成本": ("项目完成指标", "成本指标"),
        "社会": ("项目效益指标", "社会效益指标"),
        "满意": ("满意度指标", "服务对象满意度指标"),
    }
    sources = [("资金总额", "25.2"), ("其中：财政拨款", "25.2"), ("事业收入", ""), ("经营性收入", ""), ("其他资金", "")]
    rows: list[Row] = [
        ["项目名称", C("特困家庭慰问", cols=4)],
        ["预算单位", C("区总工会", cols=4)],
        *money_rows("项目资金\n（万元）", sources, 5),
        across("总体目标", "对困难家庭开展节日慰问，体现组织关怀。", 5),
        *tree(
            lines,
            lambda line: [line.name, line.value],
            head=["一级指标", "二级指标", "三级指标", "指标值(包含数字及文字描述)"],
            side="绩效指标",
            labels=labels,
        ),
    ]
    header = {"project_name": "特困家庭慰问", "unit": "区总工会", "total": 25.2, "fiscal": 25.2, "money_unit": "万元"}
    header |= {"year": 2019, "goal": "对困难家庭开展节日慰问，体现组织关怀。"}
    parts = [Words(("2019年项目支出绩效目标申报表",)), Grid(rows, (12, 14, 16, 26, 22))]
    return Fixture("18", "sichuan_old", "docx xlsx", parts, (Expected(header, lines),))


def _old_central() -> Fixture:
    """Two columns only: what is counted and the value; no second or third level."""
    rows: list[Row] = [
        ["项目名称", C("林业有害生物监测", cols=2)],
        ["主管部门", C("169市林业局", cols=2)],
        [C("产出指标", rows=3), "指标内容", "指标值"],
        ["监测站点数量", "26个"],
        ["测报准确率", "≥90%"],
        [C("效果指标", rows=2), "成灾率", "≤3‰"],
        ["服务对象满意度", "≥85%"],
    ]
    lines = [Line("满意", "服务对象满意度", "≥", "85", "%")]
    header = {"project_name": "林业有害生物监测", "dept": "市林业局", "year": 2018}
    about = ["监测站点数量", "测报准确率", "成灾率"]
    note = "没有二级指标：满意度由名称可定；其余三行一级已知、二级未知，列入待确认，不得猜。"
    parts = [Words(("项目绩效目标表（2018年）",)), Grid(rows, (14, 30, 20))]
    return Fixture("19", "central_old_two_columns", "docx html", parts, (Expected(header, lines, about),), "torn", note)


def _bundle() -> Fixture:
    lines = [
        Line("数量", "补助民办幼儿园数量", "", "18", "所"),
        Line("数量", "环卫车辆消杀频次", "", "1次/日", ""),
        Line("质量", "消杀覆盖率", "", "100", "%"),
        Line("时效", "补助发放期限", "", "2020年12月31日前", ""),
        Line("成本", "房租补助标准", "≤", "12", "万元/所"),
        Line("社会", "减轻企业负担", "", "效果显著", ""),
        Line("满意", "受益对象满意度", "≥", "90", "%"),
    ]
    goal = "1.减免民办园房租，帮助度过难关；\n2.保障环卫消杀，维护公共卫生安全。"
    rows: list[Row] = [
        ["项目名称", C("抗疫特别国债补助项目", cols=3)],
        ["主管部门", "区教育局", "资金（万元）", "216"],
        across("绩效目标", goal, 4),
        *tree(lines, lambda line: [line.name, line.value], head=["一级指标", "二级指标", "三级指标", "指标值"]),
    ]
    header = {"project_name": "抗疫特别国债补助项目", "dept": "区教育局", "year": 2020, "goal": goal}
    header |= {"total": 216, "money_unit": "万元"}
    parts = [Words(("2020年项目绩效目标表",)), Grid(rows, (12, 18, 24, 20))]
    return Fixture("21", "bundle_numbered_goals", "docx html pdf", parts, (Expected(header, lines),))


def _linyi() -> Fixture:
    lines = [
        Line("数量", "采购课桌椅", "", "300", "套"),
        Line("数量", "惠及学生人数", "≥", "1260", "人"),
        Line("质量", "采购合格率", "=", "100", "%"),
        Line("时效", "采购完成时间", "", "2025年8月底前", ""),
        Line("成本", "采购总成本", "≤", "9.6", "万元"),
        Line("经济", "资产闲置率", "≤", "1", "%"),
        Line("社会", "办学条件", "", "改善", ""),
        Line("满意", "师生满意度", "≥", "95", "%"),
    ]
    places = {"数量": "数量值", "质量": "质量值", "时效": "时效值", "成本": "成本值"}
    benefits = {"经济": "经济效益值", "社会": "社会效益值"}
    labels = {place: ("产出值", name) for place, name in places.items()}
    labels |= {place: ("效益值", name) for place, name in benefits.items()} | {"满意": ("满意度值", "服务对象满意度值")}
    goal = "更新课桌椅，改善办学条件。"
    rows: list[Row] = [
        ["项目名称", C("办学条件改善", cols=4)],
        ["主管部门", C("县教育和体育局", cols=2), "实施单位", "县实验小学"],
        ["项目总额（万元）", C("9.6", cols=2), "财政拨款", "9.6"],
        across("年度目标", goal, 5),
        *tree(
            lines,
            lambda line: [line.name, line.value, ""],
            head=["一级", "二级", "三级", "年度数值", "备注"],
            labels=labels,
        ),
    ]
    header = {"project_name": "办学条件改善", "dept": "县教育和体育局", "unit": "县实验小学", "year": 2025}
    header |= {"total": 9.6, "fiscal": 9.6, "money_unit": "万元", "goal": goal}
    parts = [Words(("2025年项目支出绩效表",)), Grid(rows, (12, 16, 24, 18, 12))]
    note = "级别名没有“指标”二字：产出值、数量值……；“满意度值”下即服务对象满意度。"
    return Fixture("31", "linyi_level_words", "xlsx docx html office.pdf", parts, (Expected(header, lines),), note=note)


def _said_three_times() -> Fixture:
    """Name, target and result are one sentence, copied three times."""
    lines = [
        Line("数量", "全年举办招商推介活动6场。", "", "全年举办招商推介活动6场。", ""),
        Line("质量", "项目签约履约率达90%以上。", "", "项目签约履约率达90%以上。", ""),
        Line("社会", "园区营商环境进一步优化。", "", "园区营商环境进一步优化。", ""),
        Line("满意", "辖区企业满意率达95%以上。", "", "辖区企业满意率达95%以上。", ""),
    ]
    labels = {
        "数量": ("项目完成指标", "数量指标"),
        "质量": ("项目完成指标", "质量指标"),
        "社会": ("项目效益指标", "社会效益指标"),
        "满意": ("满意度指标", "满意度指标"),
    }
    rows: list[Row] = [
        ["项目名称", C("园区招商工作经费", cols=4)],
        *tree(
            lines,
            lambda line: [line.name, line.value, line.value],
            head=["一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"],
            labels=labels,
        ),
    ]
    header = {"project_name": "园区招商工作经费", "year": 2022}
    parts = [Words(("项目支出绩效自评表（2022年度）",)), Grid(rows, (12, 14, 26, 26, 26))]
    return Fixture("32", "one_sentence_three_times", "docx html", parts, (Expected(header, lines),))


def _dummies() -> Fixture:
    lines = [
        Line("数量", "应急演练次数", "≥", "4", "次"),
        Line("质量", "演练评估合格率", "≥", "95", "%"),
        Line("成本", "经济成本", "", "0", ""),
        Line("成本", "社会成本", "", "0.00%", ""),
        Line("社会", "群众应急避险能力", "", "提升", ""),
        Line("持续", "本项目不适用此指标", "", "无", ""),
        Line("满意", "参演群众满意度", "≥", "90", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("应急演练经费", cols=3)],
        *tree(lines, lambda line: [line.name, line.value], head=["一级指标", "二级指标", "三级指标", "指标值"]),
    ]
    real = [line for line in lines if line.name not in ("经济成本", "社会成本", "本项目不适用此指标")]
    header = {"project_name": "应急演练经费", "year": 2023}
    note = "占位行（0、0.00%、无）：读成行或列为占位均可，故只列出必须读到的行；optional 为读到也不算错的行。"
    optional = [line for line in lines if line not in real]
    parts = [Words(("2023年项目支出绩效目标表",)), Grid(rows, (12, 20, 26, 16))]
    return Fixture("35", "dummy_rows", "xlsx html", parts, (Expected(header, real, (), optional),), note=note)


def _cost_first() -> Fixture:
    lines = [
        Line("经济成本", "培训人均成本", "≤", "550", "元/人天"),
        Line("社会成本", "对正常教学的影响", "", "无", ""),
        Line("生态成本", "纸质材料印制量", "≤", "2000", "份"),
        Line("数量", "培训教师人数", "≥", "600", "人"),
        Line("质量", "培训结业率", "≥", "98", "%"),
        Line("时效", "培训计划按期完成率", "=", "100", "%"),
        Line("社会", "教师教学能力", "", "提高", ""),
        Line("满意", "参训教师满意度", "≥", "95", "%"),
    ]
    goal = "提升乡村教师专业素质。"
    rows: list[Row] = [
        ["项目名称", C("乡村教师能力提升培训", cols=5)],
        ["主管部门", C("省教育厅", cols=2), "实施单位", C("省教师发展中心", cols=2)],
        *money_rows(
            "项目资金（万元）",
            [
                ("年度资金总额", "330.00"),
                ("其中：政府预算资金", "330.00"),
                ("财政专户管理资金", "0.00"),
                ("单位资金", "0.00"),
            ],
            6,
        ),
        across("年度绩效目标", goal, 6),
        *tree(
            lines,
            lambda line: [line.name, line.value, f"{line.name}的计算依据"],
            head=["一级指标", "二级指标", "三级指标", "指标值", "指标值说明"],
            side="绩效指标",
        ),
        band("填表人：　　联系方式：", 6),
    ]
    header = {"project_name": "乡村教师能力提升培训", "dept": "省教育厅", "unit": "省教师发展中心", "year": 2024}
    header |= {"total": 330, "fiscal": 330, "money_unit": "万元", "goal": goal}
    parts = [Words(("附件1", "项目支出绩效目标表", "（2024年度）")), Grid(rows, (10, 12, 16, 22, 14, 22))]
    return Fixture("36", "cost_first_with_explanation", "xlsx docx html pdf png", parts, (Expected(header, lines),))
