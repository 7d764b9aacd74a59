"""The shipped past tables with the packaged encoder, built once a test run, and the briefs the tests draft from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.brief import BriefRequest, request_from_data
from assistant.cli.opening import open_searcher
from assistant.retrieval.search import Searcher
from assistant.settings import Settings

FOLDER = Path(__file__).parents[1] / "fixtures" / "briefs"
BRIEFS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
RICH = tuple(name for name in BRIEFS if name not in ("name-only", "contradictory", "unknown-field"))
"""Briefs of ten fields with at least six figures each."""


def request(name: str) -> BriefRequest:
    """The brief of a fixture file."""
    return request_from_data(BRIEFS[name])


def described(text: str, **given: object) -> BriefRequest:
    """A brief of a description alone, or with given fields."""
    return request_from_data({"description": text, **given})


def shipped_home(base: Path) -> Path:
    """A data folder with the shipped tables and their index, made on the first call of a test run."""
    home = base / "shipped-home"
    if not home.exists():
        open_searcher(Settings(home=home)).store.close()
    return home


def shipped_searcher(base: Path) -> Searcher:
    """Search over the shipped tables."""
    return open_searcher(Settings(home=shipped_home(base)))
