"""What a person sees while a round runs: a bar per source on a terminal, a line per source that ended anywhere."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from jobscraper.archive.store import ArchiveError, open_for_reading
from jobscraper.capture.record import instant
from jobscraper.operate.round import Crawled

_EVERY_SECONDS = 1.0


class RoundProgress:
    """Follows a round by its ledger: the crawls are processes of their own, and say nothing before they end."""

    def __init__(self, names: Iterable[str], archive: Path, console: Console | None = None) -> None:
        self._archive = archive
        self._begun = instant(datetime.now(UTC))
        self._console = console or Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("adverts, {task.fields[pages]} pages"),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {
            name: self._bars.add_task(name, start=False, total=None, pages=0) for name in names
        }
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._bars.start()
        if self._console.is_terminal:
            self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._watch.is_alive():
            self._watch.join()
        self._bars.stop()

    def told(self, one: Crawled) -> None:
        """A source has ended: its bar goes, and a line stays."""
        self._bars.update(self._tasks[one.name], visible=False)
        how = "ok" if one.is_good else "failed"
        line = f"{time.strftime('%H:%M:%S')} {one.name}: {how} in {one.seconds:.0f} s: {one.said}"
        if self._console.is_terminal:
            self._bars.console.print(line, markup=False, highlight=False)
        else:
            click.echo(line)

    def _follow(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            with suppress(sqlite3.Error, ArchiveError):  # Not there yet, or busy: the next look tells.
                self.look()

    def look(self) -> None:
        """Bring the bars up to what the ledger says."""
        with closing(open_for_reading(self._archive)) as db:
            for row in db.execute(_UNDER_WAY, (self._begun,)).fetchall():
                task = self._tasks.get(row["source_id"])
                if task is not None:
                    self._bars.start_task(task)
                    self._bars.update(task, completed=row["adverts_seen"], total=row["expected"], pages=row["pages"])
        self._bars.refresh()


_UNDER_WAY = """
SELECT source_id, pages, adverts_seen, (
    SELECT adverts_seen FROM run earlier WHERE earlier.source_id = run.source_id AND verdict = 'complete'
    AND earlier.started < run.started ORDER BY started DESC LIMIT 1) AS expected
FROM run WHERE started >= ? AND verdict IS NULL"""
"""Runs that go on, with how many adverts the last complete one of their source found."""
