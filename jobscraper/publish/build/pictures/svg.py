"""From a chart to the SVG that stands in a page: one image with words for it, in the page's own letters and colours.

A page of ours allows no inline style, so colours are presentation attributes that name a variable of site.css, and the
page decides what is light and what is dark. Each names a colour to fall back on too, for a picture that was taken out
of the page. Vega's own classes, roles and clip paths go: they serve a picture that moves, and their numbers count up
with each picture that a process draws, where the same rows must give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import altair as alt
import vl_convert

INK = "var(--picture-ink, #0b0c0c)"
SOFT = "var(--picture-soft, #50585f)"
RULE = "var(--picture-rule, #d5dade)"
EDGE = "var(--picture-edge, #75828d)"
NONE = "var(--picture-none, #dcdcdc)"
BAR = "var(--picture-bar, #1a5a96)"
BAR_PART = "var(--picture-bar-part, #9dbdd9)"

_PAY = ("#dbe9f5", "#bdd7ed", "#9cc4e4", "#79aed9", "#5598cc")
PAY = tuple(f"var(--picture-pay-{number}, {colour})" for number, colour in enumerate(_PAY, 1))
"""From low to high, each so pale that letters can be read on it."""

_LINES = ("#0d3cc4", "#c05813", "#028765", "#a63eb1", "#553500", "#15191e")
LINES = tuple(f"var(--picture-line-{number}, {colour})" for number, colour in enumerate(_LINES, 1))
"""Told apart by people who see no red, no green or no blue, and each dark enough for letters."""

FILL = alt.Fill("fill:N", scale=None)
"""A row says its own colour."""

WIDTH = 400
"""The width of every picture: on a telephone its letters are then four fifths of those in the page."""
TEXT = 14
SMALL = 13

_KEPT = {
    "path": (
        "d",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linejoin",
        "stroke-linecap",
        "stroke-dasharray",
    ),
    "line": ("x2", "y2", "transform", "stroke", "stroke-width", "stroke-dasharray"),
    "text": ("transform", "text-anchor", "font-size", "font-weight", "fill"),
    "tspan": ("x", "y", "dy"),
    "g": ("transform",),
}
_DIGITS = re.compile(r"-?\d+\.\d{2,}")
_NOWHERE = re.compile(r"\s*(translate\(0,\s*0\)|rotate\(0\))\s*")
_SVG = "{http://www.w3.org/2000/svg}"


def layers(*parts: Any, height: int, **settings: Any) -> alt.LayerChart:
    """Charts on top of each other in one frame of the full width; `settings` go to the chart as a whole."""
    return alt.LayerChart(layer=list(parts)).properties(
        width=WIDTH, height=height, padding=0, autosize="none", **settings
    )


Row = dict[str, Any]


def marks(values: Sequence[Row], **ends: str) -> Any:
    """A chart of marks whose `x` and `y` are pixels, whatever the other layers are; `ends` as in `x2="x2:Q"`."""
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    return alt.Chart(alt.InlineData(values=list(values))).encode(x=x, y=y, **ends)


def words(values: Sequence[Row], **settings: Any) -> Any:
    """Words at places of the picture: rows of `x`, `y`, `text` and `fill`; `settings` are of the mark."""
    look = {"fontSize": TEXT, "baseline": "middle", **settings}
    return marks(values).mark_text(**look).encode(text="text:N", fill=FILL)


def rules(ends: Sequence[tuple[float, float, float, float]], **settings: Any) -> Any:
    """Straight lines, each from one pixel to another: `x`, `y`, then `x` and `y` of the end."""
    values = [{"x": x, "y": y, "x2": x2, "y2": y2} for x, y, x2, y2 in ends]
    return marks(values, x2="x2:Q", y2="y2:Q").mark_rule(**{"strokeWidth": 1, **settings})


def pounds(amount: float) -> str:
    """`£34,203`."""
    return f"£{amount:,.0f}"


def svg_of(chart: alt.LayerChart, *, name: str, label: str, height: int) -> str:
    """Draw a chart made by `layers`.

    :param name: a word for CSS to find the picture by; `label`: what it shows, for people who do not see it.
    """
    plain = chart.configure(font="sans-serif").configure_view(stroke=None)
    drawn = ElementTree.fromstring(vl_convert.vegalite_to_svg(plain.to_dict()))
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _SVG.strip("{}"),
            "class": f"picture picture-{name.replace('_', '-')}",
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-label": label,
            "fill": "none",
            "font-family": "system-ui, sans-serif",
        },
    )
    root.extend(_kept(drawn))
    return ElementTree.tostring(root, encoding="unicode")


def _kept(parent: ElementTree.Element) -> list[ElementTree.Element]:
    """The children that draw something, with the attributes that say how; groups that move nothing are opened."""
    kept = []
    for child in parent:
        tag = child.tag.removeprefix(_SVG)
        if tag not in _KEPT or child.get("display") == "none":
            continue
        attributes = {name: _short(child.get(name, "")) for name in _KEPT[tag] if child.get(name)}
        if _NOWHERE.fullmatch(attributes.get("transform", "")):
            del attributes["transform"]
        inner = _kept(child)
        if tag == "g" and not (attributes and inner):
            kept += inner
        elif tag == "g" or attributes.keys() & {"fill", "stroke"} or tag == "tspan":
            element = ElementTree.Element(tag, attributes)
            element.text = child.text
            element.extend(inner)
            kept.append(element)
    return kept


def _short(value: str) -> str:
    """A tenth of a pixel is enough for anybody."""
    return _DIGITS.sub(lambda number: f"{round(float(number.group()), 1):g}", value)
