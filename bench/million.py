"""A synthetic archive as large as one likes, to measure the site with: `python -m bench.million ARCHIVE [--adverts N]`.

Five years of adverts with the skew of real ones: few employers and towns have most of them, pay follows the post, the kind
of employer and the year, most adverts have ended, and texts of 300 words follow Zipf's law. All of it is invented; the
names of employers and towns are those of the registers. It is written straight into the tables, in one transaction.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs

from bench.posts import GRADES, POSTS, Post, vocabulary
from jobscraper.archive.run_recorder import source_row
from jobscraper.archive.store import open_archive
from jobscraper.crawl.sources import known_sources
from jobscraper.registers.employers import employers
from jobscraper.registers.places import places

T = TypeVar("T")
LAST = datetime(2026, 11, 26, 6, tzinfo=UTC)
DAYS = 5 * 365
_CHUNK = 10_000
_RISE = 1.04
"""By how much pay rises a year."""
_ADVERTISE = ("nhs_trust", "council", "department", "university", "police")
_CONTRACTS = (
    "permanent",
    "permanent",
    "permanent",
    "permanent",
    "fixed_term",
    "fixed_term",
    "temporary",
    "casual",
    None,
)
_PATTERNS = ("full_time", "full_time", "full_time", "part_time", "full_time, part_time", "part_time, term_time", None)


@attrs.frozen
class Skewed(Generic[T]):
    """Draws from a sequence so that the first ones come most often, as 1/rank."""

    items: Sequence[T]
    heights: list[float] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        weights = (1 / (rank + 3) for rank in range(len(self.items)))
        object.__setattr__(self, "heights", list(accumulate(weights)))

    def draw(self, chance: random.Random) -> T:
        return self.items[bisect(self.heights, chance.random() * self.heights[-1], 0, len(self.items) - 1)]


@attrs.frozen
class World:
    """What adverts are made of."""

    chance: random.Random
    sources: Sequence[str]
    employers: Skewed[Any]
    places: Skewed[Any]
    words: Skewed[str]


def write(path: Path, adverts: int, words: int, seed: int) -> None:
    """Write the archive; `words` is the length of a text. The same arguments give the same archive."""
    chance = random.Random(seed)
    bodies = [body for body in employers() if body.name]
    # Trusts and councils advertise most, and large towns.
    bodies.sort(key=lambda it: (_ADVERTISE.index(it.kind) if it.kind in _ADVERTISE else 9, chance.random()))
    towns = sorted((town for town in places() if town.lad_code), key=lambda it: -(it.population or 0))
    known = known_sources()
    world = World(chance, tuple(known), Skewed(bodies[:4000]), Skewed(towns[:2000]), Skewed(vocabulary(8000)))
    with closing(open_archive(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        _insert(db, "source", (_source(source) for source in known.values()))
        _insert(db, "run", _runs(world.sources))
        _insert(db, "employer", ({"id": it.id, "name": it.name, "kind": it.kind} for it in world.employers.items))
        _insert(db, "place", ({"id": it.place_id, "name": it.name, "lad_code": it.lad_code, "lad_name": it.lad_name,
                               "region": it.region, "nation": it.nation} for it in world.places.items))  # fmt: skip
        _insert(db, "day", ({"day": f"{LAST - timedelta(days=day):%Y-%m-%d}"} for day in range(DAYS + 1)))
        for first in range(0, adverts, _CHUNK):
            rows: dict[str, list[dict[str, Any]]] = {}
            for number in range(first, min(first + _CHUNK, adverts)):
                for table, row in _advert(world, number, adverts, words):
                    rows.setdefault(table, []).append(row)
            for table in ("capture", "advert", "advert_text", "advert_place", "advert_url", "live_period", "event", "change",
                          "issue"):  # fmt: skip
                _insert(db, table, rows.get(table, ()))
        db.execute("COMMIT")


def _source(source: Any) -> dict[str, Any]:
    return attrs.asdict(source_row(source))


def _insert(db: Any, table: str, rows: Any) -> None:
    """Insert rows that all have the columns of the first."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    marks = ", ".join(f":{name}" for name in first)
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(first)}) VALUES ({marks})"
    db.execute(sql, first)
    db.executemany(sql, rows)


