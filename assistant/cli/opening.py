"""Opening the past tables: shipped ones are imported on first use, the index is brought up to date, with progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.cli.echo import say
from assistant.importers import Imported, find_files, read
from assistant.resources import corpus_folder
from assistant.retrieval.search import Searcher
from assistant.settings import Progress, Settings

SHIPPED = "shipped_corpus"
"""Key under which the store remembers which shipped tables it holds."""


def open_searcher(settings: Settings) -> Searcher:
    """Search over the user's and the shipped past tables."""
    take_in_shipped(settings)
    with progress_bar() as progress:
        return settings.searcher(progress, complain)


def complain(text: str) -> None:
    """One line on the error stream, for what the user should know although the work goes on."""
    say(text, err=True)


def take_in_shipped(settings: Settings) -> None:
    """Import the tables that come with Jimu, once for each version of them."""
    import hashlib

    files, _ = find_files([corpus_folder() / "tables"])
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    if settings.store.meta(SHIPPED) == digest.hexdigest():
        return
    with progress_bar() as progress:
        tables = (one.table for one in read(files) if isinstance(one, Imported))
        for count, _ in enumerate(settings.store.add(tables), start=1):
            progress("收录示例先例", count, len(files))
    settings.store.set_meta(SHIPPED, digest.hexdigest())


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress line on the terminal's error stream; nothing when that is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show


@contextmanager
def status(first: str) -> Iterator[Callable[[str], None]]:
    """A spinner naming the present stage on the terminal's error stream."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(first) as shown:
        yield lambda stage: shown.update(f"{first}：{stage}")
