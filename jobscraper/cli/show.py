"""What a person sees on a terminal: bars while it runs, short tables at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from jobscraper.crawl.runner import Outcome
from jobscraper.crawl.source import Source
from jobscraper.operate.plan import Estimate
from jobscraper.publish.build.snapshot import Snapshot
from jobscraper.quality.health import STATES, Health
from jobscraper.read.outcome import PageFailed, PageRead
from jobscraper.rebuild.compare import Summary


class CrawlProgress:
    """A bar per source, in adverts. Shown on terminals only."""

    def __init__(self, names: Iterable[str]) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("adverts, {task.fields[pages]} pages"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,  # It would print the bars as they end, or an empty line before an error.
        )
        self._pages = dict.fromkeys(names, 0)
        self._seen: dict[str, set[str]] = {name: set() for name in self._pages}
        self._tasks: dict[str, TaskID] = {
            name: self._progress.add_task(name, total=None, pages=0) for name in self._pages
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def page(self, name: str, page: PageRead | PageFailed) -> None:
        """One more page of a source was read, or failed. The first one brings the bars: an error before needs none."""
        self._progress.start()
        task = self._tasks[name]
        if isinstance(page, PageRead):
            self._pages[name] += 1
            seen = self._seen[name]
            seen.update(advert.source_ref for advert in page.reading.adverts)
            self._progress.update(task, completed=len(seen), total=page.reading.listed)
        self._progress.update(task, pages=self._pages[name])


def print_outcomes(outcomes: Sequence[Outcome], archive: Path) -> None:
    """Say what a crawl did."""
    table = _table("source", "verdict")
    for heading in ("pages", "adverts", "new", "changed"):
        table.add_column(heading, justify="right")
    for outcome in outcomes:
        counts = (outcome.pages, outcome.adverts_seen, outcome.adverts_new, outcome.adverts_changed)
        table.add_row(outcome.source_id, outcome.verdict, *map(str, counts))
    console = _console()
    console.print(table)
    new, changed = (sum(getattr(outcome, f"adverts_{what}") for outcome in outcomes) for what in ("new", "changed"))
    if new or changed:
        console.print(f"{archive}: {new} new adverts, {changed} changed", soft_wrap=True, highlight=False)
    else:
        console.print(f"{archive}: nothing new", soft_wrap=True, highlight=False)


def print_estimates(estimates: Iterable[Estimate]) -> None:
    """Say what crawls would ask, how much, and how long that takes."""
    table = _table("source", "begins at")
    for heading in ("requests", "of them again", "minutes", "asked today, of its budget"):
        table.add_column(heading, justify="right")
    for one in estimates:
        more = f" and {len(one.starts) - 1} more" if len(one.starts) > 1 else ""
        requests = "never crawled whole" if one.requests is None else f"about {one.requests:,}"
        minutes = "" if one.seconds is None else f"{one.seconds / 60:.0f}"
        asked = "\n".join(f"{host} {asked:,} of {budget:,}" for host, (asked, budget) in one.asked.items())
        table.add_row(
            one.name, f"{one.starts[0]}{more}", requests, f"{one.due:,}" if one.requests else "", minutes, asked
        )
    _console().print(table)


def print_settings(settings: Iterable[tuple[str, str, str]]) -> None:
    """List settings with their values and where each comes from."""
    table = _table("setting", "value", "from")
    for name, value, origin in settings:
        table.add_row(name, escape(value), escape(origin))
    _console().print(table)


def print_snapshot(snapshot: Snapshot) -> None:
    """Say what was published."""
    size = f"{snapshot.bytes / 1e6:.1f} MB in {snapshot.seconds:.1f} s"
    masked = f", {snapshot.masked} e-mail addresses masked" if snapshot.masked else ""
    line = f"{snapshot.path}: published {snapshot.adverts} adverts, {snapshot.open} open, {size}{masked}"
    _console().print(line, soft_wrap=True, highlight=False)
    for left_out in snapshot.left_out:
        _console().print(left_out, soft_wrap=True, highlight=False, markup=False)


def print_differences(summary: Iterable[Summary]) -> None:
    """List what is read differently, by field and rule."""
    table = _table("field", "rule")
    table.add_column("adverts", justify="right")
    for heading in ("for example", "was", "is"):
        table.add_column(heading)
    for row in summary:
        one = row.example
        table.add_row(row.field, row.rule, f"{row.adverts:,}", one.advert_id, _shown(one.old), _shown(one.new))
    if table.row_count:
        _console().print(table)


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def print_sources(sources: Mapping[str, type[Source]]) -> None:
    """List sources."""
    table = _table("name", "title", "publisher", "confirmed", "licence")
    for name, source in sources.items():
        confirmed = "yes" if source.confirmed else "no"
        table.add_row(name, source.title, source.publisher, confirmed, source.licence or "not stated")
    _console().print(table)


def print_health(found: Mapping[str, Health]) -> None:
    """How each source does, the worst first."""
    table = _table("source", "state", "since", "what changed first")
    for source, health in sorted(found.items(), key=lambda item: (-STATES.index(item[1].state), item[0])):
        since = f"{health.since:%Y-%m-%d %H:%M}" if health.since else ""
        table.add_row(source, health.state, since, health.first or "")
    _console().print(table)


def print_runs(rows: Sequence[sqlite3.Row]) -> None:
    """List runs of the ledger."""
    table = _table("source", "started", "verdict")
    for heading in ("adverts", "new", "changed", "ended", "errors"):
        table.add_column(heading, justify="right")
    table.add_column("stopped because")
    for row in rows:
        counts = (row[f"adverts_{what}"] for what in ("seen", "new", "changed", "ended"))
        verdict = row["verdict"] or "not finished"
        first = (row["source_id"], row["started"].replace("T", " ").rstrip("Z"), verdict)
        table.add_row(*first, *map(str, counts), str(row["errors"]), row["stop_reason"] or "")
    _console().print(table)


def _table(*columns: str) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)


def _console() -> Console:
    """A pipe has no width: nothing is cut off there."""
    return Console() if Console().is_terminal else Console(width=200)
