"""`/archive/<question>`: a question with its parameters in words, and its answer as a table.

Datasette's own page of a canned query has no defaults and shows the SQL first. Its JSON and CSV have the defaults too, and
are refused for what is not understood, as a program reads no warnings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any
from urllib.parse import urlencode

import attrs
from datasette import Request, Response
from datasette.database import QueryInterrupted
from datasette.views.table import TableView

from jobscraper.publish.questions import Parameter, Question, questions
from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.cells import label, scale
from jobscraper.publish.site.shared.find import Codes
from jobscraper.publish.site.shared.lookup import codes_in
from jobscraper.publish.site.shared.page import file, page
from jobscraper.publish.site.shared.vocabulary import known

# Columns that lead somewhere, and the column whose text they lead from.
_LINKS = {"advert_id": "title", "employer_id": "employer"}
_WHOLE = re.compile(r"[0-9]{1,6}")
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?")


@attrs.frozen
class Field:
    """A parameter as it is shown: its value now, and the values that it may have, if they are few."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...] = ()


@page(
    f"/{DATABASE}/closing_soon",
    pattern=rf"/{DATABASE}/(?P<question>{'|'.join(questions())})$",
    asked=("days=400",),
    is_quick=False,
)
async def question_page(datasette: Any, request: Any) -> Response:
    """`/archive/<question>`: its answer; what is not in the address has its default."""
    question = questions()[request.url_vars["question"]]
    values = _values(request, question)
    wrong = await _wrong(datasette, question, values)
    values |= {name: question.defaults[name] for name in wrong}
    error, columns, answer = None, [], []
    try:
        found = await datasette.get_database(DATABASE).execute(question.sql, values, truncate=True)
        columns, answer = list(found.columns), list(found.rows)
    except QueryInterrupted:
        error = "This took too long. Ask for less, with rarer words or fewer days."
    query = urlencode(values)
    return await data.page(
        datasette,
        request,
        "question.html",
        question=question,
        doubts=[
            *(f"{doubt}; the usual value stands instead" for doubt in wrong.values()),
            *_unknown(request, question),
        ],
        fields=[await _field(datasette, parameter, values[parameter.name]) for parameter in question.parameters],
        error=error,
        columns=[column for column in columns if column not in _LINKS],
        answer=answer,
        links={text: column for column, text in _LINKS.items() if column in columns},
        query=query,
        sql=urlencode({"sql": question.sql, **values}),
    )


# The names of groups are Datasette's, whose page it is.
@file(
    f"/{DATABASE}/closing_soon.json",
    pattern=rf"/(?P<database>{DATABASE})/(?P<table>{'|'.join(questions())})\.(?P<format>json|csv)$",
    is_quick=False,
)
async def question_data(datasette: Any, request: Any, send: Any) -> Response:
    """`/archive/<question>.json` and `.csv`: Datasette's answer, once it is clear what is asked."""
    question = questions()[request.url_vars["table"]]
    values = _values(request, question)
    doubts = [*(await _wrong(datasette, question, values)).values(), *_unknown(request, question)]
    if doubts:
        reason = f"This question cannot be answered as it was asked: {'; '.join(doubts)}."
        if request.url_vars["format"] == "json":
            return Response.json({"ok": False, "error": reason, "status": 400}, status=400)
        return Response.text(f"{reason}\n", status=400)
    usual = urlencode({name: value for name, value in values.items() if name not in request.args})
    query = "&".join(filter(None, (request.query_string, usual)))
    asked = Request({**request.scope, "query_string": query.encode("latin-1")}, request.receive)
    answer: Response = await TableView.as_view(datasette)(asked, send)
    return answer


def _values(request: Any, question: Question) -> dict[str, str]:
    """The parameters as asked. A form sends what is left empty; an address that leaves it out asks for the default."""
    return {name: request.args.get(name, default) for name, default in question.defaults.items()}


def _unknown(request: Any, question: Question) -> list[str]:
    """In words what an address gives that the question does not take; names with `_` are Datasette's."""
    takes = ", ".join(question.defaults) or "nothing"
    unknown = [name for name in request.args if name not in question.defaults and not name.startswith("_")]
    return [f"there is no parameter “{name}” here; this question takes {takes}" for name in unknown] + data.repeated(
        request
    )


async def _wrong(datasette: Any, question: Question, values: dict[str, str]) -> dict[str, str]:
    """The parameters whose values cannot be used, each with the reason in words; an empty one can."""
    codes = await codes_in(datasette)
    found = {it.name: _doubt(it, values[it.name], codes) for it in question.parameters if values[it.name]}
    return {name: doubt for name, doubt in found.items() if doubt}


def _doubt(parameter: Parameter, value: str, codes: Codes) -> str:
    said = f"{parameter.label}: “{value}” is"
    if parameter.choices is not None:
        return "" if value in _may_be(parameter.choices, codes) else f"{said} not known here"
    if parameter.kind == "count":
        return "" if _WHOLE.fullmatch(value) else f"{said} not a whole number, such as 7"
    if parameter.kind == "number":
        return "" if _NUMBER.fullmatch(value) else f"{said} not a number, such as 2.5"
    if parameter.kind == "day":
        return "" if _is_day(value) else f"{said} not a date, such as 2026-08-20"
    return ""


def _may_be(choices: str | tuple[str, ...], codes: Codes) -> Collection[str]:
    return known(codes)[choices] if isinstance(choices, str) else choices


def _is_day(value: str) -> bool:
    try:
        return f"{date.fromisoformat(value)}" == value
    except ValueError:
        return False


async def _field(datasette: Any, parameter: Parameter, value: str) -> Field:
    if parameter.choices is None:
        return Field(parameter, value)
    choices = parameter.choices
    if isinstance(choices, str):
        choices = tuple((await codes_in(datasette))[choices])
    # What no advert here has can be asked for all the same.
    choices = choices if value in ("", *choices) else (*choices, value)
    return Field(parameter, value, (("", parameter.empty), *((one, _chosen(one, parameter)) for one in choices)))


def _chosen(value: str, parameter: Parameter) -> str:
    said = scale(value) if parameter.name == "scale" else label(value)
    return said[:1].upper() + said[1:]
