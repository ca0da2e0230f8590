"""Which addresses of a run are adverts' own pages. Pure: it follows from the lists that were read and from redirects, so that a
rebuild knows it as the crawl did.
"""

from __future__ import annotations

import attrs
from w3lib.url import canonicalize_url

_MOST_REDIRECTS = 10


@attrs.define
class OwnPages:
    """`of_adverts`: the addresses that lists give as adverts' own."""

    of_adverts: set[str] = attrs.field(factory=set)
    _came_from: dict[str, str] = attrs.field(factory=dict, init=False)
    _canonical: set[str] = attrs.field(factory=set, init=False)
    _counted: int = attrs.field(default=0, init=False)

    def redirected(self, url: str, to: str) -> None:
        """Note that an address leads to another one."""
        self._came_from.setdefault(_one_form(to), _one_form(url))

    def is_of_an_advert(self, url: str) -> bool:
        """Whether it is an advert's own page, or what one has led to."""
        return self._is_own(url) or self.led_from(url) is not None

    def led_from(self, url: str) -> str | None:
        """The advert's own page that has led to it; None where none has."""
        at: str | None = _one_form(url) if self._came_from else None
        for _ in range(_MOST_REDIRECTS):
            at = self._came_from.get(at) if at else None
            if at is not None and self._is_own(at):
                return at
        return None

    def _is_own(self, url: str) -> bool:
        """Lists print addresses in other ways than they are asked for: both are brought to one form, once it matters."""
        if url in self.of_adverts:
            return True
        if self._counted != len(self.of_adverts):
            self._canonical = set(map(_one_form, self.of_adverts))
            self._counted = len(self.of_adverts)
        return _one_form(url) in self._canonical


def _one_form(url: str) -> str:
    try:
        return str(canonicalize_url(url))
    except ValueError:
        return url
