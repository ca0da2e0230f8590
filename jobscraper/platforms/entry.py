"""One advert of a response, as a web-poet object with a field per field of `RawAdvert`."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs
from web_poet import Returns
from web_poet.fields import FieldsMixin, get_fields_dict

from jobscraper.items import RawAdvert

Node = TypeVar("Node")


@attrs.frozen
class Entry(FieldsMixin, Returns[RawAdvert], Generic[Node]):
    """An advert in a list, a feed or a page; `node` is the part of the response that prints it.

    Each field of `RawAdvert` that it prints is a method with `@web_poet.field`; `raw()` puts them together.
    """

    node: Node

    def raw(self) -> RawAdvert:
        """All fields together."""
        return RawAdvert(**{name: getattr(self, name) for name in get_fields_dict(self)})
