"""Whom a project serves and what it is about: noun phrases found by segmentation."""

from __future__ import annotations

import re
from collections import Counter

from assistant.brief.words import ACTION_VERBS, PEOPLE, STAFF

_JOINING = frozenset({"n", "vn", "nz", "nr", "ns", "nt", "a", "b", "j", "l", "an", "nrt", "ng", "s", "v"})
_NOT_MODIFIERS = frozenset(
    (
        "为 对 向 给 使 让 由 按 将 是 有 在 和 与 及 的 等 确保 保障 提高 提升 惠及 覆盖 "
        "受益 服务 发放 补助 开展 组织 解决 改善 促进 满足 方便 减轻 增加 带动 实现 完成 广大 "
        "全体 全部 相关 项目 符合 计划 其中 全县 全市 全区 参加 各类 部分 切实 增强 人民 每名 所有 协助 核定 "
        "稳定 配置 实有 死亡 做好 加强 举办 举行 召开 引导 面向 日均 针对 帮助 动员 "
    ).split()
)
_DONE_BY_PEOPLE = frozenset("领取 参保 缴费 受益 服务 招聘 帮扶 救助 资助 扶助 安置".split())
_LEADING = re.compile(r"^(方便|引导|面向|动员|帮助|让|使|为|对)(?=.{2})")
_TOO_BROAD = frozenset("人员 对象 单位 家庭 干部 代表 用户 公众 受益对象 服务对象 党员 家属".split())
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|县)(?=[\u4e00-\u9fff]{4,})")
_GENERIC_TAIL = re.compile(r"(专项)?(资金|经费|补助资金|项目|工程|费用|费|支出|(?:[省市县区]级)?配套资金|补助|工作)$")


def beneficiaries_in(text: str) -> tuple[str, ...]:
    """The groups of people a text names, most telling first (frequency, then length), without the unit's own staff."""
    found: Counter[str] = Counter()
    words = _tagged(text)
    for index, (word, _) in enumerate(words):
        head = next((person for person in PEOPLE if word.endswith(person)), None)
        if head is None:
            continue
        phrase, back = word, index - 1
        while back >= 0 and len(phrase) < 8:
            before, tag = words[back]
            verb_alone = before in ACTION_VERBS and before not in _DONE_BY_PEOPLE
            if (
                verb_alone
                or tag not in _JOINING
                or before in _NOT_MODIFIERS
                or len(before) < 2
                or any(before.endswith(p) for p in PEOPLE)
            ):
                break
            phrase = before + phrase
            back -= 1
        phrase = _LEADING.sub("", phrase)
        if not any(staff in phrase for staff in STAFF) and phrase not in _TOO_BROAD:
            found[phrase] += 1
    return tuple(sorted(found, key=lambda phrase: (-found[phrase], -len(phrase), phrase)))


def subjects_in(project_name: str) -> tuple[str, ...]:
    """What the project is about, from its name without year, place and the words every name has."""
    name = re.sub(r"[（(].*?[)）]|\d{4}年?度?|[“”\"《》\s]", "", project_name)
    name = re.sub(r"^(全面)?(实施|开展|推进)", "", _PLACE.sub("", name))
    core = name
    while (shorter := _GENERIC_TAIL.sub("", core)) != core and len(shorter) >= 2:
        core = shorter
    return tuple(dict.fromkeys(part for part in (core, name) if len(part) >= 2))


def _tagged(text: str) -> list[tuple[str, str]]:
    import rjieba  # 60 ms and 20 MB: only descriptions need it

    return [(word, tag) for word, tag in rjieba.tag(text)]
