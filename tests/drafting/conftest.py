from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from shipped import request, shipped_searcher

from assistant.drafting import Draft, draft_offline
from assistant.retrieval.search import Searcher


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Search over the shipped tables with the packaged encoder."""
    return shipped_searcher(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def drafted(searcher: Searcher) -> Callable[[str], Draft]:
    """The draft of a brief in tests/fixtures/briefs, made once."""
    made: dict[str, Draft] = {}

    def draft(name: str) -> Draft:
        if name not in made:
            made[name] = draft_offline(request(name), searcher)
        return made[name]

    return draft