def _runs(sources: Sequence[str]) -> Iterator[dict[str, Any]]:
    for source in sources:
        for week in range(DAYS // 7 + 1):
            started = LAST - timedelta(weeks=week)
            yield {"id": _run(source, started), "source_id": source, "verdict": "partial" if week % 29 == 7 else "complete",
                   "started": _instant(started), "finished": _instant(started + timedelta(minutes=20)), "pages": 200,
                   "adverts_seen": 900, "adverts_new": 90, "code_version": "bench"}  # fmt: skip


def _run(source: str, at: datetime) -> str:
    """The weekly run in which something was seen."""
    weeks = (LAST - at).days // 7
    return f"{source}-{LAST - timedelta(weeks=weeks):%Y%m%dT%H%M%SZ}"


def _advert(world: World, number: int, of: int, words: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one advert, by table."""
    chance = world.chance
    # Later years have more adverts; no board lists anything at the weekend.
    day = int(DAYS * (number / of) ** 0.8)
    listed = LAST - timedelta(days=DAYS - day, minutes=chance.randrange(600))
    listed -= timedelta(days=max(0, listed.weekday() - 4))
    closes = listed + timedelta(days=chance.choice((14, 14, 21, 21, 28, 35)), hours=17)
    extended = chance.random() < 0.06
    ended = None if closes > LAST else closes
    status = "live" if ended is None else "closed"
    if ended and chance.random() < 0.08:
        ended, status = listed + (closes - listed) / 2, "withdrawn"
    source = chance.choice(world.sources)
    identity, run, town = f"{source}:{number}", _run(source, listed), world.places.draw(chance)
    employer, post = world.employers.draw(chance), POSTS[min(int(chance.expovariate(0.03)), len(POSTS) - 1)]
    title = chance.choice(("", "", "", "Senior ", "Lead ", "Assistant ", "Trainee ")) + post.title
    url = f"https://{source.replace('_', '-')}.example/jobs/{number}"
    yield "capture", {"id": f"c{number}", "run_id": run, "url": url, "method": "GET", "fetched_at": _instant(listed),
                      "status": 200, "digest": f"sha1:{number:032X}", "warc_file": f"{run}.warc.gz", "offset": number,
                      "length": 9000}  # fmt: skip
    yield "advert", {
        "id": identity, "title": title, "employer_text": employer.name, "employer_id": employer.id,
        "location_text": f"{town.name}, {town.lad_name}", "url": url, "source_id": source, "source_ref": str(number),
        "lad_code": town.lad_code, "lad_name": town.lad_name, "region": town.region, "nation": town.nation,
        "workplace": chance.choice((None, None, "on_site", "hybrid", "remote")),
        "contract_type": chance.choice(_CONTRACTS), "working_pattern": chance.choice(_PATTERNS),
        "posted_on": f"{listed:%Y-%m-%d}", "first_seen": _instant(listed), "last_seen": _instant(min(ended or LAST, LAST)),
        "closes_at": _instant(closes), "status": status, "ended_at": ended and _instant(ended),
        "capture_id": f"c{number}", "normaliser_version": "bench", **_pay(chance, title, post, listed),
    }  # fmt: skip
    text = " ".join([title, "at", employer.name, *(world.words.draw(chance) for _ in range(words))])
    yield "advert_text", {"advert_id": identity, "description": text, "part": "page"}
    yield "advert_place", {"advert_id": identity, "position": 0, "text": town.name, "place_id": town.place_id,
                           "lad_code": town.lad_code, "region": town.region, "nation": town.nation}  # fmt: skip
    yield "advert_url", {"advert_id": identity, "url": url, "first_seen": _instant(listed), "last_seen": None}
    yield "live_period", {"advert_id": identity, "live_from": _instant(listed), "live_to": ended and _instant(ended)}
    for at, kind, detail in _events(chance, listed, ended, status, extended):
        yield "event", {"advert_id": identity, "run_id": run, "at": _instant(at), "kind": kind, "detail": detail}
    if extended:
        yield "change", {"advert_id": identity, "run_id": run, "observed_at": _instant(listed + timedelta(days=7)),
                         "field": "closes_at", "old": _instant(closes - timedelta(days=7)), "new": _instant(closes),
                         "cause": "source"}  # fmt: skip
    if chance.random() < 0.05:
        yield "issue", {"run_id": run, "advert_id": identity, "field": "location_text", "kind": "location_unresolved",
                        "text": "names no place"}  # fmt: skip


def _events(
    chance: random.Random, listed: datetime, ended: datetime | None, status: str, extended: bool
) -> Iterator[tuple[datetime, str, str | None]]:
    yield listed, "listed", None
    if extended:
        for week in range(1, chance.choice((1, 1, 1, 2, 3, 4)) + 1):
            yield listed + timedelta(days=week), "extended", "closes 20 Aug → 27 Aug"
    if chance.random() < 0.01:
        yield listed + timedelta(days=3), "resalaried", "pay £30,000 → £32,000"
    if ended:
        yield ended, status, None


def _pay(chance: random.Random, title: str, post: Post, listed: datetime) -> dict[str, Any]:
    """Pay as boards print it, and what is read from it."""
    years = (listed - LAST).days / 365
    seniority = {"Senior": 1.2, "Lead": 1.3, "Assistant": 0.8, "Trainee": 0.7}.get(title.split()[0], 1.0)
    low = round(post.pay * seniority * _RISE**years * chance.uniform(0.9, 1.1))
    high = low + chance.randrange(800, 7000)
    read: dict[str, Any] = dict.fromkeys(
        ("salary_text", "salary_min", "salary_max", "salary_currency", "salary_period", "salary_basis", "salary_annual_min",
         "salary_annual_max", "salary_actual_min", "salary_actual_max", "salary_qualifier", "salary_source", "grade_text",
         "pay_scale", "pay_point_min", "pay_point_max")
    )  # fmt: skip
    way = chance.random()
    if way < 0.12:
        text = chance.choice(("Competitive", "Negotiable", "Main pay scale"))
        return read | {"salary_text": text, "evidence": "{}"}
    scale, grade, point = chance.choice(GRADES[post.sector])
    text = f"{grade}, £{low:,} - £{high:,} per annum"
    amounts = {"salary_min": low, "salary_max": high, "salary_currency": "GBP", "salary_period": "year",
               "salary_basis": "fte", "salary_annual_min": low, "salary_annual_max": high, "salary_source": "text",
               "grade_text": grade, "pay_scale": scale, "pay_point_min": point, "pay_point_max": point}  # fmt: skip
    if way < 0.2:
        hourly = round(low / 1929.29, 2)
        text = f"£{hourly:.2f} per hour"
        amounts |= {"salary_min": hourly, "salary_max": hourly, "salary_period": "hour", "salary_annual_max": low}
    elif way < 0.3:
        text += f" pro rata, actual £{low // 2:,}"
        amounts |= {"salary_basis": "pro_rata", "salary_actual_min": low // 2, "salary_actual_max": low // 2}
    elif way < 0.34:
        text = f"up to £{high:,}"
        amounts |= {"salary_min": None, "salary_annual_min": None, "salary_qualifier": "up_to"}
    found = text.index("£")
    seen = text[found:].split(" per")[0]
    evidence = {"salary_min": {"rule": "range", "text": seen, "start": found, "end": found + len(seen)},
                "salary_annual_min": {"rule": "annual:as printed", "as": "salary_min"}}  # fmt: skip
    return read | amounts | {"salary_text": text, "evidence": json.dumps(evidence)}


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def main() -> None:
    """Write the archive and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--adverts", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    start = time.monotonic()
    write(args.archive, args.adverts, args.words, args.seed)
    size = args.archive.stat().st_size
    print(f"{args.archive}: {args.adverts:,} adverts, {size / 1e9:.2f} GB, written in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
