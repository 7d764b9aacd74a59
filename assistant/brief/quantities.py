"""What one number of a description is: its kind, and the name an indicator of it would bear."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.brief.facts import FactKind
from assistant.brief.labels import (
    counted,
    deadline_for,
    has_tail,
    leading_verb,
    priced,
    rated,
    strip_lead,
    strip_reach,
    turn_around,
)
from assistant.brief.words import ACTION_VERBS, BENEFIT_WORDS, COUNTERS, DURATION_UNITS, MEASURE_OF_UNIT
from assistant.values import NumberSpan, Value, parse_value, render, unit_family

_BUDGET_WORDS = re.compile(
    r"(预算|总投资|安排|资金总额|资金|经费|投入|申请|共需|总额|总金额|专项|拨款|投资|特定目标类)[^，。；]{0,6}$"
)

_COST_STANDARD = re.compile(r"(标准|单价|单位成本)$|[人户亩生场件]均|均价|每[\u4e00-\u9fff]")

_FISCAL = re.compile(r"(财政资金|财政拨款|财政补助)$")

_SOURCE = re.compile(
    r"((中央|省级?|市级?|县级?|区级?|上级)(财政|资金|补助|配套)?[^，。；]{0,4}|债券|国债|贷款资金|转移支付)$"
)

_TOTAL = re.compile(r"(总投资|总概算|概算|估算|总造价|总规模)[^，。；]{0,4}$")

_GRANT = re.compile(r"((全额|定额|每人)(资助|补助|补贴|救助|奖励)|限额|[一二三四五]等|[一二三]档)$")

_TRADE = re.compile(r"(贷款|融资|授信|签约|成交)")

_OTHER_FUNDS = re.compile(r"(自筹|其他资金|社会资金|单位资金|配套自有|村集体投入)[^，。；]{0,3}$")

_SHARED_OUT = re.compile(
    r"每(?:一)?(人次|批次|场次|平方米|公里|人|户|亩|场|批|件|份|次|台|套|辆|张|座|处|所|家|村|生|床|吨)|(人|户|亩|生|场|件|台|套)均"
)

MONEY_OF_HEADER: Mapping[FactKind, str] = {
    "budget": "项目资金",
    "fiscal": "财政资金",
    "other_funds": "其他资金",
    "total_investment": "项目总投资",
    "source": "",
}
"""Amounts that belong to the header of the form, with their label; empty = as the text names it."""

_HAPPENS_THEN = re.compile(r"份?(全面|全部|正式)?(完成|完工|竣工|开工|建成|投用|投产|交付|启动|举办|动工|开馆)")

_FACILITY = re.compile(r"(站|室|馆|班|中心|点|所|院|厂|库|队|人员|设备|系统|基地|设施|车|机|项目|工程|合同|名单)$")

_ONE_CHARACTER = frozenset("村镇乡县校院站馆桥井")

_DONE_WITHIN = re.compile(
    r"(以?内|之内)?(响应|修复|到场|到达|处置|办结|恢复|解决|答复|送达|扑灭|发现|拆除|整改|完成整改|反馈)"
)

_WORK = "|".join(sorted(ACTION_VERBS, key=len, reverse=True))

_THING_ENDS = re.compile(
    rf"(的?(?:进行|实施|开展|推行|完成|达到|给予|日常|设置|设立|补设|免费|统一|(?:巡诊|{_WORK})(?!中心|大厅|平台|机构|基地|[车队员]))|，|的)"
)
"""What ends the words of a counted thing: the verb of what is done to it – but 便民服务中心 is one thing."""

_BUILT = re.compile(r"已?(竣工|建成|完工|新建|在建)(?=[\u4e00-\u9fff]{2})")
"""86处已竣工人防工程: what was done to a thing before."""

_WITHIN = re.compile(r"(其中)[^，。；]*$")


def named(span: NumberSpan, before: str, after: str) -> tuple[FactKind | None, str, int]:
    """Kind and label of one number, and where its quote ends."""
    unit, end = span.unit or "", span.end
    if span.kind == "date":
        return _name_date(span, before, after)
    if unit == "个百分点":
        moved = re.sub(r"(较|比)?(上年|去年|往年)|同比", "", strip_lead(strip_reach(before)))
        return "rate", f"{moved}幅度" if moved else "", end
    if unit in ("%", "‰"):
        return "rate", rated(before, after), end + (0 if strip_lead(strip_reach(before)) else len(after))
    family = unit_family(unit) if unit else ""
    if family.startswith("金额"):
        kind = "unit_price" if "/" in family else _name_money(before)
        return kind, priced(before, after) if kind == "unit_price" else _money_label(before, after), end
    if not unit or (unit == "年" and after.startswith("一遇")):
        return _name_unknown_unit(span, before, after)
    plain = re.sub(r"^[万亿]", "", unit)
    if plain in DURATION_UNITS and not (strip_reach(before).endswith("天数") or _days_of_service(plain, before)):
        done = _DONE_WITHIN.match(after)
        return "duration", _duration_label(before, after), end + (done.end() if done else 0)
    thing, taken = _counted_thing(plain, before, after)
    involved = re.search(r"涉及$", strip_reach(before))
    label = f"涉及{thing}数量" if involved and thing else counted(before, unit, thing) or counted(after, unit)
    return "quantity", label, end + (taken or (0 if counted(before, unit, thing) else len(after)))


def _name_unknown_unit(span: NumberSpan, before: str, after: str) -> tuple[FactKind | None, str, int]:
    """340樘, 160路, 20年一遇: a short word that ends the clause is the unit although no table lists it."""
    if after.startswith(("美元", "欧元", "港元", "日元")):
        return None, "", span.end
    if after.startswith("一遇"):
        return "quantity", f"{strip_lead(strip_reach(before))}", span.end + 2
    word = re.match(r"[\u4e00-\u9fff]{1,2}$", after)
    if word is None or strip_lead(word[0]) != word[0]:
        zero = span.number == 0 and has_tail(strip_lead(strip_reach(before)))
        return ("rate", rated(before), span.end) if zero else (None, "", span.end)
    return "quantity", counted(before, word[0]), span.end + len(word[0])


def _days_of_service(unit: str, before: str) -> bool:
    """全年供餐200天 says how much is done, not how long it may take."""
    return unit == "天" and re.search(r"(全年|每年|年度|累计|开放|供餐)", before) is not None


def shared_out(value: Value, before: str, clause: str) -> Value:
    """每批次检测费900元 is 900元/批次: the denominator stands before the number, how often at the clause's head."""
    often = re.search(r"每(年|半年|季度|月|周|天|日)[^每]{0,6}$", before) or re.match(
        r"每(年|半年|季度|月|周|天|日)(?!\d)[^每，]+$", clause
    )
    if value.unit in ("次", "期", "场") and value.number is not None and often:
        return parse_value(f"{render(value)}/{often[1]}")
    of_what = re.search(r"每([\u4e00-\u9fff])$", before)
    timed_price = re.fullmatch(r"(万?元)/(月|年|天|日)", value.unit or "")
    if timed_price and of_what and value.number is not None:  # 每柜 + 每月1820元
        return parse_value(f"{render(value.model_copy(update={'unit': timed_price[1]}))}/{of_what[1]}·{timed_price[2]}")
    found = _SHARED_OUT.search(before)
    if value.unit not in ("元", "万元") or value.number is None or found is None:
        return value
    # 每人每月补贴, 每月每人补贴, 年人均补助: the price has two denominators.
    timed = re.search(r"每[\u4e00-\u9fff]{1,2}每(年|月|天|日)|每(年|月|天|日)每|(年)[人户生亩]均", before)
    period = next(filter(None, timed.groups()), "") if timed else ""
    return parse_value(f"{render(value)}/{found[1] or found[2]}{f'·{period}' if period else ''}")


