"""What goes to the terminal: text from files shows its control characters instead of obeying them."""

from __future__ import annotations

import unicodedata

import click

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def visible(text: str) -> str:
    """Text with a mark in place of each control character and each mark that turns the line round."""
    return "".join("�" if unicodedata.category(one) in _INVISIBLE else one for one in text)


def say(text: str, *, err: bool = False, bold: bool = False) -> None:
    """Print one line that may hold text from a file."""
    click.echo(click.style(visible(text), bold=True) if bold else visible(text), err=err)
