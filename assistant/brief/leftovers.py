"""Figures of a description that became no fact: found again, so that a draft can list them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.brief.facts import Fact
from assistant.brief.mentions import CLAUSE_MARK, Mention, clause_start, states_something, without_list_numbers
from assistant.brief.quantities import same_clause_number
from assistant.values import find_values

_WORDED = re.compile(
    r"[十百千万一二两三四五六七八九]+分之[一二两三四五六七八九十百千零点]+|[\u4e00-\u9fff]{2}(为零|清零)"
)
"""Figures in words that no value grammar reads."""


def names_a_day(mention: Mention) -> bool:
    """Whether a date says more than a year, and is not only the time of the number behind it."""
    said = mention.span.text + mention.after[:1]
    return re.search(r"[月前底末]", said) is not None and not same_clause_number(mention.after)


def passed_over(text: str, facts: Iterable[Fact], unread: Iterable[str]) -> list[str]:
    """Clauses with a figure no reader looked at: 万分之十五, 黑臭水体为零, a number taken for a name by mistake.

    Ages, list numbers, years alone and what a project follows (按照…) are no figures of its own.
    """
    told = [(fact.start, fact.end) for fact in facts]
    told += [(text.find(clause), text.find(clause) + len(clause)) for clause in unread if clause in text]
    plain = without_list_numbers(text)
    spans = [(span.start, span.end) for span in find_values(plain) if states_something(plain, span)]
    spans += [found.span() for found in _WORDED.finditer(plain)]
    clauses = []
    for start, end in sorted(spans):
        if any(first < end and start < last for first, last in told):
            continue
        opening = clause_start(text, start)
        closing = CLAUSE_MARK.search(text, end)
        clauses.append(text[opening : closing.start() if closing else len(text)].strip()[:60])
    return list(dict.fromkeys(clauses))