def _counted_thing(unit: str, before: str, after: str) -> tuple[str, int]:
    """What a counter counts when it follows the number, and how many characters of `after` that takes."""
    verb_only = leading_verb(strip_lead(strip_reach(before))) == strip_lead(strip_reach(before)) != ""
    if not after or (unit not in COUNTERS and not (unit in MEASURE_OF_UNIT and verb_only)):
        return "", 0
    for_whom = re.match(r"^(.{2,16}?)(发放|代缴|补助|补贴|提供|办理|实施|开展|购买|缴纳|进行)(.{2,14})", after)
    if for_whom and re.search(r"(为|对|向|给)$", before.strip()):
        verb = "" if for_whom[2] in ("提供", "开展", "进行", "实施") else for_whom[2]
        return for_whom[1].strip("的") + for_whom[3] + verb, len(after)
    if re.match(
        r"^(产生|免费|统一|自愿|每|按|的|以上|以下|以内|左右|进行|实施|开展|达|为|均|等|和|与|及|并|共|在|，)", after
    ):
        return "", 0
    shown = re.sub(r"（[^）]*）", lambda remark: "（" + "　" * (len(remark[0]) - 2) + "）", after)
    built = _BUILT.match(shown)
    stop = _THING_ENDS.search(shown, built.end() if built else 0)
    if (
        stop and stop[0] in ACTION_VERBS and _FACILITY.search(after)
    ):  # 公路养护站, 培训班: the verb is part of the thing
        stop = None
    thing = after[: stop.start()] if stop else after
    thing = re.sub(r"(合计|总计|共计|共)$", "", thing)
    named = 1 < len(thing) <= 16 or thing in _ONE_CHARACTER
    return (thing, len(thing)) if named else ("", 0)


