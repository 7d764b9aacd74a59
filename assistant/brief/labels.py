"""Indicator-like names from the words around a number: 硬化道路 + 公里 → 道路硬化里程."""

from __future__ import annotations

import re

from assistant.brief.words import ACTION_VERBS, KEPT_IN_FRONT, LEAD_INS, LIGHT_VERBS, MEASURE_OF_UNIT, METRIC_TAILS

_VERBS = sorted(ACTION_VERBS, key=len, reverse=True)
_LEAD = sorted(LEAD_INS, key=len, reverse=True)
_TAILS = sorted(METRIC_TAILS, key=len, reverse=True)
_REACHES = re.compile(
    r"(?:均|都|皆|力争|(?:达到?了?|达|预计|为|是|在|至|到|共有|约|共|共计|合计|按|按照|计|近|超过|保持在?|控制在?|稳定在|不低于|不少于|不高于|不超过|提高到|提升到|降低到|降到|提高至|提升至|增加到|增至|降至|不足|实现))+$"
)
_TIME_WORDS = re.compile(
    r"^(?:\d{4}年度?|\d{1,2}月底?前?|[0-9一二三四五六七八九十]+月份?|年底前?|年末前?|每年|每月|每季度|每人每月|每人每年|每天|每日|前|底|内)+"
)
_FROM_TO = re.compile(r"(.{2,})[由从][^，。；]{0,12}?(?:提高|提升|增加|增长|上升|下降|降低|减少|压减|扩大)[到至为]\s*$")
_EACH = re.compile(r"^(每(人次|批次|场次|平方米|公里|[人户亩场批件份次台套辆张座处所家村生床吨年月天日对]))+")
_BROKEN = re.compile(
    r"[；;。，,：:×*/?？]|（\s*）|\(\s*\)|^[后担付段每共]|^(并|按|例如|另列)|^(中央|省|市|县|区)级?比例$"
)
_AFTERWARDS = re.compile(r"^(项目|工程)?(建成|投产|完工|投用|实施)(投产|投用)?后[，,]?(可|能)?(?=.)")
_OUR = re.compile(r"^(我[校院局县市镇乡区]|我单位|聘(?![请用任])(?=.{1,6}员))")
_PLACED = re.compile(
    r"^[在于][^，。；]{1,14}?(?=(实施|新建|改建|扩建|开展|举办|建|设置|设立|安装|更换|种植|改造|修建))"
)
_AIMED = re.compile(r"^(面向|针对)[^，。；]{2,28}?(?=(开展|举办|组织|提供|实施)[^，。；]{4})")
_SETTING = re.compile(r"^(在|对|从|供|到|为|向|给|面向|针对)(?=[^，。；]{2})")
"""Words that tell where or for whom; when the thing counted follows its number, they are no part of its name."""
_PLACES = frozenset("乡镇 行政村 自然村 村 镇 乡 街道 社区 县 区 市 村居".split())
_CONJUNCT = re.compile(r"^[^，。；]{2,}(开发|建设|采购|购置|维护|运维)[和及与](?=[^，。；]{2,}培训$)")
"""积分管理小程序开发和骨干培训180人次: the people are those of the training alone."""
_PAYMENTS = frozenset({"发", "发放", "拨付", "兑付", "支付", "打卡", "打卡发放", "缴纳"})
_HAPPENINGS = frozenset({"开工", "动工", "竣工", "完工", "投用", "投产", "启动"})
_NOT_THINGS = frozenset({"人员", "对象", "单位", "部门", "机构", "员"})
"""What cannot stand without the verb before it: 监管人员, 服务对象."""
_PAPERS = frozenset({"活动", "报告", "方案", "清单", "手册", "证书", "档案", "报表", "合同", "协议"})
"""What a verb before it only describes (体检报告), unless the verb makes it (编制方案)."""
_MAKING = frozenset({"编制", "印发", "印制", "制作", "发布", "发放", "签约", "审核", "办理", "采购", "购置"})
_YEARS = re.compile(r"\d{4}年度?")
_LIST_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}、")


