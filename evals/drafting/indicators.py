"""Scores of the indicators: recall, precision and F1 of suggested names against the real table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.schema import Indicator
from evals.drafting.judged import Judged, Score, share
from evals.drafting.matching import Match, class_of, match


def recall(judged: Judged) -> Score:
    """Real rows somebody suggested, of all real rows."""
    return share(len(judged.matches), len(judged.real), _counted(judged, judged.matches))


def precision(judged: Judged) -> Score:
    """Suggested rows that stand in the real table, of all suggested; nothing suggested is 0, not "does not apply"."""
    return Score(len(judged.matches) / max(1, len(judged.rows)), _counted(judged, judged.matches))


def f1(judged: Judged) -> Score:
    """The harmonic mean of both: twice the matches of all rows on either side."""
    return _f1(judged, judged.matches)


def f1_in_class(judged: Judged) -> Score:
    """F1 when a match must also stand under the same second level."""
    return _f1(judged, judged.matches_in_class)


def recall_at(k: int, judged: Judged) -> Score:
    """Recall of k suggested rows, taken class by class in turn as a person who keeps only k would."""
    kept = in_turn(judged.rows)[:k]
    found = len(match(kept, judged.real))
    return share(found, len(judged.real), f"前 {len(kept)} 行命中 {found} 行，实有 {len(judged.real)} 行")


def in_turn(rows: Sequence[Indicator]) -> list[Indicator]:
    """The first row of each class in the order of the form, then the second ones, and so on."""
    seen: dict[str, int] = defaultdict(int)
    turns = []
    for place, row in enumerate(rows):
        turns.append((seen[class_of(row)], place))
        seen[class_of(row)] += 1
    return [rows[place] for _, place in sorted(turns)]


def _f1(judged: Judged, matches: Sequence[Match]) -> Score:
    return share(2 * len(matches), len(judged.rows) + len(judged.real), _counted(judged, matches))


def _counted(judged: Judged, matches: Sequence[Match]) -> str:
    return f"建议 {len(judged.rows)} 行，实有 {len(judged.real)} 行，对上 {len(matches)} 行"
