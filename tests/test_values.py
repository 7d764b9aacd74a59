"""指标值 as text ↔ `Value`: every writing met in published tables, and what each must mean.

The tables read: cell → what comes out. Sentences after them say the rules the tables rest on.
"""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import (
    Quantity,
    Value,
    canonical_unit,
    equivalent,
    find_values,
    in_base_unit,
    parse_value,
    quantity,
    render,
    unit_family,
)

# cell, operator, number, unit
NUMBERS = [
    # signs in every script
    ("≥95%", "≥", "95", "%"),
    ("≧95%", "≥", "95", "%"),
    ("⩾95%", "≥", "95", "%"),
    (">=95%", "≥", "95", "%"),
    ("> = 95 %", "≥", "95", "%"),
    ("＞＝95％", "≥", "95", "%"),
    ("〉=95%", "≥", "95", "%"),
    ("≮95%", "≥", "95", "%"),
    ("≤5%", "≤", "5", "%"),
    ("≦5%", "≤", "5", "%"),
    ("<=6962人", "≤", "6962", "人"),
    ("＜24小时", "<", "24", "小时"),
    ("＞92%", ">", "92", "%"),
    ("〉92%", ">", "92", "%"),
    ("═100%", "=", "100", "%"),
    ("＝100%", "=", "100", "%"),
    ("=100.00(%)", "=", "100", "%"),
    # forms left by OCR, vision models and web pages
    ("$\\geq 98\\%$", "≥", "98", "%"),
    ("$\\ge98\\%$", "≥", "98", "%"),
    ("$\\leqslant 3$万元", "≤", "3", "万元"),
    ("&ge;95%", "≥", "95", "%"),
    ("&lt;24小时", "<", "24", "小时"),
    ("&gt;=90%", "≥", "90", "%"),
    ("&#8805;90%", "≥", "90", "%"),
    ("≥ 9５％ ", "≥", "95", "%"),
    ("100\n%", None, "100", "%"),
    ("290%", None, "290", "%"),
    # signs in words, before and after
    ("不低于90%", "≥", "90", "%"),
    ("不少于600人次", "≥", "600", "人次"),
    ("不小于3公顷", "≥", "3", "公顷"),
    ("不得少于2次", "≥", "2", "次"),
    ("至少3场", "≥", "3", "场"),
    ("大于等于10157.6平方米", "≥", "10157.6", "平方米"),
    ("大于或等于80%", "≥", "80", "%"),
    ("达到95%以上", "≥", "95", "%"),
    ("95%及以上", "≥", "95", "%"),
    ("95%（含）以上", "≥", "95", "%"),
    ("≥95%以上", "≥", "95", "%"),
    ("不超过3万元", "≤", "3", "万元"),
    ("不高于5%", "≤", "5", "%"),
    ("不大于4天", "≤", "4", "天"),
    ("小于等于2件", "≤", "2", "件"),
    ("控制在3万元以内", "≤", "3", "万元"),
    ("控制在3%之内", "≤", "3", "%"),
    ("控制在95%以上", "≥", "95", "%"),
    ("3万元内", "≤", "3", "万元"),
    ("10件以下", "≤", "10", "件"),
    ("低于5%", "<", "5", "%"),
    ("小于0.9‰", "<", "0.9", "‰"),
    ("不足10人", "<", "10", "人"),
    ("超过300人", ">", "300", "人"),
    ("高于85%", ">", "85", "%"),
    ("等于22个", "=", "22", "个"),
    ("达到95%", None, "95", "%"),
    ("完成30场", None, "30", "场"),
    ("为100%", None, "100", "%"),
    # numbers
    ("1,234.5万元", None, "1234.5", "万元"),
    ("３０人", None, "30", "人"),
    ("3.8万人次", None, "3.8", "万人次"),
    ("100万", None, "100", "万"),
    ("854百万元", None, "854", "百万元"),
    ("1.2亿元", None, "1.2", "亿元"),
    ("-5%", None, "-5", "%"),
    ("≥-5%", "≥", "-5", "%"),
    ("0", None, "0", None),
    ("≥124", "≥", "124", None),
    ("三十个", None, "30", "个"),
    ("一百五十万元", None, "150", "万元"),
    ("两次", None, "2", "次"),
    ("不少于三次", "≥", "3", "次"),
    ("十五个工作日内", "≤", "15", "个工作日"),
    ("百分之九十五", None, "95", "%"),
    ("百分之95以上", "≥", "95", "%"),
    ("千分之三", None, "3", "‰"),
    ("九成", None, "90", "%"),
    ("九成以上", "≥", "90", "%"),
    # units
    ("≥100百分比", "≥", "100", "%"),
    ("≥0.97比例", "≥", "0.97", "比例"),
    ("3个百分点", None, "3", "个百分点"),
    ("63（万元）", None, "63", "万元"),
    ("≥500(人)", "≥", "500", "人"),
    ("120平米", None, "120", "平方米"),
    ("≥0.565KM", "≥", "0.565", "公里"),
    ("3500公斤", None, "3500", "千克"),
    ("50人/次", None, "50", "人次"),
    ("25名", None, "25", "人"),
    ("24小时内", "≤", "24", "小时"),
    ("6个月内", "≤", "6", "个月"),
    ("10日内", "≤", "10", "天"),
    ("≥12月", "≥", "12", "个月"),
    ("=1年", "=", "1", "年"),
    ("≥20年", "≥", "20", "年"),
    ("=1单", "=", "1", "单"),
    ("=3摞", "=", "3", "摞"),
    ("5000万千瓦时", None, "5000", "万千瓦时"),
    # prices and rates per unit
    ("185元/人·月", None, "185", "元/人·月"),
    ("185元/人.月", None, "185", "元/人·月"),
    ("185元/人/月", None, "185", "元/人·月"),
    ("185元/月/人", None, "185", "元/人·月"),
    ("185元/(人·月)", None, "185", "元/人·月"),
    ("185元/人月", None, "185", "元/人·月"),
    ("≥210元每人每月", "≥", "210", "元/人·月"),
    ("每人每月185元", None, "185", "元/人·月"),
    ("每人每月不低于185元", "≥", "185", "元/人·月"),
    ("不低于每人每月185元", "≥", "185", "元/人·月"),
    ("400元/人、天", None, "400", "元/人·天"),
    ("780元/生/年", None, "780", "元/生·年"),
    ("1600元/亩", None, "1600", "元/亩"),
    ("每个村2万元", None, "2", "万元/村"),
    ("1000元/孤儿", None, "1000", "元/孤儿"),
    ("不低于60户/人.月", "≥", "60", "户/人·月"),
    ("≤620万/月", "≤", "620", "万/月"),
    ("1次/月", None, "1", "次/月"),
    ("每月1次", None, "1", "次/月"),
    ("4课时/周", None, "4", "课时/周"),
    ("320人/天", None, "320", "人/天"),
    # template labels and closing marks are no content
    ("指标1：≥95%", "≥", "95", "%"),
    ("15万元。", None, "15", "万元"),
    # the last of the unusual ones
    ("百分之百", None, "100", "%"),
    ("12场（次）", None, "12", "场次"),
    ("1200元/每人每年", None, "1200", "元/人·年"),
    ("1200元（每人每年）", None, "1200", "元/人·年"),
    ("1200元/(人*月)", None, "1200", "元/人·月"),
    ("≥95%（含）", "≥", "95", "%"),
    ("1次/季度", None, "1", "次/季度"),
]