def strip_lead(phrase: str) -> str:
    """The phrase without what only introduces it: times, 计划, 其中, 全县, particles, light verbs."""
    while True:
        before = phrase
        phrase = _LIST_NUMBER.sub("", _trimmed(phrase))
        phrase = _OUR.sub("", _AFTERWARDS.sub("", _AIMED.sub("", _PLACED.sub("", phrase))))
        phrase = re.sub(
            r"^(\d+(?=配[备置])|配(?![送备置套])|可(?=节约|带动|增加|新增))", "", _TIME_WORDS.sub("", phrase)
        )
        for lead in _LEAD:
            if phrase.startswith(lead) and len(phrase) > len(lead):
                phrase = phrase[len(lead) :]
                break
        else:
            for verb in LIGHT_VERBS:
                if phrase.startswith(verb) and len(phrase) >= len(verb) + 2:
                    phrase = phrase[len(verb) :]
                    break
        if phrase == before:
            return phrase if phrase.count("“") == phrase.count("”") else re.sub(r"[“”]", "", phrase)


def _trimmed(phrase: str) -> str:
    marks = ' 　"“”‘’《》（）()-—·.．、；;，,'
    return phrase.lstrip(marks + "的了着").rstrip(marks + "的地得了着于等")


def strip_reach(phrase: str) -> str:
    """The phrase without the words that only lead up to the number: …达到, …控制在, …每人每月."""
    phrase = re.sub(r"(?<=.)每[人户亩生]每[月年天]", "", phrase)
    return re.sub(
        r"((主要)?用于|(?<=.)(一年|全年|每年|每季度|每月|每周))$",
        "",
        _REACHES.sub("", _FROM_TO.sub(r"\1", phrase).rstrip(" 　：:=＝")),
    ).rstrip("的于")


def leading_verb(phrase: str) -> str:
    """The verb of work a phrase starts with, empty when it starts with none."""
    return next((verb for verb in _VERBS if phrase.startswith(verb)), "")


def has_tail(phrase: str) -> bool:
    """Whether a phrase already ends in a measure word."""
    return any(phrase.endswith(tail) and len(phrase) > len(tail) for tail in _TAILS)


def turn_around(phrase: str) -> str:
    """Verb + object → object + verb, as indicators are named: 硬化道路 → 道路硬化."""
    verb = leading_verb(phrase)
    if verb in KEPT_IN_FRONT:
        return KEPT_IN_FRONT[verb] + phrase[len(verb) :].strip("的了")
    while (further := leading_verb(phrase[len(verb) :])) and phrase[len(verb + further) :] not in _NOT_THINGS:
        verb += further
    thing = phrase[len(verb) :].strip("的了")
    if thing.endswith("员") and len(thing) <= 4:  # 普查指导员, 巡河员: the verb is part of the title
        return phrase
    if not verb or len(thing) < 2 or (thing in _PAPERS and verb not in _MAKING):
        return phrase
    return thing + verb


def counted(before: str, unit: str, after: str = "") -> str:
    """The name for a count: `before` the number, its unit, and what is counted when it stands after the unit."""
    plain, _, each = re.sub(r"^[万亿]", "", unit).partition("/")
    measure = "频次" if each and plain in ("次", "期", "场") else MEASURE_OF_UNIT.get(plain, "数量")
    if re.search(r"(年增|增产|产出|生产).{0,8}$", before.strip()) and plain in ("吨", "千克", "公斤"):
        measure = "产量"
    grown = re.search(r"(年)?(增产|新增|年增|增)(.+)$", before) if measure == "产量" else None
    if grown:
        return f"{strip_lead(strip_reach(grown[3]))}年增产量"
    phrase = strip_lead(strip_reach(before)).replace("进行", "").replace("提供服务", "服务")
    phrase = _CONJUNCT.sub("", phrase)
    if after:
        if _SETTING.match(phrase):
            phrase = "涉及" if after in _PLACES else ""
        verb = leading_verb(phrase)
        phrase = (verb or "") + after if verb == phrase or not phrase or phrase in LIGHT_VERBS else phrase + after
    if has_tail(phrase) or re.search(r".{2,}(能力|容量|量|额|值|规模|指数|产能)$", phrase):
        return phrase
    phrase = re.sub(r"(.{2,})全长$", r"\1长", phrase)
    if plain in ("米", "厘米", "毫米") and phrase.endswith(("宽", "厚", "高", "深", "长")):
        return f"{phrase}度"
    phrase = turn_around(phrase)
    if phrase.endswith("人口"):
        return f"{phrase}数量"
    if measure.endswith(("数", "次")) and phrase.endswith(measure):
        return phrase
    return phrase + measure if phrase else ""


