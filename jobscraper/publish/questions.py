"""The questions of the site: canned queries with a title, what is counted, and parameters in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import attrs

Kind = Literal["words", "count", "number", "day"]
"""What is filled in: words of any kind, a whole number, a number, a date."""


def _as_tuple(value: str | list[str] | None) -> str | tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) else value


@attrs.frozen(kw_only=True)
class Parameter:
    """What a reader fills in. `choices` are values, or the field of the table `code` that has them; `empty` names no choice."""

    name: str
    label: str
    default: str
    kind: Kind = "words"
    choices: str | tuple[str, ...] | None = attrs.field(default=None, converter=_as_tuple)
    empty: str = ""


@attrs.frozen(kw_only=True)
class Question:
    """A canned query: its title as a question, what it counts and leaves out, and its SQL."""

    name: str
    theme: str
    title: str
    description: str
    sql: str
    parameters: tuple[Parameter, ...]

    @property
    def defaults(self) -> dict[str, str]:
        """The parameters as they are when nobody fills them in."""
        return {parameter.name: parameter.default for parameter in self.parameters}


@cache
def questions() -> Mapping[str, Question]:
    """All questions by name, in the order in which they are shown."""
    text = files(__package__).joinpath("questions.toml").read_text(encoding="utf-8")
    found = {}
    for name, entry in tomllib.loads(text).items():
        parameters = tuple(Parameter(**parameter) for parameter in entry.pop("parameters"))
        found[name] = Question(name=name, parameters=parameters, **{**entry, "sql": entry["sql"].strip()})
    return found