def _name_date(span: NumberSpan, before: str, after: str) -> tuple[FactKind | None, str, int]:
    if re.fullmatch(r"\d{4}年?\s*[-—~至到]+\s*\d{4}年", span.text.strip()):
        return "period", "项目实施期", span.end
    if span.date is None or re.fullmatch(r"\d{4}(年度?)?", span.text.strip()):
        return None, "", span.end
    if re.search(r"[-—~至到]{1,2}", span.text) and span.text.count("月") + span.text.count("年") >= 2:
        return "period", "项目实施期", span.end
    if not re.search(r"(前|底|末|内)", span.text + after[:1]) and not _HAPPENS_THEN.match(after):
        return None, "", span.end
    if same_clause_number(after):
        done = re.match(r"(前|底前|末前)?(完成|建成)", after)
        return ("deadline", "任务完成时间", span.end) if done else (None, "", span.end)
    label = deadline_for(before, after)
    return ("deadline", label, span.end + len(after)) if label else ("deadline", "项目完成时间", span.end)


def same_clause_number(after: str) -> bool:
    """Whether the words after a number run straight into another: 到2026年底森林覆盖率提高到43%."""
    return bool(after) and re.search(r"(达到?|提高到|提升到|增加到|降到|为|至|到)$", after.strip()) is not None


def _name_money(before: str) -> FactKind:
    phrase = strip_reach(before)
    header = _header_money(before, phrase)
    if header is not None:
        return header
    if _TRADE.search(phrase) and not phrase.endswith("利息"):
        return "quantity"
    if any(word in before for word in BENEFIT_WORDS["经济效益指标"]):
        return "money"
    if _COST_STANDARD.search(before) or _GRANT.search(phrase):
        return "unit_price"
    return "budget" if _BUDGET_WORDS.search(phrase) or not strip_lead(phrase) else "money"


def _header_money(before: str, phrase: str) -> FactKind | None:
    """Which line of the header an amount belongs to, None when it is none of the named ones."""
    if _TOTAL.search(phrase):
        return "total_investment"
    if _OTHER_FUNDS.search(phrase):
        return "other_funds"
    if _FISCAL.search(phrase) and _WITHIN.search(before):
        return "fiscal"
    plain = re.sub(r"资金[^，。；]{0,2}$", "", phrase)
    return "source" if _SOURCE.search(strip_lead(phrase)) and not _BUDGET_WORDS.search(plain) else None


def _money_label(before: str, after: str) -> str:
    kind, phrase = _name_money(before), strip_lead(strip_reach(before))
    if kind in MONEY_OF_HEADER:
        return MONEY_OF_HEADER[kind] or phrase
    if kind == "quantity":
        return f"{turn_around(phrase)}金额".replace("金额金额", "金额")
    if re.search(r"(价差|利息|工资|报酬|服装费|社保费)$", phrase):
        return f"{phrase}支出"
    if phrase.endswith(("增收", "节约", "节省", "消费")):
        return f"{phrase}额"
    if _COST_STANDARD.search(phrase) or any(word in phrase for word in BENEFIT_WORDS["经济效益指标"]):
        return phrase
    return priced(before, after).removesuffix("单位成本").removesuffix("标准") + (
        "" if phrase.endswith(("资金", "经费", "成本", "费用", "费", "金额")) else "成本"
    )


def _duration_label(before: str, after: str) -> str:
    phrase = strip_lead(strip_reach(before)) or strip_lead(after)
    then = _DONE_WITHIN.match(after)
    if then and not phrase.endswith(then[2]):
        phrase += then[2]
    return phrase if not phrase or phrase.endswith(("时间", "时限", "时长", "周期", "期")) else f"{phrase}时间"