# cell, operator, number, unit, text
NUMBERS_WITH_WORDS = [
    ("参训学员满意率达93%以上。", "≥", "93", "%", "参训学员满意率"),
    ("在约定时间办结率为96%", None, "96", "%", "在约定时间办结率"),
    ("至少全年完成3次宣讲", "≥", "3", "次", "全年宣讲"),
    ("全年不少于2次", "≥", "2", "次", "全年"),
    ("100%合格", None, "100", "%", "合格"),
    ("100%达标", None, "100", "%", "达标"),
    ("100%（合格）", None, "100", "%", "(合格)"),
    (">=93%(5乡镇同值)", "≥", "93", "%", "(5乡镇同值)"),
    ("满意度≥90%（问卷）", "≥", "90", "%", "满意度(问卷)"),
    ("30个行政村", None, "30", "个", "行政村"),
    ("培训3期业务骨干", None, "3", "期", "培训业务骨干"),
    ("较上年增长5%", None, "5", "%", "较上年增长"),
    ("较2021年增长5%以上", "≥", "5", "%", "较2021年增长"),
    ("同比下降3个百分点", None, "3", "个百分点", "同比下降"),
    ("投诉率不超过2%", "≤", "2", "%", "投诉率"),
    ("2022年12月底前支付率达到100%", None, "100", "%", "2022年12月底前支付率"),
    ("按时完成率100%", None, "100", "%", "按时完成率"),
    ("加强管理，合格率达100%", None, "100", "%", "加强管理，合格率"),
    ("组织培训三次", None, "3", "次", "组织培训"),
    ("数量：3", None, "3", None, "数量"),
    ("网上预约500人次", None, "500", "人次", "网上预约"),
    ("节约10万元", None, "10", "万元", "节约"),
    ("每年新增就业5000人以上", "≥", "5000", "人", "每年新增就业"),
    ("≥90%为优", "≥", "90", "%", "为优"),
    ("0起事故", None, "0", "起", "事故"),
]

