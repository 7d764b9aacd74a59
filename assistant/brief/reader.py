"""Reads a request: which numbers it states, of what, and what kind of project it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.brief.facts import RETURN_PERIOD, Brief, BriefRequest, Conflict, Fact, FactKind, KindOfWork
from assistant.brief.labels import (
    counted,
    has_tail,
    is_sound,
    leading_verb,
    priced,
    strip_lead,
    strip_reach,
    turn_around,
)
from assistant.brief.leftovers import names_a_day, passed_over
from assistant.brief.mentions import Mention, clause_start, mentions, targets, without_list_numbers
from assistant.brief.people import beneficiaries_in, subjects_in
from assistant.brief.quantities import named, shared_out
from assistant.brief.words import ACTION_VERBS, KIND_WORDS
from assistant.brief.zeros import zero_facts
from assistant.values import Value, equivalent, find_values, parse_value, render

_LONGEST_LABEL = 30
_PAID = re.compile(r"养老金|助学金|救助金|抚恤金|低保金|奖补资金|生活补助|补贴资金|补助资金|津贴")
_THING_OF = re.compile(r"(购置|采购|配备|新建)?(数量|人数|面积|里程|长度|件数|次数|户数)$")
_MONEY: tuple[FactKind, ...] = ("budget", "total_investment")


def understand(request: BriefRequest) -> Brief:
    """The brief of a request: facts with quoted spans, conflicts, kind, year, money, people served."""
    read, unread = _facts(request.description)
    zeros = list(zero_facts(request.description))
    unread = [clause for clause in unread if not any(zero.quote in clause for zero in zeros)]
    unread += passed_over(request.description, [*read, *zeros], unread)
    kept, conflicts = _conflicts(_numbered([*read, *zeros]))
    budget, total = _money(kept, request)
    return Brief(
        request=request,
        facts=tuple(kept),
        conflicts=tuple(conflicts),
        kind=kind_of_work(request),
        year=request.year or _only_year(request),
        budget_wan=budget,
        total_investment_wan=total,
        unread=tuple(unread),
        beneficiaries=beneficiaries_in(f"{request.project_name}\n{request.description}"),
        subjects=subjects_in(request.project_name),
    )


def _money(facts: Iterable[Fact], request: BriefRequest) -> tuple[Decimal | None, Decimal | None]:
    """The money of the year and of the whole project, in 万元.

    A yearly amount in the text stands over the given one when the given one is the total of the project.
    """
    said = {kind: next((in_wan(one.value) for one in facts if one.kind == kind), None) for kind in _MONEY}
    yearly, total, given = said["budget"], said["total_investment"], request.budget_wan
    if given is None:
        return (yearly if yearly is not None else total), (total if yearly is not None else None)
    if yearly is not None and total is not None and given == total != yearly:
        return yearly, total
    return given, (total if total is not None and total != given else None)


def kind_of_work(request: BriefRequest) -> KindOfWork | None:
    """The kind whose words the name and description hold most, those of the name first; None when none is named."""
    scores = {
        kind: (
            sum(word in request.project_name for word in words),
            sum(min(request.description.count(word), 3) for word in words),
        )
        for kind, words in KIND_WORDS.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if any(scores[best]) else None


def _facts(text: str) -> tuple[list[Fact], list[str]]:
    """The facts of a text in order, and the clauses whose number became none."""
    facts: list[Fact] = []
    unread: list[str] = []
    text = without_list_numbers(text)
    verb, sentence, used = "", -1, 0
    for mention in mentions(text):
        if mention.sentence != sentence:
            verb, sentence = "", mention.sentence
        before = mention.before
        if mention.start < used:  # the words before were what the last number counted
            # 10月底前完成培训300人次: words that stand between two numbers without a mark speak of both.
            gap = text[used : mention.span.start].strip()
            before = gap or ("" if mention.after else mention.before)
        phrase = strip_lead(strip_reach(before))
        own = leading_verb(phrase)
        # 新建保鲜库1座、消防水池1座: the verb carries on through an enumeration of plain things.
        listed = text[mention.start - 1 : mention.start] == "、" and not own and not has_tail(phrase)
        plain_thing = mention.span.unit not in ("%", "‰") and not any(word in phrase for word in ACTION_VERBS)
        carried = verb if listed and plain_thing else ""
        fact, end = _fact(text, mention, carried + phrase if carried else before)
        if fact is not None and facts:
            fact = _of_the_last(fact, facts[-1], text[used : mention.span.start], text, mention)
        if fact is not None and not is_sound(fact.label):
            fact = None
        verb = own or verb
        if fact is not None:
            used = max(used, end)
            facts += [_told_apart(fact, facts, text), *_sharing(text, mention, fact)]
        elif mention.span.kind != "date" or names_a_day(mention):
            unread.append(f"{mention.before}{mention.span.text}{mention.after}".strip()[:60])
    return facts, unread


def _of_the_last(fact: Fact, last: Fact, gap: str, text: str, mention: Mention) -> Fact:
    """A bare amount right behind a counted thing is its money: 教室4间56万元, 村支书215人每月3000元."""
    bracketed = text[mention.start - 1 : mention.start] in "（(" and mention.start - 1 <= last.end + 1
    paid = re.fullmatch(r".{0,8}?每(月|年|天|日)?(补助|补贴|补|发|报酬|工资|台|套|人|名|户|件)?\s*", gap)
    paid = paid or re.fullmatch(r"[，,]()(?:价格|造价|总价|价款|购置费|费用)约?", gap)
    if fact.kind == last.kind == "duration" and not strip_lead(gap):
        # 故障2小时内响应、24小时内修复: the second goes on with the subject of the first.
        subject = re.sub(r"(响应|发现|到场)时间$", "", last.label)
        return fact.model_copy(update={"label": f"{subject}{fact.label}"[:_LONGEST_LABEL]})
    if fact.kind not in ("budget", "money", "unit_price", "quantity") or last.kind != "quantity":
        return fact
    if "元" not in (fact.value.unit or "") or not (bracketed or paid or mention.span.start == last.end):
        return fact
    thing = _THING_OF.sub("", last.label)
    if paid and paid[1] and last.value.unit in ("人", "名", "万人") and "/" not in (fact.value.unit or ""):
        priced_value = parse_value(f"{render(fact.value)}/人·{paid[1]}")
        return fact.model_copy(update={"kind": "unit_price", "label": f"{thing}人均标准", "value": priced_value})
    each = "/" in (fact.value.unit or "")
    if each and paid and fact.label.endswith("标准"):  # 聘用网格员45名，每人每月补贴2600元
        whose = re.sub(r"^(聘用|聘请|选聘|招聘|招募)", "", thing)
        return fact.model_copy(update={"label": f"{whose}{fact.label}"[:_LONGEST_LABEL]})
    kind: FactKind = "unit_price" if each else "money"
    return fact.model_copy(update={"kind": kind, "label": f"{thing}{'单位成本' if each else '成本'}"[:_LONGEST_LABEL]})


def _told_apart(fact: Fact, earlier: list[Fact], text: str) -> Fact:
    """扶持创业1000人、带动就业3000人；返乡创业180人、带动就业650人: the second 带动就业 is that of 返乡创业."""
    same = [one for one in earlier if (one.kind, one.label) == (fact.kind, fact.label)]
    if not same or equivalent(same[-1].value, fact.value) or text[fact.start - 1 : fact.start] != "、":
        return fact
    measure = next((tail for tail in ("人数", "户数", "数量") if earlier[-1].label.endswith(tail)), "")
    return fact.model_copy(update={"label": f"{earlier[-1].label.removesuffix(measure)}{fact.label}"[:_LONGEST_LABEL]})


def _fact(text: str, mention: Mention, before: str) -> tuple[Fact | None, int]:
    span = mention.span
    clause = text[clause_start(text, span.start) : span.start]
    value = shared_out(parse_value(span.text), before, clause)
    kind, label, end = named(span, before, mention.after)
    if kind == "deadline" and value.operator is None and re.search(r"[底末]）?$", span.text):
        value = value.model_copy(update={"operator": "≤", "operator_explicit": False})  # 8月底完成: by its last day
    if mention.after.startswith("一遇"):
        value = value.model_copy(update={"unit": RETURN_PERIOD, "raw": f"{span.text}一遇"})
    elif not span.unit and span.kind != "date":
        value = parse_value(text[span.start : end]) if kind == "quantity" else parse_value(f"{span.text}%")
    bare = not re.sub(r"(投资|投入|金额)$", "", strip_lead(strip_reach(before)))
    if kind in ("money", "unit_price", "quantity") or (kind == "budget" and bare):
        kind, label = _named_before(text, mention, kind, label)
    if label == "资金发放时间" and (paid := _PAID.findall(text[: mention.start])):
        label = f"{paid[-1]}发放时间"  # 养老金足额发放率100%，每月15日前发放到账
    if kind is None or not label or value.kind in ("text", "multiple"):
        return None, span.end
    start = mention.start + len(mention.before) - len(mention.before.lstrip("、，,；; 　"))
    per_time_ahead = "/" in (value.unit or "") and "/" not in (span.unit or "")
    if per_time_ahead and "每" not in text[start:end]:  # 每月到46个行政村巡诊一次
        start = min(start, clause_start(text, span.start))
    quote = text[start:end].strip()
    return (
        Fact(
            id="",
            kind=kind,
            label=label[:_LONGEST_LABEL],
            value=value,
            quote=quote,
            start=start,
            end=start + len(quote),
        ),
        end,
    )


def _named_before(text: str, mention: Mention, kind: FactKind, label: str) -> tuple[FactKind, str]:
    """…购置包装设备，投资550万元: what a bare number is of stands in the clause before, within the sentence."""
    own = re.sub(r"每(人次|[\u4e00-\u9fff])", "", strip_lead(strip_reach(mention.before.replace("平均", ""))))
    if re.sub(r"(投资|投入|金额|共)$", "", own) or (label and kind in ("quantity", "unit_price")):
        return kind, label
    opening = clause_start(text, mention.start - 1)
    clause = text[opening : max(mention.start - 1, 0)]
    if text[mention.start - 1 : mention.start] in "。；;\n":
        return kind, label or ("平均单位成本" if kind == "unit_price" else "")
    bare_clause = "".join(letter for letter in clause if "\u4e00" <= letter <= "\u9fff")
    term = re.match(r"(租|工|服务|合同|供货)期", clause)  # 机柜77个，租期36个月，每柜每月1820元
    if kind != "money" and (len(bare_clause) < 4 or term) and not any(verb in clause for verb in ACTION_VERBS):
        earlier = clause_start(text, opening - 1)
        clause = text[earlier : max(opening - 1, 0)]
    for span in reversed(targets(clause)):
        clause = clause[: span.start] + clause[span.end :]
    clause = re.sub(r"（\s*）|[(]\s*[)]", "", clause).rstrip("，, ")
    if len(clause) < 2 or re.search(r"(率|满意度|比例)(不低于|达到?|为|保持在?)?$", clause.strip()):
        return kind, label
    if own and not any(verb in clause for verb in ACTION_VERBS):  # 满意度不低于95%，资金75万元: no work named
        return kind, label
    thing = turn_around(strip_lead(clause).replace("进行", ""))
    if kind == "unit_price":
        return kind, priced(thing) if len(thing) >= 2 else label
    if kind == "quantity":
        return kind, counted(clause, mention.span.unit or "")
    return ("money", f"{thing}成本") if 2 <= len(thing) <= _LONGEST_LABEL - 2 else (kind, label)


def _sharing(text: str, mention: Mention, fact: Fact) -> Iterator[Fact]:
    """学生满意度、家长满意度均不低于95%: every member of the list has the value."""
    if not mention.before.rstrip().endswith(("均", "都", "皆", "均达到", "均为", "均达")):
        return
    opening = clause_start(text, mention.start)
    for member in re.split(r"[、和与及]", text[opening : mention.start]):
        if has_tail(member.strip()) and not find_values(member):
            yield fact.model_copy(
                update={
                    "label": strip_lead(member)[:_LONGEST_LABEL],
                    "quote": text[opening : fact.end],
                    "start": opening,
                }
            )


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
    scale = {
        "元": Decimal("0.0001"),
        "千元": Decimal("0.1"),
        "万元": Decimal(1),
        "万": Decimal(1),
        "亿元": Decimal(10000),
        "亿": Decimal(10000),
    }
    factor = scale.get(value.unit)
    return None if factor is None else (value.number * factor).normalize() + 0


def _only_year(request: BriefRequest) -> int | None:
    years = {
        int(year) for year in re.findall(r"(?<!\d)(20\d{2})\s*年", f"{request.project_name}\n{request.description}")
    }
    return years.pop() if len(years) == 1 else None
