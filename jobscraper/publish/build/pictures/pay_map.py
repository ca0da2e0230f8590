"""The map of starting pay: twelve areas, each with its amount printed on it or beside it.

The projection is a transverse Mercator about 2° west, as on the maps of the Ordnance Survey. It is fixed, not fitted,
so that words can be placed by hand where there is room for them. Shetland is drawn where it lies, in no box.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import altair as alt
import attrs

from jobscraper.publish.build.pictures.rows import FEWEST, Paid
from jobscraper.publish.build.pictures.svg import (
    EDGE,
    FILL,
    INK,
    NONE,
    PAY,
    SMALL,
    SOFT,
    layers,
    marks,
    pounds,
    rules,
    svg_of,
    words,
)

TITLE = "Starting pay by region"
HEIGHT = 632
_SCALE = 3240
_CENTRE = (206, 340)  # Where 2° west, 55° north lies on the picture.
_LINE = 17
_STEPS = (500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000)
# Which of the five colours stand for so many classes.
_CHOSEN = ((), (2,), (1, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4))


@attrs.frozen
class Label:
    """Where the name of an area and its amount stand, in pixels: the middle of the first line, or its beginning.

    `lead`: the two ends of a line to an area too small for its words.
    """

    x: int
    y: int
    lines: tuple[str, ...]
    align: str = "center"
    lead: tuple[int, int, int, int] | None = None


_LABELS = {
    "Scotland": Label(150, 228, ("Scotland",)),
    "Northern Ireland": Label(47, 339, ("Northern", "Ireland")),
    "Wales": Label(138, 461, ("Wales",)),
    "North East": Label(240, 322, ("North East",), "left"),
    "North West": Label(156, 384, ("North West",), "right"),
    "Yorkshire and The Humber": Label(284, 370, ("Yorkshire and", "The Humber"), "left"),
    "East Midlands": Label(249, 432, ("East", "Midlands")),
    "West Midlands": Label(198, 473, ("West", "Midlands")),
    "East of England": Label(298, 479, ("East of", "England")),
    "London": Label(334, 527, ("London",), "left", (272, 538, 331, 530)),
    "South East": Label(268, 592, ("South East",), "left"),
    "South West": Label(178, 554, ("South West",)),
}


@attrs.frozen
class Classes:
    """Amounts in up to five classes of the same width, which begin at round sums."""

    start: int
    step: int
    count: int

    @classmethod
    def of(cls, amounts: Sequence[int]) -> Classes:
        """The narrowest classes that hold all the amounts."""
        low, high = min(amounts), max(amounts)
        step = next((step for step in _STEPS if high // step - low // step < len(PAY)), high // len(PAY) + 1)
        return cls(low // step * step, step, high // step - low // step + 1)

    def colour(self, amount: int) -> str:
        """The colour of the class of an amount."""
        return self.colours()[(amount - self.start) // self.step]

    def colours(self) -> tuple[str, ...]:
        """The colours of the classes, the lowest first."""
        return tuple(PAY[number] for number in _CHOSEN[self.count])

    def names(self) -> Iterable[str]:
        """`£26,000 to £27,999`, the lowest first."""
        starts = (self.start + number * self.step for number in range(self.count))
        return (f"{pounds(start)} to {pounds(start + self.step - 1)}" for start in starts)


def pay_map(paid: Iterable[Paid]) -> str | None:
    """Draw the median starting pay of each area; areas that are missing have no adverts. None without two to compare.

    :param paid: of each region and nation, by its name as in `advert.region`.
    """
    found = {one.of.casefold(): one for one in paid}
    known = {name: found.get(name.casefold(), Paid(name, 0)) for name in _LABELS}
    enough = {name: one.median for name, one in known.items() if one.enough and one.median is not None}
    if len(enough) < 2:
        return None
    classes = Classes.of([*enough.values()])
    fills = {name: classes.colour(enough[name]) if name in enough else NONE for name in _LABELS}
    chart = layers(_areas(fills), _leads(), *_names(enough), *_legend(classes, len(enough)), height=HEIGHT)
    return svg_of(chart, name="pay_map", label=finding(enough), height=HEIGHT)


def finding(medians: Mapping[str, int]) -> str:
    """What the map shows, in words."""
    begin = "Map of the United Kingdom: median starting pay of the last 12 months by region."
    ranked = sorted(medians, key=lambda name: (-medians[name], name))
    high, low = ranked[0], ranked[-1]
    said = f"Highest in {high}, {pounds(medians[high])}; lowest in {low}, {pounds(medians[low])}."
    few = [name for name in _LABELS if name not in medians]
    return " ".join(filter(None, (begin, said, f"Too few adverts with pay: {', '.join(few)}." if few else "")))


@cache
def boundaries() -> dict[str, Any]:
    """Return the regions as the map draws them (TopoJSON), with their `attribution`."""
    text = files(__package__).joinpath("uk_regions.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _areas(fills: Mapping[str, str]) -> Any:
    colours = alt.InlineData(values=[{"name": name, "fill": fill} for name, fill in fills.items()])
    shapes = alt.InlineData(values=boundaries(), format=alt.TopoDataFormat(type="topojson", feature="regions"))
    return (
        alt.Chart(shapes)
        .transform_lookup("properties.name", from_=alt.LookupData(data=colours, key="name", fields=["fill"]))
        .mark_geoshape(stroke=EDGE, strokeWidth=0.8, strokeJoin="round")
        .encode(fill=FILL)
        .project(type="transverseMercator", rotate=[2, -55, 0], scale=_SCALE, translate=list(_CENTRE))
    )


def _leads() -> Any:
    return rules([label.lead for label in _LABELS.values() if label.lead], stroke=INK)


def _names(medians: Mapping[str, int]) -> Iterable[Any]:
    """The names, and the amounts below them in bold."""
    for align in ("center", "left", "right"):
        labels = {name: label for name, label in _LABELS.items() if label.align == align}
        names = [
            {"x": label.x, "y": label.y + number * _LINE, "text": line, "fill": INK}
            for label in labels.values()
            for number, line in enumerate(label.lines)
        ]
        amounts = [
            {
                "x": label.x,
                "y": label.y + len(label.lines) * _LINE,
                "text": pounds(medians[name]) if name in medians else "too few",
                "fill": INK,
                "enough": name in medians,
            }
            for name, label in labels.items()
        ]
        yield words(names, align=align, fontSize=SMALL)
        yield words([it for it in amounts if it["enough"]], align=align, fontWeight="bold")
        yield words([it for it in amounts if not it["enough"]], align=align, fontSize=SMALL)


def _legend(classes: Classes, enough: int) -> Iterable[Any]:
    entries = [*zip(classes.colours(), classes.names(), strict=True)]
    if enough < len(_LABELS):
        entries.append((NONE, f"fewer than {FEWEST} adverts"))
    places = [(number * 20 + 160, *entry) for number, entry in enumerate(entries)]
    squares = [{"x": 239, "y": y, "fill": fill} for y, fill, _ in places]
    look = {"shape": "square", "size": 196, "stroke": SOFT, "strokeWidth": 0.8}
    yield words([{"x": 232, "y": 136, "text": "Median a year", "fill": INK}], align="left", fontWeight="bold")
    yield marks(squares).mark_point(**look).encode(fill=FILL)
    yield words([{"x": 253, "y": y, "text": text, "fill": INK} for y, _, text in places], align="left", fontSize=SMALL)
