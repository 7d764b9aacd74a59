"""Where the data that ships with the package lies: in the wheel beside the code, in a checkout at the top level."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def corpus_folder() -> Path:
    """The folder holding `tables/` and `policy/`."""
    shipped = _PACKAGE / "shipped" / "corpus"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "corpus"


def prompts_folder() -> Path:
    """The folder holding the prompt files."""
    shipped = _PACKAGE / "shipped" / "prompts"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "prompts"