# cell, lower, upper, unit
RANGES = [
    ("30-320元", "30", "320", "元"),
    ("30—320元", "30", "320", "元"),
    ("10~20天", "10", "20", "天"),
    ("10％－15％", "10", "15", "%"),
    ("10%—15%", "10", "15", "%"),
    ("90至95%", "90", "95", "%"),
    ("3至5年", "3", "5", "年"),
    ("三至五年", "3", "5", "年"),
    ("5万-10万元", "5", "10", "万元"),
    ("3万-5万人", "3", "5", "万人"),
    ("5-10万元", "5", "10", "万元"),
    ("1000到2000人次", "1000", "2000", "人次"),
    ("10-15%之间", "10", "15", "%"),
    ("$10\\sim20$天", "10", "20", "天"),
]

# cell, operator, date, date_end, recurrence
DATES = [
    ("2022年12月31日前", "≤", "2022-12-31", None, None),
    ("2022年12月31日", None, "2022-12-31", None, None),
    ("2022 年 12 月 31 日之前", "≤", "2022-12-31", None, None),
    ("二〇二二年十二月底前", "≤", "2022-12", None, None),
    ("2026/1/1", None, "2026-01-01", None, None),
    ("2022.12.31", None, "2022-12-31", None, None),
    ("2022-12-31前", "≤", "2022-12-31", None, None),
    ("2025年12月", None, "2025-12", None, None),
    ("≤2022年12月", "≤", "2022-12", None, None),
    ("2022年", None, "2022", None, None),
    ("2022年度", None, "2022", None, None),
    ("2020年全年。", None, "2020", None, None),
    ("2022年内", "≤", "2022", None, None),
    ("2021年底", None, "2021-12", None, None),
    ("2025年年底前", "≤", "2025-12", None, None),
    ("2022年6月起", "≥", "2022-06", None, None),
    ("12月底前", "≤", "--12", None, None),
    ("11月前", "<", "--11", None, None),
    ("11月底前", "≤", "--11", None, None),
    ("2022年前", "<", "2022", None, None),
    ("2022年底前", "≤", "2022-12", None, None),
    ("9月", None, "--09", None, None),
    ("6月30日前", "≤", "--06-30", None, None),
    ("当年12月底前", "≤", "--12", None, None),
    ("年底前", "≤", "--12", None, None),
    ("年底", None, "--12", None, None),
    ("每月15日前", "≤", "---15", None, "month"),
    ("每月15号前", "≤", "---15", None, "month"),
    ("次月10日前", "≤", "---10", None, "month"),
    ("每月十五日前", "≤", "---15", None, "month"),
    ("每年12月底前", "≤", "--12", None, "year"),
    ("每月底前", "≤", None, None, "month"),
    ("每季度", None, None, None, "quarter"),
    ("15日前", "≤", "---15", None, None),
    ("2020年1月--2020年11月", None, "2020-01", "2020-11", None),
    ("2021年1月-12月", None, "2021-01", "2021-12", None),
    ("2021年1-12月", None, "2021-01", "2021-12", None),
    ("1-12月", None, "--01", "--12", None),
    ("全年", None, "--01", "--12", None),
    ("2022年1月1日至2022年12月31日", None, "2022-01-01", "2022-12-31", None),
    ("2022年6月1日-30日", None, "2022-06-01", "2022-06-30", None),
    ("2022.1.1-2022.12.31", None, "2022-01-01", "2022-12-31", None),
    ("2022-2024年", None, "2022", "2024", None),
    ("上半年", None, "--01", "--06", None),
    ("2022年上半年", None, "2022-01", "2022-06", None),
    ("第三季度", None, "--07", "--09", None),
    ("2022年第四季度前", "≤", "2022-12", None, None),
    ("截至2022年底", None, "2022-12", None, None),
    ("每月5-10日", None, "---05", "---10", "month"),
]

