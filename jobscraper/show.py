"""What a person sees on a terminal: bars while it runs, short tables at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from jobscraper.crawl.run import PageFailed, PageRead
from jobscraper.crawl.runner import Outcome
from jobscraper.platforms.source import Source


class CrawlProgress:
    """A bar per source, in adverts. Shown on terminals only."""

    def __init__(self, names: Iterable[str]) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("adverts, {task.fields[pages]} pages"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._pages = dict.fromkeys(names, 0)
        self._tasks: dict[str, TaskID] = {
            name: self._progress.add_task(name, total=None, pages=0) for name in self._pages
        }

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def page(self, name: str, page: PageRead | PageFailed) -> None:
        """One more page of a source was read, or failed."""
        self._pages[name] += 1
        task = self._tasks[name]
        if isinstance(page, PageRead):
            self._progress.advance(task, len(page.reading.adverts))
            self._progress.update(task, total=page.reading.listed)
        self._progress.update(task, pages=self._pages[name])


def print_outcomes(outcomes: Sequence[Outcome], archive: Path) -> None:
    """Say what a crawl did."""
    table = Table("source", "verdict", title=None)
    for heading in ("pages", "adverts", "new", "changed"):
        table.add_column(heading, justify="right")
    for outcome in outcomes:
        counts = (outcome.pages, outcome.adverts_seen, outcome.adverts_new, outcome.adverts_changed)
        table.add_row(outcome.source_id, outcome.verdict, *map(str, counts))
    console = Console()
    console.print(table)
    new, changed = (sum(getattr(outcome, f"adverts_{what}") for outcome in outcomes) for what in ("new", "changed"))
    if new or changed:
        console.print(f"{archive}: {new} new adverts, {changed} changed", soft_wrap=True, highlight=False)
    else:
        console.print(f"{archive}: nothing new", soft_wrap=True, highlight=False)


def print_sources(sources: Mapping[str, type[Source]]) -> None:
    """List sources."""
    table = Table("name", "title", "publisher", "confirmed", "licence")
    for name, source in sources.items():
        confirmed = "yes" if source.confirmed else "no"
        table.add_row(name, source.title, source.publisher, confirmed, source.licence or "not stated")
    Console().print(table)


def print_runs(rows: Sequence[sqlite3.Row]) -> None:
    """List runs of the ledger."""
    table = Table("run", "verdict", "started")
    for heading in ("adverts", "new", "changed", "ended", "errors"):
        table.add_column(heading, justify="right")
    table.add_column("stopped because")
    for row in rows:
        counts = (row[f"adverts_{what}"] for what in ("seen", "new", "changed", "ended"))
        verdict = row["verdict"] or "not finished"
        table.add_row(
            row["id"], verdict, row["started"], *map(str, counts), str(row["errors"]), row["stop_reason"] or ""
        )
    Console().print(table)
