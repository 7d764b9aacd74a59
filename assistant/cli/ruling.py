"""`jimu rules`: the catalogue, or one rule explained with both examples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from assistant.checks import RULES, explain
from assistant.checks.registry import LEVEL_LABELS, MODE_LABELS, rule_named


def rule_data(rule_id: str | None) -> list[dict[str, Any]]:
    """The catalogue as data, or one rule; an unknown id is bad input."""
    chosen = [rule_named(rule_id)] if rule_id else sorted(RULES.values(), key=lambda rule: rule.id)
    return [
        {
            "id": rule.id,
            "level": rule.level,
            "mode": rule.mode,
            "title": rule.title,
            "basis": [cite.label for cite in rule.cites],
            "fails": [example.text for example in rule.fails] or [rule.ask.bad if rule.ask else ""],
            "passes": [example.text for example in rule.passes],
        }
        for rule in chosen
    ]


def show_rules(found: Iterable[dict[str, Any]], *, whole: bool) -> None:
    """Print rules one a line, or the whole explanation of one."""
    if whole:
        click.echo("\n".join(explain(rule["id"]) for rule in found))
        return
    for rule in found:
        mode = f"·{MODE_LABELS[rule['mode']]}" if rule["mode"] != "D" else ""
        click.echo(
            f"{rule['id']} [{LEVEL_LABELS[rule['level']]}{mode}] {rule['title']}　依据：{'；'.join(rule['basis'])}"
        )