DATES_WITH_WORDS = [
    ("12月底到位", "--12", "到位"),
    ("2022年12月底前完成验收", "2022-12", "完成验收"),
    ("完成时间：2022年12月", "2022-12", "完成时间"),
    ("项目于6月30日前完工", "--06-30", "项目完工"),
    ("每月15日前发放", "---15", "发放"),
    ("年底前完成", "--12", "完成"),
]

# cell → renderings of the parts
SEVERAL = [
    ("1500人、300人", ["1500人", "300人"]),
    ("≥300人；≥20场", ["≥300人", "≥20场"]),
    ("≥300人\n≥20场", ["≥300人", "≥20场"]),
    ("&ge;300人;&ge;20场", ["≥300人", "≥20场"]),
    ("1520人次，资助金额152.4万元", ["1520人次", "资助金额152.4万元"]),
    ("新罗区2;永定区3;上杭县1", ["新罗区2", "永定区3", "上杭县1"]),
    ("目标1：600人；目标2：≥95%", ["600人", "≥95%"]),
    ("目标1：600人 目标2：≥95%", ["600人", "≥95%"]),
    ("1.培训600人；2.满意度≥95%", ["培训600人", "满意度≥95%"]),
    ("每生每年2800元、1900元、900元3个档次", ["2800元/生·年", "1900元/生·年", "900元/生·年"]),
    ("优90% 良80% 中70% 差70%", ["优90%", "良80%", "中70%", "差70%"]),
    ("优90%良80%中70%", ["优90%", "良80%", "中70%"]),
    ("6月30日前、12月31日前", ["6月30日前", "12月31日前"]),
    ("≥300人；效果良好", ["≥300人", "效果良好"]),
    ("省级1人、市级2人", ["省级1人", "市级2人"]),
    ("好（90%以上）、一般（60%-90%）、差（60%以下）", ["好≥90%", "一般60-90%", "差≤60%"]),
    ("第一季度25%，第二季度50%", ["第一季度25%", "第二季度50%"]),
]

# Wording, though some of these mention a number.
TEXTS = [
    "及时",
    "显著提高",
    "是",
    "否",
    "无",
    "好",
    "不超预算",
    "不低于上年度水平",
    "依照既定标准800元/人向受助家庭发放资金",
    "按照1000元/人执行",
    "按照上级安排的任务量确定",
    "7个村各1",
    "≤****000元",
    "≥**人次",
    "××人",
    "9 5%",
    "1，234元",
    "一次性",
    "一般",
    "十分满意",
    "一户一策",
    "统一管理",
    "二级以上",
    "第一",
    "第2",
    "前3名",
    "建立两个平台",
    "完成2022年度任务",
    "5G",
    "PM2.5达标",
    "12345热线畅通",
    "7×24小时",
    "1/3",
    "3:1",
    "=95%以下",
    "2022年13月",
    "财预〔2021〕101号",
    "场馆器材、展品的保管妥当,楼道灯光明亮,观众进出有序",
    "12345678901234567890元",
    "每月按时发放",
    "全年完成",
    "≥1000 0人",
    "≥上年95%",
    "±5%",
    "2022-2023学年",
    "80%≤x≤100%",
    "GB3838-2002",
    "三分之二以上",
]

