from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "drafting"))
sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))

from running import Jimu
from shipped import shipped_home


@pytest.fixture(scope="session")
def cli_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped tables and their index for the commands; an index belongs to one process."""
    base = tmp_path_factory.getbasetemp()
    home = base / "cli-home"
    if not home.exists():
        shutil.copytree(shipped_home(base), home)
    return home


@pytest.fixture
def jimu(cli_home: Path, tmp_path: Path) -> Jimu:
    """The command over the shipped tables; it changes nothing there."""
    return Jimu(cli_home, tmp_path)


@pytest.fixture
def own_jimu(cli_home: Path, tmp_path: Path) -> Jimu:
    """The command over a copy of its own, to import into or to damage."""
    home = tmp_path / "home"
    shutil.copytree(cli_home, home)
    return Jimu(home, tmp_path)
