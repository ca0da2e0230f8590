"""Make the small file of boundaries that the map is drawn from: `python -m jobscraper.dev.boundaries SOURCE`.

SOURCE is a TopoJSON of the United Kingdom by ONS with an object `rgn`: nine English regions and three nations. A map of
four inches needs a hundredth of its points. Borders are simplified as borders, once for both of their sides, so that
neighbours still touch; islets that would be smaller than a full stop are left out. Shetland stays where it lies.

The areas stand in the order of their codes, and are written so that the same source makes the same bytes.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
"""A place as the source counts: whole steps of its own grid, east and north."""

Line = tuple[Point, ...]

TARGET = Path(str(files("jobscraper.publish.build.pictures") / "uk_regions.json"))
ATTRIBUTION = "Contains ONS and OS data © Crown copyright, OGL v3"
_COARSER = 8  # Steps of the source's grid, about 10 metres, to one step of ours.
_SMALLEST_BEND = 3.0  # Square kilometres that a point must add to the outline to be kept.
_SMALLEST_ISLAND = 40.0  # Square kilometres.


class Grid:
    """How steps of the source's grid become square kilometres; near enough for saying what is too small to see."""

    def __init__(self, scale: Sequence[float]) -> None:
        east, north = scale
        self.square_km = abs(east * 111.32 * math.cos(math.radians(54.5)) * north * 111.32)

    def triangle(self, a: Point, b: Point, c: Point) -> float:
        """The area between three points."""
        return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * self.square_km

    def area(self, ring: Sequence[Point]) -> float:
        """The area within a ring, whose last point is its first."""
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2 * self.square_km


def small_boundaries(source: Mapping[str, Any]) -> dict[str, Any]:
    """The object `rgn` of a TopoJSON as a much smaller TopoJSON, whose areas have a `name`."""
    transform = source["transform"]
    grid = Grid(transform["scale"])
    lines = [tuple((x, y) for x, y in accumulate(arc, _add)) for arc in source["arcs"]]
    areas = sorted(source["objects"]["rgn"]["geometries"], key=lambda area: str(area["properties"]["areacd"]))
    rings = {area["properties"]["areanm"]: _rings(area, lines, grid) for area in areas}
    owners: defaultdict[int, set[str]] = defaultdict(set)
    for name, of_area in rings.items():
        for ring in of_area:
            for arc in ring:
                owners[_forward(arc)].add(name)
    made: dict[Line, int] = {}
    geometries = []
    for name, of_area in rings.items():
        numbered = [[[_number(made, line) for line in _borders(ring, lines, owners)]] for ring in of_area]
        geometries.append({"type": "MultiPolygon", "arcs": numbered, "properties": {"name": name}})
    simple = [_coarser(_simplified(line, grid)) for line in made]
    return {
        "attribution": ATTRIBUTION,
        "type": "Topology",
        "transform": {
            "scale": [round(step * _COARSER, 12) for step in transform["scale"]],
            "translate": transform["translate"],
        },
        "objects": {"regions": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [[line[0], *(_subtract(b, a) for a, b in pairwise(line))] for line in simple],
    }


def _rings(area: Mapping[str, Any], lines: Sequence[Line], grid: Grid) -> list[list[int]]:
    """The outer rings of an area that are large enough to be seen, the largest first."""
    polygons = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
    sized = sorted(((grid.area(_points(ring, lines)), ring) for ring, *_ in polygons), reverse=True)
    return [ring for size, ring in sized if size >= _SMALLEST_ISLAND]


def _borders(ring: Sequence[int], lines: Sequence[Line], owners: Mapping[int, set[str]]) -> Iterator[Line]:
    """The ring as lines that each lie between the same two areas, or between one and the sea."""
    of = [frozenset(owners[_forward(arc)]) for arc in ring]
    starts = [number for number in range(len(ring)) if of[number] != of[number - 1]] or [0]
    for start, end in pairwise([*starts, starts[0] + len(ring)]):
        yield _points([ring[number % len(ring)] for number in range(start, end)], lines)


def _points(arcs: Iterable[int], lines: Sequence[Line]) -> Line:
    found: list[Point] = []
    for arc in arcs:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        found += line[1:] if found else line
    return tuple(found)


def _number(made: dict[Line, int], line: Line) -> int:
    """The number of a line in the new file; one that is there the other way round is used backwards, as TopoJSON does."""
    if line[::-1] in made:
        return ~made[line[::-1]]
    return made.setdefault(line, len(made))


def _simplified(line: Line, grid: Grid) -> Line:
    """Take out, again and again, the point whose loss changes the least area; the ends stay (Visvalingam)."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    left = len(line)
    area = [math.inf] * len(line)
    for number in range(1, len(line) - 1):
        area[number] = grid.triangle(*line[number - 1 : number + 2])
    queue = [(size, number) for number, size in enumerate(area)]
    heapq.heapify(queue)
    closed = 4 if line[0] == line[-1] else 2
    while queue and left > closed:
        size, number = heapq.heappop(queue)
        if size >= _SMALLEST_BEND:
            break
        if size != area[number]:
            continue
        area[number], left = -1.0, left - 1
        one, other = before[number], after[number]
        after[one], before[other] = other, one
        for near in (one, other):
            if 0 < near < len(line) - 1:
                area[near] = max(size, grid.triangle(line[before[near]], line[near], line[after[near]]))
                heapq.heappush(queue, (area[near], near))
    return tuple(point for point, size in zip(line, area, strict=True) if size >= 0)


def _coarser(line: Line) -> Line:
    points = [(round(x / _COARSER), round(y / _COARSER)) for x, y in line]
    return tuple(
        point for number, point in enumerate(points) if number in (0, len(points) - 1) or point != points[number - 1]
    )


def _forward(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _add(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [one[0] + other[0], one[1] + other[1]]


def _subtract(one: Point, other: Point) -> Point:
    return one[0] - other[0], one[1] - other[1]


def main(source: Path) -> None:
    """Write the boundaries into the package."""
    small = small_boundaries(json.loads(source.read_text(encoding="utf-8")))
    TARGET.write_text(json.dumps(small, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {sum(map(len, small['arcs'])):,} points")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