BLANKS = ["", " ", "\n", "/", "——", "……", "***", "×××", "_", "指标1：", "目标2:"]

GRADES = [
    ("优/良/中/差", ("优", "良", "中", "差")),
    ("优良中差", ("优", "良", "中", "差")),
    ("好、一般、差", ("好", "一般", "差")),
    ("定性 高中低", ("高", "中", "低")),
    ("好/较好", ("好", "较好")),
    ("是/否", ("是", "否")),
    ("显著、较显著、一般、不显著", ("显著", "较显著", "一般", "不显著")),
    ("显著提升（显著/一般/不显著）", ("显著", "一般", "不显著")),
    ("好、一般、差三档", ("好", "一般", "差")),
]

EVERY_CELL = [
    case[0]
    for table in (NUMBERS, NUMBERS_WITH_WORDS, RANGES, DATES, DATES_WITH_WORDS, SEVERAL, GRADES)
    for case in table
]
EVERY_CELL += TEXTS + BLANKS


def decimal(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


@pytest.mark.parametrize(("cell", "operator", "number", "unit"), NUMBERS)
def test_a_number_is_read_with_its_sign_and_unit(
    cell: str, operator: str | None, number: str, unit: str | None
) -> None:
    value = parse_value(cell)
    assert (value.kind, value.operator, value.number, value.unit) == ("number", operator, Decimal(number), unit)
    assert value.text is None


@pytest.mark.parametrize(("cell", "operator", "number", "unit", "text"), NUMBERS_WITH_WORDS)
def test_a_number_that_is_the_predicate_keeps_the_rest_as_text(
    cell: str, operator: str | None, number: str, unit: str | None, text: str
) -> None:
    value = parse_value(cell)
    assert (value.kind, value.operator, value.number, value.unit) == ("number", operator, Decimal(number), unit)
    assert value.text == text


@pytest.mark.parametrize(("cell", "lower", "upper", "unit"), RANGES)
def test_a_range_has_two_bounds_and_one_unit(cell: str, lower: str, upper: str, unit: str) -> None:
    value = parse_value(cell)
    assert (value.kind, value.number, value.number_max, value.unit) == ("range", Decimal(lower), Decimal(upper), unit)


@pytest.mark.parametrize(("cell", "operator", "date", "date_end", "recurrence"), DATES)
def test_a_date_keeps_the_stated_precision(
    cell: str, operator: str | None, date: str | None, date_end: str | None, recurrence: str | None
) -> None:
    value = parse_value(cell)
    assert (value.kind, value.operator, value.date, value.date_end) == ("date", operator, date, date_end)
    assert (value.recurrence, value.number, value.unit, value.text) == (recurrence, None, None, None)


@pytest.mark.parametrize(("cell", "date", "text"), DATES_WITH_WORDS)
def test_a_date_keeps_what_is_to_be_done_as_text(cell: str, date: str, text: str) -> None:
    value = parse_value(cell)
    assert (value.kind, value.date, value.text) == ("date", date, text)


@pytest.mark.parametrize(("cell", "parts"), SEVERAL)
def test_several_values_in_one_cell_become_parts(cell: str, parts: list[str]) -> None:
    value = parse_value(cell)
    assert value.kind == "multiple"
    assert [render(part) for part in value.parts] == parts


@pytest.mark.parametrize("cell", TEXTS)
def test_what_is_not_wholly_understood_is_text(cell: str) -> None:
    value = parse_value(cell)
    assert (value.kind, value.text, value.number) == ("text", cell, None)


@pytest.mark.parametrize("cell", BLANKS)
def test_a_blank_or_placeholder_is_empty_text(cell: str) -> None:
    value = parse_value(cell)
    assert (value.kind, value.text, value.raw) == ("text", "", cell)


@pytest.mark.parametrize(("cell", "grades"), GRADES)
def test_a_named_scale_gives_its_grades(cell: str, grades: tuple[str, ...]) -> None:
    value = parse_value(cell)
    assert (value.kind, value.grades) == ("text", grades)


def test_grades_with_numbers_are_several_values_and_still_a_scale() -> None:
    assert parse_value("优90% 良80% 中70% 差70%").grades == ("优", "良", "中", "差")


def test_a_single_grade_is_no_scale() -> None:
    assert parse_value("较好").grades is None


@pytest.mark.parametrize("cell", ["≥95%", ">=95%", "≧95%", "〉=95%", "$\\geq 95\\%$", "&ge;95%", "═95%", "投诉率≤5%"])
def test_a_sign_in_any_script_is_explicit(cell: str) -> None:
    assert parse_value(cell).operator_explicit


@pytest.mark.parametrize("cell", ["不低于95%", "95%以上", "大于等于95%", "控制在3%以内", "95%", "2022年底前"])
def test_a_sign_told_by_words_is_not_explicit(cell: str) -> None:
    assert not parse_value(cell).operator_explicit


@pytest.mark.parametrize(
    "cell", ["约5.5万人次", "5.5万人次左右", "大约5.5万人次", "5.5万余人次", "将近5.5万人次", "近5.5万人次"]
)
def test_about_is_kept_and_never_turned_into_a_sign(cell: str) -> None:
    value = parse_value(cell)
    assert (value.approximate, value.operator, value.number) == (True, None, Decimal("5.5"))


def test_the_last_three_years_are_not_about_three_years() -> None:
    assert parse_value("近3年").approximate is False


@pytest.mark.parametrize("cell", EVERY_CELL)
def test_a_rendered_value_reads_back_equivalent(cell: str) -> None:
    value = parse_value(cell)
    assert equivalent(parse_value(render(value)), value)


@pytest.mark.parametrize("cell", EVERY_CELL)
def test_a_value_survives_json(cell: str) -> None:
    value = parse_value(cell)
    assert Value.model_validate_json(value.model_dump_json()) == value


def test_a_repeated_marker_is_dropped_at_once() -> None:
    assert parse_value("定性" * 900 + "好").text == "好"


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [
        ("＞＝ 95％", "≥95%"),
        ("3万元内", "≤3万元"),
        ("100.00(%)", "100%"),
        ("1,234.50元", "1234.5元"),
        ("每人每月185元", "185元/人·月"),
        ("30—320元", "30-320元"),
        ("2022-12-31前", "2022年12月31日前"),
        ("每月15号前", "每月15日前"),
        ("1500人、300人", "1500人；300人"),
        ("显著提高。", "显著提高。"),
    ],
)
def test_rendering_is_canonical(cell: str, canonical: str) -> None:
    assert render(parse_value(cell)) == canonical


