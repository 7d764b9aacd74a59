"""Facts of a description: the number, what it is of, and the words it was read from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.brief import Brief, BriefRequest, request_from_data, understand
from assistant.brief.facts import LONGEST_DESCRIPTION
from assistant.errors import BadBrief
from assistant.values import parse_value, render

# Description → every fact it states, as kind, name and value; one line a field of government.
STATED: dict[str, list[tuple[str, str, str]]] = {
    "举办基层干部培训班10期，满意度95%以上。": [
        ("quantity", "基层干部培训班期数", "10期"),
        ("rate", "服务对象满意度", "≥95%"),
    ],
    "疏浚河道14.2公里，清淤土方36万立方米，河道水质达标率不低于90%。": [
        ("quantity", "河道疏浚里程", "14.2公里"),
        ("quantity", "土方清淤方量", "36万立方米"),
        ("rate", "河道水质达标率", "≥90%"),
    ],
    "全年开展法律援助案件办理420件，法律咨询3600人次，受援人满意度≥95%。": [
        ("quantity", "法律援助案件办理件数", "420件"),
        ("quantity", "法律咨询人次", "3600人次"),
        ("rate", "受援人满意度", "≥95%"),
    ],
    "租用机柜77个，租期36个月，每柜每月1820元，存储500TB。": [
        ("quantity", "租用机柜数量", "77个"),
        ("duration", "租期", "36个月"),
        ("unit_price", "租用机柜单位成本", "1820元/柜·月"),
        ("quantity", "存储数量", "500TB"),
    ],
    "校舍维修4月开工、8月底完成，建成后年接待学生1.2万人次。": [
        ("deadline", "校舍维修开工时间", "4月"),
        ("deadline", "项目完成时间", "8月底前"),
        ("quantity", "年接待学生人次", "1.2万人次"),
    ],
    "购置64排CT1台，价格450万元；工勤人员按1:100配备112人，年度救助限额5万元。": [
        ("quantity", "64排CT购置数量", "1台"),
        ("money", "64排CT成本", "450万元"),
        ("quantity", "配备人数", "112人"),
        ("unit_price", "救助限额", "5万元"),
    ],
    "为0.7万名重度残疾人代缴养老保险费，为0.3万名低保对象代缴养老保险费。": [
        ("quantity", "重度残疾人养老保险费代缴人数", "0.7万人"),
        ("quantity", "低保对象养老保险费代缴人数", "0.3万人"),
    ],
    "在3个乡镇12个村实施改厕420户；对60岁以上老人每人每月补贴100元，共5200人。": [
        ("quantity", "改厕户数", "420户"),
        ("unit_price", "60岁以上老人补贴标准", "100元/人·月"),
        ("quantity", "60岁以上老人补贴人数", "5200人"),
    ],
    "养老金足额发放率100%，每月15日前发放到账。": [
        ("rate", "养老金足额发放率", "100%"),
        ("deadline", "养老金发放时间", "每月15日前"),
    ],
    "购置救护车5辆、除颤仪12台，设备验收合格率100%，2026年6月30日前完成采购。": [
        ("quantity", "救护车购置数量", "5辆"),
        ("quantity", "除颤仪购置数量", "12台"),
        ("rate", "设备验收合格率", "100%"),
        ("deadline", "采购完成时间", "2026年6月30日前"),
    ],
    "为65岁以上老年人免费体检1.8万人，健康档案建档率达到92%以上。": [
        ("quantity", "65岁以上老年人免费体检人数", "1.8万人"),
        ("rate", "健康档案建档率", "≥92%"),
    ],
    "预算120万元，其中财政资金100万元、自筹资金20万元。": [
        ("budget", "项目资金", "120万元"),
        ("fiscal", "财政资金", "100万元"),
        ("other_funds", "其他资金", "20万元"),
    ],
    "发放耕地地力保护补贴，每亩补贴标准72.5元，补贴面积38万亩。": [
        ("unit_price", "补贴标准", "72.5元/亩"),
        ("quantity", "补贴面积", "38万亩"),
    ],
    "培训乡村医生260人次，培训合格率百分之九十五以上。": [
        ("quantity", "乡村医生培训人次", "260人次"),
        ("rate", "培训合格率", "≥95%"),
    ],
    "城区道路清扫保洁面积320万平方米，垃圾日产日清率100%，市民投诉率不超过2%。": [
        ("quantity", "城区道路清扫保洁面积", "320万平方米"),
        ("rate", "垃圾日产日清率", "100%"),
        ("rate", "市民投诉率", "≤2%"),
    ],
    "审计项目18个，出具审计报告18份，审计整改率不低于90%。": [
        ("quantity", "项目审计数量", "18个"),
        ("quantity", "出具审计报告份数", "18份"),
        ("rate", "审计整改率", "≥90%"),
    ],
    "项目实施期2024年1月至2026年12月，总投资1.2亿元。": [
        ("period", "项目实施期", "2024年1月-2026年12月"),
        ("total_investment", "项目总投资", "1.2亿元"),
    ],
    "聘用网格员45名，每人每月补贴2600元，全年巡查不少于10000次。": [
        ("quantity", "聘用网格员人数", "45人"),
        ("unit_price", "网格员补贴标准", "2600元/人·月"),
        ("quantity", "巡查次数", "≥10000次"),
    ],
    "维护网络专线32条，故障修复时间不超过4小时，系统在线率99.5%以上。": [
        ("quantity", "网络专线维护数量", "32条"),
        ("duration", "故障修复时间", "≤4小时"),
        ("rate", "系统在线率", "≥99.5%"),
    ],
    "放映公益电影1440场，每场补贴200元，观众满意度不低于90%。": [
        ("quantity", "公益电影放映场次", "1440场"),
        ("unit_price", "补贴标准", "200元/场"),
        ("rate", "观众满意度", "≥90%"),
    ],
    "储备原粮1.5万吨、食用油300吨，轮换完成率100%，损耗率控制在1%以内。": [
        ("quantity", "原粮储备数量", "1.5万吨"),
        ("quantity", "食用油储备数量", "300吨"),
        ("rate", "轮换完成率", "100%"),
        ("rate", "损耗率", "≤1%"),
    ],
    "接种流感疫苗6万剂次，接种率不低于80%。": [
        ("quantity", "流感疫苗接种剂次", "6万剂次"),
        ("rate", "接种率", "≥80%"),
    ],
    "一、完成食品抽检960批次；二、每批次检测费900元；三、举办宣传活动8场。": [
        ("quantity", "食品抽检批次", "960批次"),
        ("unit_price", "检测费标准", "900元/批次"),
        ("quantity", "宣传活动场次", "8场"),
    ],
    "农村公路养护里程320公里，每公里养护费1.2万元，优良路率达到85%。": [
        ("quantity", "农村公路养护里程", "320公里"),
        ("unit_price", "养护费标准", "1.2万元/公里"),
        ("rate", "优良路率", "85%"),
    ],
    "学生满意度、家长满意度均不低于95%。": [
        ("rate", "家长满意度", "≥95%"),
        ("rate", "学生满意度", "≥95%"),
    ],
}


def read(text: str, **given: object) -> Brief:
    return understand(request_from_data({"description": text, **given}))


def told(brief: Brief) -> list[tuple[str, str, str]]:
    return [(fact.kind, fact.label, render(fact.value)) for fact in brief.facts]


@pytest.mark.parametrize("text", STATED)
def test_a_description_states_exactly_these_facts(text: str) -> None:
    assert told(read(text)) == STATED[text]


@pytest.mark.parametrize("text", STATED)
def test_a_quote_is_the_text_at_its_place_and_holds_the_number(text: str) -> None:
    for fact in read(text).facts:
        assert fact.quote == text[fact.start : fact.end]
        assert fact.source == "description"
        assert fact.value.raw.rstrip("/人户亩场批次公里·月天年") in fact.quote or str(fact.value.number) in fact.quote


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("维修道路2公里，按常住人口万分之十五配备协管员。", "按常住人口万分之十五配备协管员"),
        ("清淤3公里，城区黑臭水体为零。", "城区黑臭水体为零"),
        ("维护系统3套，7×24小时值守。", "7×24小时值守"),
        ("新建双向4车道，长2公里。", "新建双向4车道"),
        ("运维服务器62台，合同期到2026年12月31日。", "合同期到2026年12月31日"),
    ],
)
def test_a_figure_no_reader_took_up_is_listed(text: str, clause: str) -> None:
    assert clause in read(text).unread


@pytest.mark.parametrize(
    "text", ["为65岁以上老年人体检300人。", "按照省委十三届八次全会精神，培训300人。", "2026年培训300人。"]
)
def test_ages_years_and_what_a_project_follows_are_no_figures(text: str) -> None:
    assert read(text).unread == ()


@given(st.lists(st.sampled_from([part for text in STATED for part in text.rstrip("。").split("，")]), max_size=8))
def test_quotes_are_exact_in_any_mixture_of_clauses(parts: list[str]) -> None:
    text = "，".join(parts)
    brief = read(text, project_name="项目")
    facts = [*brief.facts, *(fact for conflict in brief.conflicts for fact in conflict.facts)]
    assert all(fact.quote and fact.quote == text[fact.start : fact.end] for fact in facts)


@given(st.text(alphabet="培训道路0123456789一二百万元人次公里%，。、每月前底不低于年 ", max_size=60))
def test_any_text_is_read_without_trouble_and_quoted_exactly(text: str) -> None:
    request = BriefRequest(project_name="项目", description=text)
    for fact in understand(request).facts:
        assert fact.quote == request.description[fact.start : fact.end]


def test_fact_ids_are_counted_in_the_order_of_the_text() -> None:
    brief = read("铺设管网3公里，安装水表500只，通水率100%。")
    assert [fact.id for fact in brief.facts] == ["f1", "f2", "f3"]
    assert [fact.start for fact in brief.facts] == sorted(fact.start for fact in brief.facts)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("为全县12个行政村的3200户农户安装太阳能路灯860盏", ["12个", "3200户", "860盏"]),
        ("2026年10月底前完成培训300人次", ["2026年10月底前", "300人次"]),
        ("2026年10月底前新建公厕6座，投资90万元", ["2026年10月底前", "6座", "90万元"]),
        ("组织6期培训班300人次", ["6期", "300人次"]),
        ("1.培训干部300人；2.举办班次6期；3、发放手册1000册", ["300人", "6期", "1000册"]),
    ],
)
def test_no_figure_of_a_run_on_sentence_is_lost(text: str, figures: list[str]) -> None:
    assert [render(fact.value) for fact in read(text).facts] == figures


@pytest.mark.parametrize(
    ("text", "label"),
    [("建设12个公路养护站3200平方米", "公路养护站建设数量"), ("组织6期培训班300人次", "培训班期数")],
)
def test_a_thing_named_by_a_verb_stays_whole(text: str, label: str) -> None:
    assert read(text).facts[0].label == label


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("每人每月补贴2600元", "2600元/人·月"),
        ("每月每人补贴2600元", "2600元/人·月"),
        ("每人每天培训费380元", "380元/人·天"),
        ("年人均补助1200元", "1200元/人·年"),
        ("每户补助8500元", "8500元/户"),
        ("每批次检测费900元", "900元/批次"),
    ],
)
def test_a_price_keeps_all_its_denominators(text: str, price: str) -> None:
    assert [render(fact.value) for fact in read(text).facts] == [price]


def test_days_of_service_are_an_output_and_a_period_of_work_a_limit() -> None:
    assert [fact.kind for fact in read("全年免费开放300天，工期90天。").facts] == ["quantity", "duration"]


def test_two_figures_for_one_thing_conflict_and_are_no_facts() -> None:
    brief = read("计划培训村干部300人次。全年培训村干部350人次。")
    assert brief.facts == ()
    assert [render(fact.value) for fact in brief.conflicts[0].facts] == ["300人次", "350人次"]


def test_a_conflict_asks_with_both_quotes() -> None:
    (conflict,) = read("计划培训村干部300人次。全年培训村干部350人次。").conflicts
    assert "“计划培训村干部300人次”" in conflict.question
    assert "“全年培训村干部350人次”" in conflict.question


@pytest.mark.parametrize("again", ["培训村干部三百人次", "培训村干部300人次", "培训村干部３００人次"])
def test_the_same_figure_said_again_in_any_script_is_no_conflict(again: str) -> None:
    brief = read(f"培训村干部300人次。{again}。")
    assert told(brief) == [("quantity", "村干部培训人次", "300人次")]
    assert brief.conflicts == ()


@pytest.mark.parametrize(
    ("text", "wan"),
    [
        ("预算120万元", "120"),
        ("总投资1.2亿元", "12000"),
        ("项目资金350000元", "35"),
        ("维护浮标14个，数据传输时延不超过30分钟，资金75万元", "75"),
        ("安排经费八十万元", "80"),
        ("铺设管网3公里", None),
    ],
)
def test_the_budget_is_read_in_wan(text: str, wan: str | None) -> None:
    assert read(text).budget_wan == (None if wan is None else Decimal(wan))


def test_a_given_budget_stands_over_the_description() -> None:
    assert read("总投资90万元", budget_wan=120).budget_wan == 120


@pytest.mark.parametrize(("text", "year"), [("2026年培训300人次", 2026), ("2025年至2026年培训", None), ("培训", None)])
def test_the_year_is_taken_only_when_the_text_names_one(text: str, year: int | None) -> None:
    assert read(text).year == year


@pytest.mark.parametrize(
    ("name", "kind", "form_kind"),
    [
        ("农村公路新建工程", "工程建设", "工程基建"),
        ("校舍维修改造", "修缮改造", "大型修缮"),
        ("消防装备购置", "设备购置", "大型购置"),
        ("智慧政务平台", "信息化建设", "信息化建设"),
        ("高龄津贴", "补助发放", "面向公众服务"),
        ("森林防火巡护", "公共服务", "面向公众服务"),
        ("辅警工资", "运行保障", "内部管理"),
    ],
)
def test_the_kind_of_work_is_told_from_the_name(name: str, kind: str, form_kind: str) -> None:
    brief = understand(BriefRequest(project_name=name))
    assert (brief.kind, brief.form_kind) == (kind, form_kind)


def test_a_text_without_known_words_has_no_kind() -> None:
    assert read("月球土壤").kind is None


@pytest.mark.parametrize("text", ["根据财预〔2021〕101号文件开展工作", "联系电话0953-2038888", "提高一次性成功水平"])
def test_document_numbers_telephones_and_fixed_words_are_no_facts(text: str) -> None:
    assert read(text).facts == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "没有项目名称，也没有项目描述"),
        ({"description": "  \n　"}, "没有项目名称，也没有项目描述"),
        ({"description": "修" * (LONGEST_DESCRIPTION + 1)}, "超过 20000 字"),
        ({"project_name": "修路", "budget_wan": -5}, "金额不能是负数"),
        ({"project_name": "修路", "budget_wan": float("nan")}, "应当是有限的数"),
        ({"project_name": "修路", "budget_wan": float("inf")}, "应当是有限的数"),
        ({"project_name": "修路", "year": 1800}, "不小于 2000"),
        ({"project_name": "修路", "year": "今年"}, "应当是整数"),
        ({"project_name": "修路", "colour": "红"}, "colour 不认识的字段"),
        ({"project_name": "修路", "generation": "2019"}, "'2015', '2021'"),
        ({"project_name": ["修路"]}, "应当是文字"),
        (["修路"], "应当是一个对象"),
        (None, "应当是一个对象"),
    ],
)
def test_an_unusable_brief_is_refused_in_chinese(data: object, said: str) -> None:
    with pytest.raises(BadBrief, match=said.replace("'", ".")) as refused:
        request_from_data(data)
    assert len(refused.value.problems) == 1


def test_every_problem_of_a_brief_has_a_line_of_its_own() -> None:
    with pytest.raises(BadBrief) as refused:
        request_from_data({"project_name": "修路", "year": 1800, "budget_wan": -1, "colour": "红"})
    assert [problem.split()[0] for problem in refused.value.problems] == ["year", "budget_wan", "colour"]


def test_null_fields_of_a_brief_are_blank() -> None:
    request = request_from_data({"project_name": "修路", "description": None, "department": None, "year": None})
    assert (request.description, request.department, request.year) == ("", "", None)


def test_how_many_ways_the_work_is_divided_is_no_target() -> None:
    assert not understand(BriefRequest(description="从住房、小区、街区、城区四个维度开展体检")).facts


def test_the_quote_of_a_count_per_month_holds_the_month() -> None:
    said = understand(BriefRequest(description="每月到较远的46个行政村巡诊一次")).facts[-1]
    assert (render(said.value), said.quote) == ("1次/月", "每月到较远的46个行政村巡诊一次")


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("按中标单价295元/吨付费", "中标单价", "295元/吨"),
        ("每月到较远的46个行政村巡诊一次", "巡诊次数", "1次/月"),
        ("采购冻精2.5万剂", "冻精采购数量", "2.5万剂"),
        ("农户参与率力争达到80%", "农户参与率", "80%"),
        ("其余用于小程序开发和骨干培训180人次", "骨干培训人次", "180人次"),
        ("每月到较远的46个行政村巡诊一次", "涉及行政村数量", "46个"),
        ("在服务大厅和4个乡镇便民服务中心设置自助区", "乡镇便民服务中心数量", "4个"),
        ("对主城区86处已竣工人防工程补设标识牌", "主城区已竣工人防工程数量", "86处"),
        ("对城区餐饮单位约1350家产生的餐厨垃圾统一收运", "城区餐饮单位数量", "约1350家"),
        ("供全县14个乡镇的38个冷配改良点免费使用", "冷配改良点数量", "38个"),
        ("面向学校教师、公安交警和企业一线人员开展救护员取证培训12期", "救护员取证培训期数", "12期"),
        ("形成体检报告1份", "体检报告份数", "1份"),
        ("配备2台流动巡诊车", "流动巡诊车配备数量", "2台"),
    ],
)
def test_what_a_strict_reader_found_lost_is_read(text: str, label: str, value: str) -> None:
    facts = {fact.label: render(fact.value) for fact in understand(BriefRequest(description=text)).facts}
    assert render(parse_value(value)) == facts[label]


def test_open_all_day_is_no_time_limit() -> None:
    brief = understand(BriefRequest(description="设置24小时自助服务区，故障24小时内修复"))
    assert [fact.label for fact in brief.facts] == ["故障修复时间"]
    assert brief.unread == ()
