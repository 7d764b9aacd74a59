import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "precedents"))

from past_examples import past

from assistant.precedents import PastTables


@pytest.fixture
def store(tmp_path: Path) -> PastTables:
    """Forty tables, enough for the vectors to be centred."""
    opened = PastTables.open(tmp_path)
    list(opened.add(map(past, range(40))))
    return opened
