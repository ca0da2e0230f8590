"""One advert of a response, as a web-poet object with a field per field of `RawAdvert`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

import attrs
from web_poet import Returns, field
from web_poet.fields import FieldsMixin, get_fields_dict

from jobscraper.model.columns import UNESCAPED, column_printed_as
from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import LONGEST_LINE, LONGEST_TEXT, Problem, RawAdvert
from jobscraper.read.markup import unescaped
from jobscraper.text.fold import fold_name

Node = TypeVar("Node")
Of = TypeVar("Of", bound="Entry[Any]")


@attrs.frozen(
    slots=False
)  # web-poet asks each field for what is not there; with slots, that is an exception each time.
class Entry(FieldsMixin, Returns[RawAdvert], Generic[Node]):
    """An advert in a list, a feed or a page; `node` is the part of the response that prints it.

    Each field of `RawAdvert` that it prints is a method with `@web_poet.field`; `raw()` puts them together.
    """

    node: Node

    @field
    def source_ref(self) -> str:
        return ""

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the entry as it is printed."""
        return ()

    def raw(self) -> RawAdvert:
        """All fields together, but for those in `unread`."""
        return self._made[0]

    @property
    def unread(self) -> tuple[Problem, ...]:
        """The fields that trip their reader, and those that are cut: they cost the advert no other one."""
        return self._made[1]

    @cached_property
    def _made(self) -> tuple[RawAdvert, tuple[Problem, ...]]:
        ref = self.source_ref
        printed: dict[str, Any] = {"source_ref": ref}
        problems: list[Problem] = []
        for name in get_fields_dict(self):
            try:
                printed[name] = self._shown(name)
            except JobscraperError:
                raise
            except Exception as error:
                problems.append(_unread(name, f"{ref}: {type(error).__name__}: {error}"))
        try:
            raw = RawAdvert(**printed)
        except Exception:
            raw, more = _without_misfits(printed)
            problems += more
        problems += [_unread(name, f"{ref}: {len(text):,} characters, cut") for name, text in _cut(printed)]
        return raw, tuple(problems)

    def _shown(self, name: str) -> Any:
        """A field. Boards escape short texts once too often: a title is never meant to show `&amp;`."""
        value = getattr(self, name)
        if name == "labels":
            return {label: unescaped(text) if column_printed_as(label) else text for label, text in value.items()}
        return unescaped(value) if name in UNESCAPED and isinstance(value, str) else value


def _without_misfits(printed: dict[str, Any]) -> tuple[RawAdvert, list[Problem]]:
    """The advert of those values that have the shape of their field."""
    fits, problems = {"source_ref": printed["source_ref"]}, []
    for name, value in printed.items():
        try:
            RawAdvert(**{"source_ref": "", name: value})
            fits[name] = value
        except Exception as error:
            problems.append(_unread(name, f"{printed['source_ref']}: {type(error).__name__}: {error}"))
    return RawAdvert(**fits), problems


def _cut(printed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts that are longer than what is kept of them."""
    for name, text in printed.items():
        if isinstance(text, str) and len(text) > (LONGEST_TEXT if name == "description" else LONGEST_LINE):
            yield name, text


def _unread(field: str, text: str) -> Problem:
    return Problem(kind="field_unreadable", field=field, text=text[:_SHOWN])


def each(entries: Iterable[Of], read: Callable[[Of], RawAdvert]) -> tuple[list[RawAdvert], list[Problem]]:
    """The adverts of a page that have a reference, as `read` makes them of its entries; and what is wrong with them.

    An entry that trips its reader is a problem, and costs itself only.
    """
    adverts: list[RawAdvert] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        try:
            told = (*entry.problems(), *entry.unread)
            raw = read(entry)
        except JobscraperError:
            raise
        except Exception as error:
            text = f"advert {number} of the page: {type(error).__name__}: {error}"
            problems.append(Problem(kind="entry_unreadable", text=text[:_SHOWN], loses_adverts=True))
            continue
        problems += told
        if raw.source_ref:
            adverts.append(raw)
    return adverts, problems


def by_reference(adverts: Iterable[RawAdvert]) -> tuple[dict[str, RawAdvert], list[Problem]]:
    """Adverts by reference, each once: some boards show what is paid for a second time. Two of other titles are a problem."""
    found: dict[str, RawAdvert] = {}
    problems: list[Problem] = []
    for raw in adverts:
        first = found.setdefault(raw.source_ref, raw)
        if first.title and raw.title and fold_name(first.title) != fold_name(raw.title):
            text = f"{raw.source_ref}: {raw.title!r} is left out beside {first.title!r}"
            problems.append(Problem(kind="same_reference_twice", text=text[:_SHOWN]))
    return found, problems


_SHOWN = 300
