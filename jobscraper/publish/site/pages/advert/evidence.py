"""From which characters of the printed pay its values were read, for people to see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from jobscraper.publish.site.shared.cells import visible

# Not the extras, whose evidence is the whole text: a text that is marked all over shows nothing.
_COLUMNS = frozenset(
    {f"salary_{kind}{end}" for kind in ("", "annual_", "actual_") for end in ("min", "max")}
    | {"salary_period", "salary_basis", "salary_qualifier", "grade_text", "pay_scale", "pay_point_min", "pay_point_max"}
)
# These rules read other words than the printed pay, and their offsets count in those.
_READ_ELSEWHERE = ("grade_field", "structured")

Span = tuple[int, int]


def marked_pay(row: Mapping[str, Any]) -> Markup:
    """The printed pay of an advert, escaped, with `<mark>` around the characters that its pay was read from.

    Evidence that does not fit the text marks nothing: a mark in the wrong place is worse than none.
    """
    text = row["salary_text"] or ""
    pieces = []
    done = 0
    for start, end in _merged(_spans(text, row["evidence"])):
        pieces += [escape(visible(text[done:start])), Markup("<mark>{}</mark>").format(visible(text[start:end]))]
        done = end
    return Markup("").join([*pieces, escape(visible(text[done:]))])


def _spans(text: str, evidence: str | None) -> Iterator[Span]:
    try:
        columns = json.loads(evidence or "{}")
    except ValueError:
        return
    for column, found in columns.items():
        # What points to another column marks what that one marks.
        if column not in _COLUMNS or "start" not in found or found["rule"].startswith(_READ_ELSEWHERE):
            continue
        start, end = found["start"], found["end"]
        if start < end and text[start:end] == found["text"]:
            yield start, end


def _merged(spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
