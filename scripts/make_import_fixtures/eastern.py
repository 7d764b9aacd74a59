"""Families 3 and 11–17: Shanghai, Jiangsu, Suzhou, Linhai, Gansu, Chongqing approvals, investment plans, bonds."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, pairs, tree

BRIDGE = [
    Line("经济成本", "养护经费成本控制率", "≤", "100.00", "(%)"),
    Line("数量", "养护道班房数量", "=", "6.00", "(个)"),
    Line("数量", "检修排水泵次数", "≥", "24.00", "(次)"),
    Line("质量", "设施完好率", "≥", "95.00", "(%)"),
    Line("时效", "应急抢修到场及时率", "=", "100.00", "(%)"),
    Line("社会", "因养护不当引发的事故数", "=", "0.00", "(起)"),
    Line("生态", "噪声扰民投诉", "", "有所减少", ""),
    Line("满意", "周边居民满意度", "≥", "90.00", "(%)"),
]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _shanghai()
    yield _jiangsu()
    yield _suzhou()
    yield _linhai()
    yield _gansu()
    yield _approval()
    yield _plan()
    yield _bond()


def _jiangsu() -> Fixture:
    lines = [
        Line("数量", "公园绿化养护面积", "＝", "6.2", "万平方米", mid="＝6.2万平方米"),
        Line("数量", "开展文化活动", "＝", "10", "场", mid="＝4场"),
        Line("质量", "绿化养护合格率", "＝", "100", "%", mid="＝100%"),
        Line("时效", "活动按期举办率", "＝", "100", "%", mid="＝100%"),
        Line("社会", "年入园人次", "≥", "30", "万人次", mid="≥12万人次"),
        Line("效益满意", "游客满意度", "≥", "90", "%", mid="≥90%"),
    ]
    labels = {
        "数量": ("产出", "产出数量"),
        "质量": ("产出", "产出质量"),
        "时效": ("产出", "产出时效"),
        "社会": ("效益", "社会效益"),
        "效益满意": ("效益", "服务对象满意度"),
    }
    ahead: list[Row] = [
        [C("决策", rows=2), "项目立项", "立项依据充分性", "充分", "充分"],
        ["绩效目标", "绩效指标明确性", "明确", "明确"],
        [C("过程", rows=2), "资金管理", "预算执行率", "＝50%", "＝100%"],
        ["组织实施", "管理制度健全性", "健全", "健全"],
    ]
    rows: list[Row] = [
        ["项目名称", C("珍珠湖公园运行维护", cols=4)],
        ["主管部门", C("市住房和城乡建设局", cols=2), "实施单位", "市园林绿化管理中心"],
        ["资金总额（万元）", C("168", cols=2), "其中：财政拨款", "168"],
        ["一级指标", "二级指标", "三级指标", "半年（程）指标值", "全年（程）指标值"],
        *ahead,
        *tree(lines, lambda line: [line.name, line.mid or "", line.value], labels=labels),
    ]
    header = {
        "project_name": "珍珠湖公园运行维护",
        "dept": "市住房和城乡建设局",
        "unit": "市园林绿化管理中心",
        "year": 2024,
    }
    header |= {"total": 168, "fiscal": 168, "money_unit": "万元"}
    about = ["立项依据充分性", "绩效指标明确性", "预算执行率", "管理制度健全性"]
    parts = [Words(("2024年度市级预算项目绩效目标表",)), Grid(rows, (12, 16, 24, 18, 18))]
    note = "决策、过程不属于目标表的四类一级指标：这些行连同值列入待确认，不得改挂别处；指标值取全年。"
    return Fixture(
        "11", "jiangsu_half_and_full_year", "xlsx html", parts, (Expected(header, lines, about),), "torn", note
    )


def _suzhou() -> Fixture:
    lines = [
        Line("数量", "灾备数据容量", "≥", "60", "TB"),
        Line("质量", "备份恢复成功率", "=", "100", "%"),
        Line("时效", "备份任务按时完成率", "≥", "99", "%"),
        Line("社会", "数据安全保障能力", "", "显著提升", ""),
        Line("满意", "使用部门满意度", "≥", "95", "%"),
    ]
    labels = {
        "数量": ("产出目标", "数量"),
        "质量": ("产出目标", "质量"),
        "时效": ("产出目标", "时效"),
        "社会": ("结果目标", "社会效益"),
        "满意": ("结果目标", "服务对象满意度"),
    }
    ahead: list[Row] = [
        [C("投入目标", rows=2), "投入管理", "预算编制合理性", "合理"],
        ["财务管理", "资金使用合规性", "合规"],
    ]
    rows: list[Row] = [
        ["项目名称", C("灾备中心运行维护", cols=3)],
        ["主管部门", "市财政局", "实施单位", "市财政信息中心"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *ahead,
        *tree(lines, lambda line: [line.name, line.value], labels=labels),
    ]
    header = {"project_name": "灾备中心运行维护", "dept": "市财政局", "unit": "市财政信息中心", "year": 2021}
    about = ["预算编制合理性", "资金使用合规性"]
    parts = [Words(("项目绩效目标表（2021年度）",)), Grid(rows, (14, 18, 28, 18))]
    note = "投入目标没有对应的一级指标：列入待确认；产出目标、结果目标由二级指标定位。"
    return Fixture(
        "12", "suzhou_input_output_result", "docx html", parts, (Expected(header, lines, about),), "torn", note
    )


def _linhai() -> Fixture:
    """指标名称 holds the class, the meaning stands in 指标描述."""
    lines = [
        Line("数量", "养护绿地面积", "≥", "85", "万平方米"),
        Line("质量", "苗木成活率", "≥", "95", "%"),
        Line("时效", "养护任务完成时间", "", "2023年12月底前", ""),
        Line("成本", "每平方米养护单价", "≤", "6.8", "元"),
        Line("生态", "改善城市生态环境", "", "效果明显", ""),
        Line("满意", "市民对绿化的满意度", "≥", "85", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("城区绿化养护经费", cols=3)],
        ["主管部门", "市综合行政执法局", "预算金额（万元）", "578"],
        *tree(lines, lambda line: [line.value, line.name], head=["指标类型", "指标名称", "指标值", "指标描述"]),
    ]
    header = {
        "project_name": "城区绿化养护经费",
        "dept": "市综合行政执法局",
        "total": 578,
        "money_unit": "万元",
        "year": 2023,
    }
    parts = [Words(("2023年度预算项目绩效目标申报表",)), Grid(rows, (14, 20, 18, 30))]
    note = "“指标名称”列写的是二级指标，三级指标的意思在“指标描述”列。"
    return Fixture("13", "linhai_class_as_name", "xlsx html", parts, (Expected(header, lines),), note=note)


def _gansu() -> Fixture:
    lines = [
        Line("经济成本", "展陈更新费用", "≤", "120", "万元"),
        Line("社会成本", "对公众参观的影响", "", "无明显影响", ""),
        Line("生态成本", "建筑垃圾规范处置率", "=", "100", "%"),
        Line("数量", "更新展板面积", "≥", "860", "平方米"),
        Line("质量", "展陈验收合格率", "=", "100", "%"),
        Line("时效", "开放时间", "", "2025年5月18日前", ""),
        Line("社会", "年参观人次", "≥", "18", "万人次"),
        Line("满意", "观众满意度", "≥", "92", "%"),
    ]
    goal = "完成基本陈列更新并对公众开放。"
    rows: list[Row] = [
        ["一级项目名称", C("博物馆纪念馆免费开放", cols=2), "二级项目名称", "基本陈列更新"],
        ["主管部门", C("市文体广电和旅游局", cols=2), "实施单位", "市博物馆"],
        ["资金总额（万元）", C("120", cols=2), "财政拨款", "120"],
        across("年度绩效目标", goal, 5),
        *tree(
            lines,
            lambda line: [C(line.name, cols=2), line.value],
            head=["一级指标", "二级指标", C("三级指标", cols=2), "指标值"],
        ),
    ]
    header = {"project_name": "基本陈列更新", "dept": "市文体广电和旅游局", "unit": "市博物馆", "year": 2025}
    header |= {"total": 120, "fiscal": 120, "money_unit": "万元", "goal": goal}
    parts = [Words(("2025年市级部门预算项目支出绩效目标表",)), Grid(rows, (14, 16, 14, 14, 18))]
    return Fixture("14", "gansu_two_project_names", "xlsx docx", parts, (Expected(header, lines),))


def _approval() -> Fixture:
    lines = [
        Line("经济成本", "垃圾清运单价", "≤", "180", "元/吨"),
        Line("社会成本", "占道作业投诉", "≤", "3", "件"),
        Line("生态成本", "渗滤液达标处理率", "=", "100", "%"),
        Line("数量", "清运生活垃圾", "≥", "7300", "吨"),
        Line("质量", "密闭运输率", "=", "100", "%"),
        Line("时效", "垃圾日产日清率", "≥", "98", "%"),
        Line("社会", "场镇环境卫生", "", "明显改善", ""),
        Line("满意", "群众满意度", "≥", "90", "%"),
    ]
    labels = {
        "经济成本": ("成本指标(0-20)分", "经济成本指标"),
        "社会成本": ("成本指标(0-20)分", "社会成本指标"),
        "生态成本": ("成本指标(0-20)分", "生态环境成本指标"),
        "数量": ("产出指标(40)分", "数量指标"),
        "质量": ("产出指标(40)分", "质量指标"),
        "时效": ("产出指标(40)分", "时效指标"),
        "社会": ("效益指标(20)分", "社会效益指标"),
        "满意": ("满意度指标(10)分", "服务对象满意度指标"),
    }
    rows: list[Row] = [
        ["项目名称", C("场镇生活垃圾清运", cols=5)],
        ["主管部门", C("县城市管理局", cols=2), "实施单位", C("云溪乡人民政府", cols=2)],
        *tree(
            lines,
            lambda line: [line.name, f"考核{line.name}", line.value, "5"],
            head=["一级指标", "二级指标", "三级指标", "指标解释", "指标值", "分值"],
            labels=labels,
        ),
        [C("预算执行10分", cols=2), "预算执行率", "执行数/预算数", "100%", "10"],
    ]
    header = {"project_name": "场镇生活垃圾清运", "dept": "县城市管理局", "unit": "云溪乡人民政府", "year": 2024}
    about = ["预算执行率"]
    parts = [Words(("项目支出绩效目标审批表（2024年）",)), Grid(rows, (16, 18, 20, 20, 14, 8))]
    note = "“预算执行 10分”不是目标表的一级指标：列入待确认。"
    return Fixture("15", "chongqing_approval", "xlsx docx", parts, (Expected(header, lines, about),), "torn", note)


def _plan() -> Fixture:
    """Everything one level lower: 实施效果指标 → 产出指标 → the class in the name's own column."""
    lines = [
        Line("数量", "建设粪污处理设施", "≥", "14", "套"),
        Line("数量", "畜禽粪污综合利用量", "≥", "12", "万吨"),
        Line("质量", "工程质量合格率", "", "100", "%"),
        Line("经济", "有机肥销售收入", "≥", "320", "万元"),
        Line("生态", "畜禽粪污综合利用率", "≥", "90", "%"),
        Line("满意", "项目区群众满意度", "≥", "85", "%"),
    ]
    seconds = {"数量": "产出指标", "质量": "产出指标", "经济": "效益指标", "生态": "效益指标", "满意": "满意度指标"}
    names = {"数量": "数量", "质量": "质量", "经济": "经济效益", "生态": "生态效益", "满意": "服务对象满意度"}
    labels = {place: (second, names[place]) for place, second in seconds.items()}
    drawn = tree(lines, lambda line: [line.name, line.value], labels=labels)
    drawn[0] = [C("实施效果指标", rows=len(lines)), *drawn[0]]
    rows: list[Row] = [
        ["下达地方或单位", C("区农业农村委员会", cols=4)],
        ["项目名称", C("畜禽粪污资源化利用整县推进", cols=4)],
        across("总体目标", "提升畜禽粪污资源化利用水平。", 5),
        ["一级指标", "二级指标", C("三级指标", cols=2), "指标值"],
        *drawn,
    ]
    header = {"project_name": "畜禽粪污资源化利用整县推进", "goal": "提升畜禽粪污资源化利用水平。", "year": 2023}
    header |= {"unit": ["区农业农村委员会", None]}
    parts = [Words(("中央预算内投资项目绩效目标表（2023年）",)), Grid(rows, (16, 14, 16, 28, 16))]
    note = "层级整体下移一级：一级“实施效果指标”，二级写的是一级的名字，三级两列中前一列才是二级。"
    return Fixture("16", "investment_plan_shifted", "xlsx html", parts, (Expected(header, lines),), note=note)


