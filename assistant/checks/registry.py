"""What a rule is, and the one mapping that holds them all.

A rule is one function over a `Table` yielding `Hit`s; its docstring is the title users read, `passes` and `fails` are
its tests and its documentation. It never fixes and never prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checks.examples import Example
from assistant.checks.fixes import Fixer
from assistant.checks.view import Field, Row, Table
from assistant.errors import BadInput
from assistant.policy import Cite, resolve

Level = Literal["error", "warn", "advice"]
Mode = Literal["D", "DL", "LM", "H"]
"""D plain rule; DL plain rule with a judgement a person confirms; LM asks a model; H needs last year or standards."""
Reads = Literal["value", "goal", "overall", "total", "funds", "rows"]
MODE_LABELS: dict[Mode, str] = {"D": "规则", "DL": "规则预筛", "LM": "需语言模型", "H": "需历史数据"}
PLEASE_LOOK = "（规则初筛，请人工确认）"
"""What a pre-filter adds: it points, it does not judge."""
LEVEL_LABELS: dict[Level, str] = {"error": "错误", "warn": "警告", "advice": "建议"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One place a rule objects to; `level` differs from the rule's own only where the rule says why."""

    where: Row | Field
    message: str
    quote: str = ""
    level: Level | None = None
    others: tuple[str, ...] = ()
    """Ids of the other tables a finding between tables rests on."""


Hits = Iterator[Hit]
Check = Callable[[Table], Hits]


Part = Literal["goal", "header", "money", "rows", "benefit", "cost", "satisfaction"]
PART_LABELS: dict[Part, str] = {
    "goal": "绩效目标",
    "header": "表头",
    "money": "资金",
    "rows": "全部指标",
    "benefit": "效益指标",
    "cost": "成本指标",
    "satisfaction": "满意度指标",
}
"""The parts of a table a question may be about, as people and models are told."""


@dataclass(frozen=True)
class Question:
    """What a rule of mode LM asks a chat model, about what, and when it must not answer (RULES.md §5)."""

    text: str
    inputs: tuple[Part, ...]
    """The parts of the table to answer from."""
    refuse: str
    """The condition under which the model has to answer with nothing."""
    bad: str = ""
    good: str = ""
    """Examples in words, where no plain pre-filter could show them."""

    @property
    def wording(self) -> str:
        """The question as the model gets it and the catalogue shows it: what, from which parts, when not."""
        parts = "、".join(PART_LABELS[one] for one in self.inputs)
        return f"{self.text}看哪里：{parts}。不答条件：{self.refuse}。"


@dataclass(frozen=True)
class Rule:
    """A registered rule."""

    id: str
    level: Level
    title: str
    check: Check
    cite: tuple[str, ...]
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    cell: str
    """The cell of a row the rule speaks about: name, value, level2, weight."""
    reads: frozenset[Reads]
    """What must be certain before the rule may speak."""
    single_row: bool
    """Needs one row only, not the table around it."""
    mode: Mode = "D"
    fix: Fixer | None = None
    """How a hit can be repaired; None = the unit has to."""
    ask: Question | None = None
    """What a chat model is asked (LM)."""
    despite_doubt: bool = False
    """It speaks of what stands there, such as two places that contradict each other, even in a place in doubt."""

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The provisions behind the rule."""
        return tuple(resolve(ref) for ref in self.cite)


RULES: dict[str, Rule] = {}


def rule(  # noqa: PLR0913  (what a rule states, all by name)
    id: str,
    *,
    level: Level,
    cite: Sequence[str],
    passes: Sequence[Example],
    fails: Sequence[Example],
    cell: str = "value",
    reads: Sequence[Reads] = (),
    single_row: bool = False,
    mode: Mode = "D",
    fix: Fixer | None = None,
    ask: Question | None = None,
    despite_doubt: bool = False,
) -> Callable[[Check], Check]:
    """Register a rule; a second one with the same id is refused."""

    def register(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"rule {id} is registered twice")
        title = (check.__doc__ or "").strip().splitlines()
        if not title:
            raise ValueError(f"rule {id} has no docstring, and so no title")
        if (mode == "LM") != (ask is not None):
            raise ValueError(f"rule {id}: a question to the model goes with mode LM and with no other")
        RULES[id] = Rule(
            id,
            level,
            title[0].rstrip("。"),
            check,
            tuple(cite),
            tuple(passes),
            tuple(fails),
            cell,
            frozenset(reads),
            single_row,
            mode,
            fix,
            ask,
            despite_doubt,
        )
        return check

    return register


def rule_named(rule_id: str) -> Rule:
    """One rule by its id, in small letters too; an unknown id is bad input."""
    rule = RULES.get(rule_id.upper())
    if rule is None:
        raise BadInput(f"没有规则 {rule_id}；jimu rules 列出全部编号")
    return rule


def explain(rule_id: str) -> str:
    """One rule in words: what it asks, on what basis, and examples of both sides."""
    rule = rule_named(rule_id)
    lines = [
        f"{rule.id} {rule.title}（{LEVEL_LABELS[rule.level]}，{MODE_LABELS[rule.mode]}）",
        "依据：" + "；".join(cite.label for cite in rule.cites),
    ]
    lines += [f"　{cite.provision.paraphrase}" for cite in rule.cites if cite.document.scope != "tool"]
    if rule.ask:
        lines += [f"问模型：{rule.ask.wording}"]
    if rule.ask and rule.ask.bad:
        lines += [f"不通过：{rule.ask.bad}", f"通过：{rule.ask.good}"]
    else:
        lines += [f"不通过：{example.text}" for example in rule.fails]
        lines += [f"通过：{example.text}" for example in rule.passes]
    return "\n".join(lines)
