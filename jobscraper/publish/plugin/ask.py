"""The pages of the questions: a list of them, and each with its parameters in words and its answer as a table.

Datasette's own page of a canned query has no defaults and shows the SQL first; its JSON and CSV are as they are.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import attrs
from datasette import Response
from datasette.database import QueryInterrupted

from jobscraper.publish.plugin import data
from jobscraper.publish.plugin.cells import moment, words
from jobscraper.publish.questions import Parameter, Question, questions
from jobscraper.publish.site import DATABASE

# Columns that lead somewhere, and the column whose text they lead from.
_LINKS = {"advert_id": "title", "employer_id": "employer"}
_DATED = re.compile(r"\d{4}-\d\d-\d\d(T[\d:]{8}Z)?")
_UNITS = {"gbp": "£", "percent": "%", "days": "days"}


@attrs.frozen
class Field:
    """A parameter as it is shown: its value now, and the values that it may have, if they are few."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...] = ()


async def questions_page(datasette: Any, request: Any) -> Response:
    """`/questions`: all of them, by theme."""
    themes = [(theme, list(found)) for theme, found in groupby(questions().values(), key=lambda it: it.theme)]
    return await data.page(datasette, request, "questions.html", themes=themes)


async def question_page(datasette: Any, request: Any) -> Response:
    """`/archive/<question>`: its answer; what is not in the address has its default."""
    question = questions()[request.url_vars["question"]]
    # A form sends what is left empty, an address that leaves it out asks for the default.
    values = {name: request.args.get(name, default) for name, default in question.defaults.items()}
    error, columns, answer = None, [], []
    try:
        found = await datasette.get_database(DATABASE).execute(question.sql, values, truncate=True)
        columns, answer = list(found.columns), list(found.rows)
    except QueryInterrupted:
        error = "This took too long. Ask for less: other words, fewer days."
    query = urlencode(values)
    return await data.page(
        datasette,
        request,
        "question.html",
        question=question,
        fields=[await _field(datasette, parameter, values[parameter.name]) for parameter in question.parameters],
        error=error,
        columns=[column for column in columns if column not in _LINKS],
        answer=answer,
        links={text: column for column, text in _LINKS.items() if column in columns},
        query=query,
        sql=urlencode({"sql": question.sql, **values}),
    )


async def _field(datasette: Any, parameter: Parameter, value: str) -> Field:
    if parameter.choices is None:
        return Field(parameter, value)
    known = parameter.choices
    if isinstance(known, str):
        found = await data.rows(datasette, "SELECT value FROM code WHERE field = ? ORDER BY value", [known])
        known = tuple(row["value"] for row in found)
    said = words if parameter.choices == "kind" else str
    return Field(parameter, value, (("", parameter.empty), *((one, said(one)) for one in known)))


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
    return moment(str(value)) if _DATED.fullmatch(str(value)) else str(value)


def is_number(value: object) -> bool:
    """Whether a value stands at the right of its cell."""
    return isinstance(value, int | float)


def link_of(question: Question) -> str:
    """The address of a question, below the site."""
    return f"{DATABASE}/{question.name}"
