"""Reads a request: which numbers it states, of what, and what kind of project it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.brief.facts import Brief, BriefRequest, Conflict, Fact, FactKind, KindOfWork
from assistant.brief.labels import counted, deadline_for, has_tail, leading_verb, priced, rated, strip_lead, strip_reach
from assistant.brief.people import beneficiaries_in, subjects_in
from assistant.brief.words import ACTION_VERBS, BENEFIT_WORDS, COUNTERS, DURATION_UNITS, KIND_WORDS
from assistant.values import NumberSpan, Value, equivalent, find_values, parse_value, render, unit_family

_STOP = re.compile(r"[，,。；;、：:！!？?\n\r（）()《》]")
_SENTENCE = re.compile(r"[。；;！!？?\n\r]")
_BUDGET_WORDS = re.compile(
    r"(预算|总投资|安排|资金总额|资金|经费|投入|申请|共需|总额|总金额|专项|拨款|投资|特定目标类|配套)[^，。；]{0,6}$"
)
_COST_STANDARD = re.compile(r"(标准|单价|单位成本|[人户亩生场件均]均|均价|每[\u4e00-\u9fff])")
_FISCAL = re.compile(r"(财政资金|财政拨款|财政补助|(?:中央|省级?|市级?|县级?|区级?)(?:财政|资金|补助)[^，。；]{0,4})$")
_OTHER_FUNDS = re.compile(r"(自筹|其他资金|社会资金|单位资金|配套自有|村集体投入)[^，。；]{0,3}$")
_SHARED_OUT = re.compile(r"每(?:一)?(人次|批次|场次|平方米|公里|人|户|亩|场|批|件|份|次|台|套|辆|张|座|处|所|家|村|生|床|吨)|(人|户|亩|生|场|件|台|套)均")
_WITHIN = re.compile(r"(其中)[^，。；]*$")
_LONGEST_LABEL = 30


@dataclass(frozen=True)
class _Mention:
    """A number in the text with the words before and after it in its clause."""

    span: NumberSpan
    before: str
    after: str
    start: int
    sentence: int


def understand(request: BriefRequest) -> Brief:
    """The brief of a request: facts with quoted spans, conflicts, kind, year, money, people served."""
    facts = _numbered(_settle_budget(list(_facts(request.description)), request))
    kept, conflicts = _conflicts(facts)
    budget = next((fact for fact in kept if fact.kind == "budget"), None)
    return Brief(
        request=request,
        facts=tuple(kept),
        conflicts=tuple(conflicts),
        kind=kind_of_work(request),
        year=request.year or _only_year(request),
        budget_wan=request.budget_wan if request.budget_wan is not None else budget and in_wan(budget.value),
        beneficiaries=beneficiaries_in(f"{request.project_name}\n{request.description}"),
        subjects=subjects_in(request.project_name),
    )


def kind_of_work(request: BriefRequest) -> KindOfWork | None:
    """The kind whose words the name and description hold most; the name counts threefold; None when none is named."""
    scores = {
        kind: sum(3 * (word in request.project_name) + min(request.description.count(word), 3) for word in words)
        for kind, words in KIND_WORDS.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None


def _mentions(text: str) -> Iterator[_Mention]:
    spans = find_values(text)
    for index, span in enumerate(spans):
        floor = spans[index - 1].end if index else 0
        ceiling = spans[index + 1].start if index + 1 < len(spans) else len(text)
        stops = [match.end() for match in _STOP.finditer(text, floor, span.start)]
        start = stops[-1] if stops else floor
        stop = _STOP.search(text, span.end, ceiling)
        after = text[span.end : stop.start() if stop else ceiling]
        yield _Mention(span, text[start : span.start], after, start, len(_SENTENCE.findall(text, 0, span.start)))


def _facts(text: str) -> Iterator[Fact]:
    verb, sentence, used = "", -1, 0
    for mention in _mentions(text):
        if mention.sentence != sentence:
            verb, sentence = "", mention.sentence
        before = mention.before
        if mention.start < used:  # the words before were what the last number counted
            before = text[used : mention.span.start]
        phrase = strip_lead(strip_reach(before))
        own = leading_verb(phrase)
        # 新建保鲜库1座、消防水池1座: the verb carries on through an enumeration of plain things.
        listed = text[mention.start - 1 : mention.start] == "、" and not own and not has_tail(phrase)
        carried = verb if listed and not any(word in phrase for word in ACTION_VERBS) else ""
        fact, end = _fact(text, mention, carried + phrase if carried else before)
        verb = own or verb
        if fact is not None:
            used = max(used, end)
            yield fact


def _fact(text: str, mention: _Mention, before: str) -> tuple[Fact | None, int]:
    span, after = mention.span, mention.after
    value = _shared_out(parse_value(span.text), before)
    kind, label, end = _name(span, before, after)
    if kind is None or not label or value.kind in ("text", "multiple"):
        return None, span.end
    label = label[:_LONGEST_LABEL]
    lead = len(mention.before) - len(mention.before.lstrip())
    start = mention.start + lead
    return (
        Fact(
            id="",
            kind=kind,
            label=label,
            subject=strip_lead(strip_reach(before)),
            value=value,
            quote=text[start:end].strip(),
            start=start,
            end=start + len(text[start:end].strip()),
        ),
        end,
    )


def _shared_out(value: Value, before: str) -> Value:
    """每批次检测费900元 is 900元/批次: the denominator stands before the number."""
    found = _SHARED_OUT.search(before)
    if value.unit not in ("元", "万元") or value.number is None or found is None:
        return value
    return parse_value(f"{render(value)}/{found[1] or found[2]}")


def _name(span: NumberSpan, before: str, after: str) -> tuple[FactKind | None, str, int]:
    """Kind and label of one number, and where its quote ends."""
    unit, end = span.unit or "", span.end
    if span.kind == "date":
        return _name_date(span, before, after)
    if unit in ("%", "‰", "个百分点"):
        return "rate", rated(before, after), end + (0 if strip_lead(strip_reach(before)) else len(after))
    family = unit_family(unit) if unit else ""
    if family.startswith("金额/"):
        return "unit_price", priced(before, after), end
    if family == "金额":
        return _name_money(before), _money_label(before, after), end
    if not unit:
        return None, "", end
    plain = unit.lstrip("万亿千百")
    if plain in DURATION_UNITS:
        return "duration", _duration_label(before, after), end
    thing, taken = _counted_thing(plain, before, after)
    label = counted(before, unit, thing)
    return "quantity", label, end + taken


def _counted_thing(unit: str, before: str, after: str) -> tuple[str, int]:
    """What a counter counts when it follows the number, and how many characters of `after` that takes."""
    if unit not in COUNTERS or not after:
        return "", 0
    for_whom = re.match(r"^(.{2,16}?)(发放|代缴|补助|补贴|提供|办理|实施|开展|购买|缴纳|进行)(.{2,14})", after)
    if for_whom and re.search(r"(为|对|向|给)$", before.strip()):
        return f"{for_whom[3]}{for_whom[2]}" if for_whom[2] not in ("提供", "开展", "进行", "实施") else for_whom[3], len(after)
    if re.match(r"^(的|以上|以下|以内|左右|进行|实施|开展|达|为|均|等|和|与|及|并|共|在|，)", after):
        return "", 0
    stop = re.search(r"(的?(?:进行|实施|开展|完成|建设|改造|维护|更新|达到|给予|发放|日常|运行)|，|的)", after)
    thing = after[: stop.start()] if stop else after
    return (thing, len(thing)) if 1 < len(thing) <= 14 else ("", 0)


def _name_date(span: NumberSpan, before: str, after: str) -> tuple[FactKind | None, str, int]:
    if span.date is None or re.fullmatch(r"\d{4}(年度?)?", span.text.strip()):
        return None, "", span.end
    if re.search(r"[-—~至到]{1,2}", span.text) and span.text.count("月") + span.text.count("年") >= 2:
        return "period", "项目实施期", span.end
    if not re.search(r"(前|底|末|内)", span.text + after[:1]):
        return None, "", span.end
    label = deadline_for(before, after)
    return ("deadline", label, span.end + len(after)) if label else ("deadline", "项目完成时间", span.end)


def _name_money(before: str) -> FactKind:
    phrase = strip_reach(before)
    if _OTHER_FUNDS.search(phrase):
        return "other_funds"
    if _FISCAL.search(phrase) and _WITHIN.search(before):
        return "fiscal"
    if any(word in before for word in BENEFIT_WORDS["经济效益指标"]):
        return "money"
    if _COST_STANDARD.search(before):
        return "unit_price"
    return "budget" if _BUDGET_WORDS.search(strip_reach(before)) or not strip_lead(strip_reach(before)) else "money"


def _money_label(before: str, after: str) -> str:
    kind, phrase = _name_money(before), strip_lead(strip_reach(before))
    if kind in ("budget", "fiscal", "other_funds"):
        return {"budget": "项目资金", "fiscal": "财政资金", "other_funds": "其他资金"}[kind]
    if _COST_STANDARD.search(phrase) or any(word in phrase for word in BENEFIT_WORDS["经济效益指标"]):
        return phrase
    return priced(before, after).removesuffix("单位成本").removesuffix("标准") + (
        "" if phrase.endswith(("资金", "经费", "成本", "费用", "费")) else "成本"
    )


def _duration_label(before: str, after: str) -> str:
    phrase = strip_lead(strip_reach(before)) or strip_lead(after)
    return phrase if not phrase or phrase.endswith(("时间", "时限", "时长", "周期", "工期")) else f"{phrase}时间"


def _settle_budget(facts: list[Fact], request: BriefRequest) -> list[Fact]:
    """The first amount said to be arranged is the budget; later ones, and the given amount again, are parts of it."""
    settled, seen = [], False
    for fact in facts:
        if fact.kind != "budget":
            settled.append(fact)
        elif not seen and (request.budget_wan is None or in_wan(fact.value) == request.budget_wan):
            seen = True
            settled.append(fact)
        elif seen and any(other.kind == "budget" and equivalent(other.value, fact.value) for other in settled):
            continue
        else:
            settled.append(fact if not seen else fact.model_copy(update={"kind": "money"}))
            seen = True
    return settled


def _numbered(facts: list[Fact]) -> list[Fact]:
    return [fact.model_copy(update={"id": f"f{index}"}) for index, fact in enumerate(facts, start=1)]


def _conflicts(facts: list[Fact]) -> tuple[list[Fact], list[Conflict]]:
    """Facts of one name with different values conflict; the same value said twice is one fact."""
    by_label: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_label[(fact.kind, fact.label)].append(fact)
    kept, conflicts = [], []
    for (_, label), same in by_label.items():
        different = [fact for fact in same[1:] if not equivalent(fact.value, same[0].value)]
        if different:
            conflicts.append(Conflict(label=label, facts=(same[0], *different)))
        else:
            kept.append(same[0])
    return kept, conflicts


def in_wan(value: Value) -> Decimal | None:
    """An amount of money in 万元, None when the value is not one."""
    if value.number is None or value.unit is None:
        return None
    scale = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10000), "亿": Decimal(10000)}
    factor = scale.get(value.unit)
    return None if factor is None else (value.number * factor).normalize() + 0


def _only_year(request: BriefRequest) -> int | None:
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d{2})\s*年", f"{request.project_name}\n{request.description}")}
    return years.pop() if len(years) == 1 else None
