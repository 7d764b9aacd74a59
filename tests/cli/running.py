"""Runs the `jimu` command in a process of its own, as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
del sys.argv[1]
from assistant.cli import main
main()
"""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON; anything beside it is an error."""
        return json.loads(self.out)

    @property
    def complaints(self) -> list[str]:
        """The lines of the error stream."""
        return self.err.splitlines()


@dataclass(frozen=True)
class Jimu:
    """Runs the command in a process of its own; `largest_file` in bytes stands for a full disk."""

    home: Path
    folder: Path

    def __call__(self, *arguments: str | Path, largest_file: int | None = None) -> Done:
        start = ["-m", "assistant"] if largest_file is None else ["-c", _LIMITED, str(largest_file)]
        ran = subprocess.run(
            [sys.executable, *start, *map(str, arguments)],
            env={**os.environ, "JIMU_HOME": str(self.home), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return Done(ran.returncode, ran.stdout, ran.stderr)
