"""How the answers of questions are set, and where a question is."""

from __future__ import annotations

import re

from jobscraper.publish.questions import Question
from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.cells import shown, words

_DATED = re.compile(r"\d{4}-\d\d-\d\d(T[\d:]{8}Z)?")
_UNITS = {"gbp": "£", "percent": "%", "days": "days"}


def heading(column: str) -> str:
    """The heading of a column: `median_gbp` is `Median (£)`."""
    *name, last = column.split("_")
    if last in _UNITS and name:
        return f"{words('_'.join(name))} ({_UNITS[last]})"
    return words(column)


def answered(value: object, column: str) -> str:
    """A value of an answer: numbers with separators, days and instants as elsewhere on the site, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) and not column.endswith("percent") else f"{value:,.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(shown(str(value), column))


def cell_class(value: object) -> str:
    """How a value is set: numbers at the right, days and instants on one line."""
    if isinstance(value, int | float):
        return "number"
    return "short" if _DATED.fullmatch(str(value)) else ""


def link_of(question: Question) -> str:
    """The address of a question, below the site."""
    return f"{DATABASE}/{question.name}"