def test_a_value_made_by_hand_renders_without_its_raw_text() -> None:
    assert render(Value(raw="", kind="number", operator="≥", number=Decimal(500), unit="人次")) == "≥500人次"


def test_values_are_equivalent_however_the_sign_was_written() -> None:
    assert equivalent(parse_value("不低于95%"), parse_value("≥95.0％"))


@pytest.mark.parametrize("other", ["≤95%", "95%", "≥95‰", "≥96%", "满意度≥95%", "约≥95%", "及时", "≥95%；≥95%"])
def test_a_different_sign_number_unit_or_wording_is_not_equivalent(other: str) -> None:
    assert not equivalent(parse_value("≥95%"), parse_value(other))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3.8万人次", Quantity(Decimal(38000), "人次")),
        ("854万", Quantity(Decimal(8540000), "")),
        ("3万元", Quantity(Decimal(30000), "元")),
        ("1.2亿元", Quantity(Decimal(120000000), "元")),
        ("620万/月", Quantity(Decimal(6200000), "/月")),
        ("5万千瓦时", Quantity(Decimal(50000), "千瓦时")),
        ("3千米", Quantity(Decimal(3), "公里")),
        ("95%", Quantity(Decimal(95), "%")),
        ("≥124", Quantity(Decimal(124), "")),
    ],
)
def test_a_quantity_has_its_magnitude_applied(cell: str, expected: Quantity) -> None:
    assert quantity(parse_value(cell)) == expected