def rated(before: str, after: str = "") -> str:
    """The name for a percentage: 养老金足额发放率, 群众满意度, 人均收入增长率."""
    phrase = strip_lead(strip_reach(before)) or strip_lead(after)
    phrase = re.sub(r"(?:不低于|不少于|不超过|不高于)(?=.*(总额|总量|总数))", "占", phrase)
    if re.search(r"(利率|承担|分担|负担)", before):  # terms of the money, no target of the work
        return ""
    if phrase in ("满意度", "满意率"):  # whose is asked; the number is the unit's own and comes before any precedent's
        return "服务对象满意度"
    if not phrase or has_tail(phrase):
        return phrase
    if phrase.endswith(("压减", "压降")):
        return f"{phrase}率"
    if re.search(r"完成[^，。；率]{2,}$", strip_reach(before)):
        return f"{phrase}完成率"
    if re.search(
        r"(增长|下降|降低|减少|合格|达标|及时|准确|完好|覆盖|知晓|发放|办结|处置|处理|整改|完成|利用|签约|认证|入学|就业|参保|代缴|公示|落实|在线|响应|到位|巩固|通过|收缴|回收)$",
        phrase,
    ):
        return phrase + "率"
    ending = "度" if phrase.endswith("满意") else "幅度" if phrase.endswith(("提高", "提升", "增加")) else "比例"
    return phrase + ending


def priced(before: str, after: str = "") -> str:
    """The name for a unit price: 基础养老金标准, 道路清扫保洁单价."""
    phrase = strip_lead(strip_reach(_YEARS.sub("", before).replace("平均", ""))) or strip_lead(after)
    phrase = _EACH.sub("", re.sub(r"^((按|的)?标准(给予|发放)?|按照?(?=.*(单价|价格|标准)))", "", phrase))
    phrase = re.sub(r"(每(人次|[\u4e00-\u9fff]))+$", "", phrase)
    graded = re.search(r"[一二三四五甲乙丙][等档级]$", strip_reach(before))
    if graded:
        return f"{graded[0]}标准"
    turned = re.match(r"^(补助|补贴|收费|救助|奖励)标准(.{2,})$", phrase)
    if turned:
        return f"{turned[2]}{turned[1]}标准"
    if phrase.endswith(("增收", "收入", "消费")):
        return f"{phrase}额" if not phrase.endswith("收入") else phrase
    if phrase in ("补助", "补贴", "奖补", "资助", "给予补助", "给予补贴"):
        return f"{phrase.removeprefix('给予')}标准"
    if not phrase or has_tail(phrase) or phrase.endswith(("限额", "上限")):
        return phrase
    if phrase.endswith(("费", "经费")):
        return f"{phrase}标准"
    granted = re.search(r"(补贴|补助|救助|奖励|养老金|津贴|报酬|工资|助学金|抚恤|资助|扶助|低保|待遇|供养)", phrase)
    return turn_around(phrase) + ("标准" if granted else "单位成本")


def is_sound(label: str) -> bool:
    """Whether a name made from running text can stand on a form; what cannot is shown as not understood."""
    if len(label) < 2 or _BROKEN.search(label) or label in _TAILS:
        return False
    return not any(label == tail or (label.endswith(tail) and len(label) - len(tail) < 2) for tail in ("数量", "成本"))


def deadline_for(before: str, after: str) -> str:
    """The name for a deadline: 工程建设完成时间, 养老金发放时间; empty when no event is named."""
    event = re.sub(r"^(之前|以前|前|底|末|将|把|全部|全面)+", "", after.strip()) or strip_reach(before)
    event = re.sub(r"并?(投入|交付)使用$", "", event)
    event = re.sub(r"(完毕.*|到位|到户|到账|结束)$", "", event)
    done = re.match(r"^(?:全面|全部)?(?:完成|实现)(.*)$", event) or re.match(r"^(.*?)(?:全面|全部)?完成$", event)
    if done:
        return f"{strip_lead(re.sub(r'^(全部|全面|所有)', '', done[1])) or '项目'}完成时间"
    event = strip_lead(event)
    if event in _PAYMENTS:
        paid = strip_lead(strip_reach(before)) if after.strip("前底末 ") else ""
        return f"{paid or '资金'}{'发放' if event.startswith(('打卡', '发')) else event}时间"
    event = turn_around(event)
    if not event or has_tail(event):
        return event
    if leading_verb(event) == event or event in _HAPPENINGS:
        return f"{strip_lead(strip_reach(before)) or '项目'}{event}时间"
    return f"{event}时间" if leading_verb(event[-2:]) else f"{event}完成时间"
