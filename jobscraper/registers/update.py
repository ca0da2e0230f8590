"""`jobscraper update-registers`: fetch the official lists, check them, and swap the whole set in, or write nothing.

In: a folder of the user's and how to fetch. Out: what changed, a line a list. All lists are fetched and checked before the
first byte is written; the new set is written beside the old one, and becomes the current one in one `os.replace`.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import attrs

from jobscraper.model.errors import JobscraperError
from jobscraper.registers.fetch import Fetch, FetchError
from jobscraper.registers.official import OfficialList, Row, days_back
from jobscraper.registers.user_tables import COLUMNS, CURRENT, current_set

_LEAST = 0.9  # Of the last list: a feed that broke in the middle is smaller than that, a year's mergers are not.
_PAGES = 500
_DAYS = 5


class UpdateError(JobscraperError):
    """A list is not what it should be; nothing was written."""


@attrs.frozen
class Updated:
    """What an update did to one table."""

    title: str
    name: str
    rows: int
    added: int
    changed: int
    gone: int

    def in_words(self) -> str:
        """Return the line that the command prints."""
        change = f"{self.added:,} new, {self.changed:,} changed, {self.gone:,} gone"
        return f"{self.name}: {self.rows:,} {self.title}; {change}"


def update(where: Path, lists: Iterable[OfficialList], fetch: Fetch, today: date) -> list[Updated]:
    """Fetch `lists` into the folder `where`; tables of other lists stay as they are.

    :raises JobscraperError: a list cannot be fetched or read, or is smaller than 90 % of the last; nothing was written.
    """
    old_set = current_set(where)
    done, new = [], {}
    for official in lists:
        old = _read(old_set / f"{official.name}.csv") if old_set else {}
        rows = {row["id"]: row for row in sorted(_all_rows(official, fetch, today), key=lambda row: row["id"])}
        _check_size(official, len(rows), len(old))
        new[official.name] = rows
        shared = rows.keys() & old.keys()
        changed = sum(any(rows[key].get(c, "") != old[key].get(c, "") for c in COLUMNS) for key in shared)
        done.append(
            Updated(official.title, official.name, len(rows), len(rows) - len(shared), changed, len(old) - len(shared))
        )
    _swap_in(where, old_set, new)
    return done


def _all_rows(official: OfficialList, fetch: Fetch, today: date) -> Iterator[Row]:
    for url in official.urls:
        yield from _pages(official, url, fetch, today)


def _pages(official: OfficialList, url: str, fetch: Fetch, today: date) -> Iterator[Row]:
    body, following = _first(url, fetch, today)
    for _ in range(_PAGES):
        try:
            page = official.read(body)
        except (ValueError, TypeError, AttributeError) as error:
            raise UpdateError(f"{following}: not the list of {official.title}: {error}; nothing was written") from error
        yield from page.rows
        if not page.following:
            return
        before, following = following, urljoin(following, page.following)
        if urlsplit(following).netloc != urlsplit(before).netloc:
            raise UpdateError(f"{before}: its next page is on another host, {following}; nothing was written")
        body = fetch(following)
    raise UpdateError(f"{url}: more than {_PAGES} pages; nothing was written")


def _first(url: str, fetch: Fetch, today: date) -> tuple[bytes, str]:
    """Return the first page; of a list that has a file a day, the latest that is there."""
    dated = [url.format(date=day) for day in days_back(today, _DAYS)] if "{date}" in url else [url]
    for address in dated[:-1]:
        try:
            return fetch(address), address
        except FetchError as error:
            if not error.missing:
                raise
    return fetch(dated[-1]), dated[-1]


def _check_size(official: OfficialList, size: int, last: int) -> None:
    last = last or official.known
    if size < _LEAST * last:
        raise UpdateError(
            f"{official.name}: {size:,} {official.title}, the last list had {last:,}; a list smaller than 90 % of the last"
            " is refused, nothing was written"
        )


def _read(path: Path) -> Mapping[str, Row]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _swap_in(where: Path, old_set: Path | None, new: Mapping[str, Mapping[str, Row]]) -> None:
    """Write the new set whole, then point to it: an interruption before that leaves the old one as it was."""
    where.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="set-", dir=where))
    try:
        for table in old_set.glob("*.csv") if old_set else ():
            shutil.copyfile(table, made / table.name)
        for name, rows in new.items():
            _write(made / f"{name}.csv", rows.values())
        pointer = made / CURRENT
        with pointer.open("w", encoding="utf-8") as file:
            file.write(f"{made.name}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(pointer, where / CURRENT)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    _sweep(where, keep={made, old_set})


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())


def _sweep(where: Path, keep: set[Path | None]) -> None:
    """Remove sets before the last: a crawl that began with the last one may still read a table of it."""
    for folder in where.glob("set-*"):
        if folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)
