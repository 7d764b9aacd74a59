import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "precedents"))

from past_examples import past

from assistant.precedents import PastTables
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import Index, open_index


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with forty tables, enough for the vectors to be centred, and their index."""
    home = tmp_path_factory.mktemp("built")
    store = PastTables.open(home)
    list(store.add(map(past, range(40))))
    open_index(home, store, HashedEncoder()).close()
    store.close()
    return home


@pytest.fixture
def store(built_home: Path, tmp_path: Path) -> PastTables:
    """Forty tables without an index."""
    home = tmp_path / "home"
    shutil.copytree(built_home, home, ignore=shutil.ignore_patterns("index"))
    return PastTables.open(home)


@pytest.fixture
def opened(built_home: Path, store: PastTables) -> Iterator[Index]:
    """The index of the forty tables, a copy of its own for each test."""
    shutil.copytree(built_home / "index", store.home / "index")
    index = open_index(store.home, store, HashedEncoder())
    yield index
    index.close()