def _bond() -> Fixture:
    lines = [
        Line("数量", "改造瓶装燃气用户", "≥", "3500", "户", "3612户"),
        Line("质量", "工程验收合格率", "=", "100", "%", "100%"),
        Line("时效", "按期完工率", "≥", "95", "%", "96%"),
        Line("成本", "户均改造成本", "≤", "4200", "元/户", "4150元/户"),
        Line("社会", "消除用气安全隐患", "", "有效消除", "", "有效消除"),
        Line("满意", "改造居民满意度", "≥", "90", "%", "94%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("瓶装燃气改管道燃气专项债券项目", cols=5)],
        ["主管部门", C("区住房和建设局", cols=2), "实施单位", C("区燃气工程中心", cols=2)],
        ["债券资金管理指标(10分)", "实际支出（万元）", "4800", "下达额度（万元）", "5000", "完成值96%"],
        *tree(
            lines,
            lambda line: [line.name, line.value, line.actual, "10"],
            head=["一级指标", "二级指标", "三级指标", "年度指标值", "完成值", "得分"],
        ),
    ]
    header = {
        "project_name": "瓶装燃气改管道燃气专项债券项目",
        "dept": "区住房和建设局",
        "unit": "区燃气工程中心",
        "year": 2022,
    }
    parts = [Words(("政府专项债券项目绩效自评表（2022年度）",)), Grid(rows, (16, 18, 24, 16, 14, 10))]
    note = "首行“债券资金管理指标”是资金情况，不是指标。"
    return Fixture("17", "special_bond", "xlsx html", parts, (Expected(header, lines),), note=note)


def _shanghai() -> Fixture:
    goal = "确保下立交设施完好、排水畅通，市民出行安全。"
    rows: list[Row] = [
        pairs("项目名称：", "下立交泵站养护经费", width=5),
        ["项目类别：", C("经常性专项业务费", cols=2), "项目年度：", "2025"],
        ["申请年度资金总额：", C("1000000.00", cols=2), "其中：财政资金", "1000000.00"],
        across("项目总目标", goal, 5),
        *tree(
            BRIDGE,
            lambda line: [line.name, line.value],
            head=["一级指标", "二级指标", "三级指标", "年度(/项目)指标值"],
            side="绩效指标",
            labels={"满意": ("满意度指\n标", "服务对象满\n意度指标"), "生态": ("效益指标", "生态效益指\n标")},
        ),
    ]
    header = {
        "project_name": "下立交泵站养护经费",
        "year": 2025,
        "total": 1000000,
        "fiscal": 1000000,
        "money_unit": "元",
        "goal": goal,
    }
    parts = [
        Words(("财政项目支出绩效目标表", "（2025年度）", "单位：元")),
        Grid(rows, (12, 12, 14, 30, 20)),
    ]
    return Fixture("03", "shanghai", "xlsx html plain.pdf png", parts, (Expected(header, BRIDGE),))
