"""What a board printed: the raw advert, and everything else that one response gave.

`RawAdvert` is the seam between reading and normalising. Its values are verbatim strings, with nothing done to them but
folding of white space, so that a better normaliser can start again from what was printed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import attrs

from jobscraper.text.fold import fold_space, fold_space_keep_lines

Part = Literal["card", "feed", "page"]
"""Where an advert was printed: on a card of a list, as an entry of a feed, or on its own page. Later ones say more."""


LONGEST_LINE = 4_000
LONGEST_TEXT = 100_000
"""Characters that are kept of a field. No board prints more; what one sends beyond is an attack or a mistake."""


def _line(value: str | None) -> str | None:
    return (fold_space(value[:LONGEST_LINE]) or None) if value is not None else None


def _text(value: str | None) -> str | None:
    return (fold_space_keep_lines(value[:LONGEST_TEXT]) or None) if value is not None else None


def _lines(values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(folded for value in values if (folded := fold_space(value[:LONGEST_LINE])))


def _clean(value: Any) -> Any:
    """A feed's own object with every string in it folded: a lone surrogate in it would abort the fold of the page."""
    if isinstance(value, str):
        return fold_space(value[:LONGEST_LINE])
    if isinstance(value, Mapping):
        return {fold_space(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    # No JSON knows these, and neither does SQLite, which keeps the fields of an advert as JSON.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _reference(value: str) -> str:
    return fold_space(value[:LONGEST_LINE])


def _string() -> Any:
    return attrs.field(default=None, converter=_line)


@attrs.frozen(kw_only=True)
class RawAdvert:
    """One advert as one response prints it. None means that this response does not print the field.

    `source_ref` is the board's own reference and the advert's identity within its source; never the URL.
    """

    source_ref: str = attrs.field(converter=_reference)
    url: str | None = _string()
    title: str | None = _string()
    employer: str | None = _string()
    department: str | None = _string()
    location: str | None = _string()
    salary: str | None = _string()
    grade: str | None = _string()
    description: str | None = attrs.field(default=None, converter=_text)
    contract: str | None = _string()
    working_pattern: str | None = _string()
    hours: str | None = _string()
    posted: str | None = _string()
    closes: str | None = _string()
    reference: str | None = _string()
    apply_url: str | None = _string()
    workplace: str | None = _string()
    category: str | None = _string()
    salary_structured: Mapping[str, Any] | None = attrs.field(default=None, converter=_clean)
    places: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    labels: Mapping[str, str] = attrs.field(factory=dict, converter=_clean)

    @cached_property
    def digest(self) -> str:
        """Sixteen hex digits that change when anything that is printed changes, but not when the URL does."""
        printed = {name: value for name, value in printed_fields(self).items() if name != "url"}
        return hashlib.sha256(json.dumps(printed, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:16]


def printed_fields(raw: RawAdvert) -> dict[str, Any]:
    """The fields that this response prints, by name."""
    return {name: value for name, value in attrs.asdict(raw, recurse=False).items() if value not in (None, (), {})}


@attrs.frozen(kw_only=True)
class Problem:
    """Something on a page that could not be read. It becomes a row of `issue`: nothing is passed over in silence.

    `loses_adverts`: because of it the run may not have seen every advert, and must not end any. `of_the_board`: it is a trait
    of the board (a label that we do not know), met on every page, and told once a run, without the page's URL.
    """

    kind: str
    text: str
    field: str | None = None
    loses_adverts: bool = False
    of_the_board: bool = False


@attrs.frozen
class Form:
    """A form that a board wants sent to get to its list: where to, and its fields."""

    url: str
    fields: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Reading:
    """All that one response gives.

    `follow` holds the URLs (or forms) of further pages of the same crawl, `pages` those of adverts' own pages by reference, which are
    fetched when they are due; `listed` is how many adverts the board says there are
    in all, so that a run can tell whether it saw them.
    """

    part: Part
    adverts: tuple[RawAdvert, ...] = ()
    follow: tuple[str | Form, ...] = ()
    pages: Mapping[str, str] = attrs.field(factory=dict)
    listed: int | None = None
    problems: tuple[Problem, ...] = ()