@pytest.mark.parametrize("cell", ["30-320元", "2022年底", "及时", "1500人、300人", ""])
def test_what_is_not_one_number_has_no_quantity(cell: str) -> None:
    assert quantity(parse_value(cell)) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0.565km", Quantity(Decimal(565), "米")),
        ("3公顷", Quantity(Decimal(30000), "平方米")),
        ("0.97比例", Quantity(Decimal(97), "%")),
        ("2小时", Quantity(Decimal(7200), "秒")),
        ("3万元/公里", Quantity(Decimal(30000), "元/公里")),
        ("15个工作日", Quantity(Decimal(15), "个工作日")),
        ("300人次", Quantity(Decimal(300), "人次")),
    ],
)
def test_one_family_compares_in_one_base_unit(cell: str, expected: Quantity) -> None:
    amount = quantity(parse_value(cell))
    assert amount and in_base_unit(amount) == expected


@pytest.mark.parametrize(
    ("units", "family"),
    [
        (["公里", "千米", "km", "米", "厘米"], "长度"),
        (["万元", "元", "亿元"], "金额"),
        (["亩", "公顷", "平方米", "万平方米", "㎡"], "面积"),
        (["天", "个工作日", "小时", "个月", "日"], "时长"),
        (["元/人·月", "元每人每月", "万元/月/人"], "金额/人·月"),
        (["人"], "人"),
        (["人次", "万人次"], "人次"),
        (["%", "‰", "百分比", "比例"], "比率"),
        (["个百分点"], "百分点"),
        (["摞"], "摞"),
    ],
)
def test_a_family_says_what_a_unit_measures(units: list[str], family: str) -> None:
    assert {unit_family(unit) for unit in units} == {family}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("百分比", "%"),
        ("（万元）", "万元"),
        ("人/次", "人次"),
        ("个/人", "个"),
        ("工作日", "个工作日"),
        ("元每人每年", "元/人·年"),
        ("㎡", "平方米"),
        (" 人 次 ", "人次"),
        ("摞", "摞"),
        ("", ""),
    ],
)
def test_a_unit_has_one_canonical_name(text: str, unit: str) -> None:
    assert canonical_unit(text) == unit


