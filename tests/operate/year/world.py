"""Five boards that do not exist, through a year: what they really list each day, and what they answer that day. Pure."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import attrs

from tests.crawl.board import Answer

FIRST = date(2027, 1, 1)
DAYS = 365
DAY = timedelta(days=1)
WALL = Answer(b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", 403)
DOWN = Answer(b"down for maintenance", 503)
ROBOTS = Answer(b"User-agent: *\nDisallow: /private\n")

Trouble = Literal["zero", "truncated", "half", "down", "wall", "no salary", "no title"]


@attrs.frozen
class Version:
    """What an advert prints from a day on."""

    since: date
    salary: str
    closes: date


@attrs.frozen
class Advert:
    """An advert as its board knows it: listed from `first` to `last`, both included, in one or more versions."""

    ref: str
    title: str
    first: date
    last: date
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version:
        """What it prints on a day."""
        return [version for version in self.versions if version.since <= day][-1]


@attrs.frozen(kw_only=True)
class Board:
    """A board: its adverts, and its troubles by the first and the last day of each."""

    name: str
    kind: Literal["json", "pages", "html"]
    adverts: tuple[Advert, ...]
    troubles: Mapping[tuple[int, int], Trouble]
    every: int = 1
    requests_per_day: int = 200

    def trouble(self, day: date) -> Trouble | None:
        """What is wrong with it on a day."""
        nth = (day - FIRST).days
        return next((what for (begin, end), what in self.troubles.items() if begin <= nth <= end), None)

    def lists(self, day: date) -> list[Advert]:
        """What it really lists on a day."""
        return [advert for advert in self.adverts if advert.first <= day <= advert.last]

    def shows(self, day: date) -> list[Advert]:
        """What can be read of that."""
        real, trouble = self.lists(day), self.trouble(day)
        if trouble == "half":
            return real[: len(real) // 4]
        return [] if trouble else real

    def answer(self, path: str, day: date) -> Answer:
        """What it answers."""
        trouble = self.trouble(day)
        if trouble in ("down", "wall"):
            return DOWN if trouble == "down" else ROBOTS if path == "/robots.txt" else WALL
        if path == "/robots.txt":
            return ROBOTS
        if path == "/list":
            return self._list(day, trouble)
        shown = {advert.ref: advert for advert in self.shows(day)}
        advert = shown.get(path.removeprefix("/job/"))
        return _json(_printed(advert, day)) if advert else Answer(b"gone", 404)

    def _list(self, day: date, trouble: Trouble | None) -> Answer:
        shown = self.shows(day)
        if self.kind == "html":
            return _html(self.lists(day), day, (trouble or "").removeprefix("no "))
        fields = (
            ("ref", "title") if self.kind == "pages" else ("ref", "title", "salary", "closes", "employer", "location")
        )
        whole = self.lists(day) if trouble == "truncated" else shown
        cards = [{name: _printed(advert, day)[name] for name in fields} for advert in whole]
        body = json.dumps(cards).encode()
        return Answer(body[: len(body) // 2] if trouble == "truncated" else body)


def _printed(advert: Advert, day: date) -> dict[str, str]:
    version = advert.on(day)
    return {"ref": advert.ref, "title": advert.title, "salary": version.salary, "closes": f"{version.closes} 23:59",
            "employer": "Oxford City Council", "location": "Oxford"}  # fmt: skip


def _json(printed: object) -> Answer:
    return Answer(json.dumps(printed).encode())


def _html(adverts: list[Advert], day: date, renamed: str) -> Answer:
    def card(advert: Advert) -> str:
        fields = _printed(advert, day)
        spans = "".join(
            f'<span class="{"x7" if name == renamed else name}">{text}</span>' for name, text in fields.items()
        )
        return f'<li class="job">{spans}</li>'

    cards = "".join(map(card, adverts))
    return Answer(f"<html><body><h1>Jobs</h1><ul id='jobs'>{cards}</ul></body></html>".encode())


def _adverts(name: str, slots: int) -> Iterator[Advert]:
    """A few dozen at a time: some are changed, some extended, some withdrawn before they close, most stay to the end."""
    chance = random.Random(name)
    for slot in range(slots):
        day, nth = FIRST - chance.randrange(30) * DAY, 0
        while day < FIRST + DAYS * DAY:
            yield (advert := _advert(chance, f"{name[0]}{slot}-{nth}", day))
            day, nth = advert.last + chance.randrange(1, 4) * DAY, nth + 1


def _advert(chance: random.Random, ref: str, first: date) -> Advert:
    closes = first + chance.randrange(14, 40) * DAY
    pay = chance.randrange(22_000, 60_000, 500)
    versions = [Version(first, f"£{pay:,} a year", closes)]
    fate = chance.random()
    if fate < 0.2:
        versions.append(Version(first + 5 * DAY, f"£{pay + 1_500:,} a year", closes))
    elif fate < 0.35:
        closes += 7 * DAY
        versions.append(Version(first + 8 * DAY, versions[0].salary, closes))
    last = first + chance.randrange(4, 9) * DAY if fate > 0.8 else closes
    return Advert(ref, f"Highways Officer {ref}", first, last, tuple(versions))


def _board(name: str, slots: int, kind: Literal["json", "pages", "html"], troubles: Mapping[tuple[int, int], Trouble],
           **more: int) -> Board:  # fmt: skip
    return Board(name=name, kind=kind, adverts=tuple(_adverts(name, slots)), troubles=troubles, **more)


BOARDS = {
    board.name: board
    for board in (
        _board("alder", 40, "json", {(60, 62): "zero", (300, 301): "truncated"}),
        _board("birch", 30, "pages", {(100, 106): "down", (250, 250): "half"}),
        _board("cedar", 24, "html", {(150, 169): "no salary", (320, 321): "no title"}, every=2),
        _board("downy", 30, "html", {(220, 229): "wall"}),
        _board("elder", 60, "pages", {}, requests_per_day=40),
    )
}
