"""One advert of a response, as a web-poet object with a field per field of `RawAdvert`."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs
from web_poet import Returns
from web_poet.fields import FieldsMixin, get_fields_dict

from jobscraper.items import RawAdvert
from jobscraper.platforms.markup import unescaped

Node = TypeVar("Node")
_WORDS = frozenset(
    "title employer department location salary grade contract working_pattern hours reference category".split()
)


@attrs.frozen
class Entry(FieldsMixin, Returns[RawAdvert], Generic[Node]):
    """An advert in a list, a feed or a page; `node` is the part of the response that prints it.

    Each field of `RawAdvert` that it prints is a method with `@web_poet.field`; `raw()` puts them together.
    """

    node: Node

    def raw(self) -> RawAdvert:
        """All fields together. Boards escape short texts once too often: a title is never meant to show `&amp;`."""
        printed = {name: getattr(self, name) for name in get_fields_dict(self)}
        words = {name: unescaped(text) for name, text in printed.items() if name in _WORDS and isinstance(text, str)}
        return RawAdvert(**{**printed, **words})