# text → the spans a reader sees
MENTIONS = [
    ("为不少于600人次提供服务", ["不少于600人次"]),
    ("满意度达95%以上，投诉率控制在2%以内", ["95%以上", "控制在2%以内"]),
    ("新建三十个行政村活动室", ["三十个"]),
    ("每月十五日前发放，每年培训两次", ["每月十五日前", "每年培训两次"[4:]]),
    ("总投资一百五十万元", ["一百五十万元"]),
    ("补助标准为每人每月185元", ["每人每月185元"]),
    ("工期3至5个月，2022年12月底前完工", ["3至5个月", "2022年12月底前"]),
    ("覆盖率≥98.5%，共12所学校", ["≥98.5%", "12所"]),
    ("共 30 人", ["30 人"]),
    ("$\\geq 98\\%$的群众", ["\\geq 98\\%"]),
    ("编号20221和PM2.5", ["20221", "2.5"]),
    ("按照财预〔2021〕101号安排3万元", ["3万元"]),
    ("依据国发[2014]45号、豫财效〔2022〕4 号", []),
    ("联系电话13812345678，0951-2012345.", []),
    ("身份证640102199001011234", []),
    ("共13812345678元", ["13812345678元"]),
    ("一次性补助，一期工程，三公经费，统一管理，第一批，一卡通，十四五规划，二维码", []),
    ("年满60周岁的老人", ["60周岁"]),
    ("三次产业、三天两头、七台河", []),
    ("一户一策、一人一档、十分重视、一般公共预算、两个维护", []),
    ("数十人参加，两三个月", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans"), MENTIONS)
def test_running_text_gives_every_number_with_its_words(text: str, spans: list[str]) -> None:
    assert [found.text.strip() for found in find_values(text)] == spans


PARAGRAPH = (
    "项目2022年度共安排3.5万元，用于养老保险日常工作：不少于600人次参加培训，制作宣传资料2,000份，"
    "基础养老金每人每月185元于每月15日前发放到位，发放率达到100%，群众满意度95%以上，12月31日前完成全部工作。"
)


def test_a_paragraph_gives_amounts_counts_rates_and_dates() -> None:
    found = [(span.kind, span.operator, span.number, span.unit, span.date) for span in find_values(PARAGRAPH)]
    assert found == [
        ("date", None, Decimal(2022), "", "2022"),
        ("number", None, Decimal("3.5"), "万元", None),
        ("number", "≥", Decimal(600), "人次", None),
        ("number", None, Decimal(2000), "份", None),
        ("number", None, Decimal(185), "元/人·月", None),
        ("date", "≤", Decimal(15), "", "---15"),
        ("number", None, Decimal(100), "%", None),
        ("number", "≥", Decimal(95), "%", None),
        ("date", "≤", Decimal(12), "", "--12-31"),
    ]


def test_spans_are_places_in_the_original_text() -> None:
    assert all(PARAGRAPH[span.start : span.end] == span.text for span in find_values(PARAGRAPH))


# Characters and words that values are made of, so that random text often comes close to one.
VALUE_LIKE = st.text(
    alphabet="01234567890123.,，、;；:： \n-~—至到≥≤=<>＞〉%％‰万千百亿元人次个年月日前底内"
    "以上下每/·.()（）约左右不低于超过达成第一二两十三半季度优良中差定性全宣传目标×*$\\&",
    max_size=24,
)
WORDS = (
    "≥ 不低于 约 95 3.8 1,234 三十 万 元 人次 % 个工作日 /人 ·月 每人每月 以上 以内 左右 2022年 12月 31日 底 前 - 至 "
    "、 ； 满意率 达 完成 优 良 （ ） 每月 15日 目标1： 定性 全年 年底 第三季度 上半年 "
    "余 。 -5 0 内 起 摞 $\\geq$ &ge; × 达标 按"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(" "), " ", "\n"]), max_size=8).map("".join)


@given(st.one_of(st.text(max_size=60), VALUE_LIKE, PIECES))
def test_any_text_gives_a_value_that_keeps_it_and_reads_back(text: str) -> None:
    value = parse_value(text)
    assert value.raw == text
    assert equivalent(parse_value(render(value)), value)


@given(st.one_of(st.text(max_size=60), VALUE_LIKE, PIECES))
def test_every_digit_of_running_text_lies_in_exactly_one_span(text: str) -> None:
    spans = find_values(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    seen = {place for span in spans for place in range(span.start, span.end)}
    is_excluded = any(mark in text for mark in ("号", "&#")) or max(map(len, text.split() or [""])) >= 11
    assert is_excluded or all(place in seen for place, character in enumerate(text) if character in "0123456789")


@given(
    number=st.decimals(min_value=0, max_value=10**9, places=2),
    operator=st.sampled_from(["≥", "≤", "=", ">", "<", None]),
    unit=st.sampled_from(["人次", "%", "万元", "元/人·月", "个工作日", "公里", "个月", None]),
)
def test_a_made_up_number_renders_and_reads_back(number: Decimal, operator: Any, unit: str | None) -> None:
    value = Value(raw="", kind="number", operator=operator, number=number, unit=unit)
    assert equivalent(parse_value(render(value)), value)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1-",
        "一万",
        "每人",
        "≥",
        " ",
        "1 ",
        "(",
        "1年1月",
        "不低于",
        "1、",
        "优1%",
        "一户一策",
        "1,",
        "\\ge",
        "&ge;",
        "=",
        "〉",
    ],
)
def test_ten_thousand_characters_take_no_time(piece: str) -> None:
    text = "始" + piece * (10_000 // len(piece))
    started = time.perf_counter()
    assert parse_value(text + "5%").kind == "text"
    parse_value(text[:1_990])
    find_values(text)
    assert time.perf_counter() - started < 2


def test_short_cells_are_read_fast() -> None:
    cells = [f"≥{number}人次" for number in range(2_000)]
    started = time.perf_counter()
    for cell in cells:
        parse_value(cell)
    assert time.perf_counter() - started < 2
