"""What Oleeo's feeds, boards and advert pages share of an advert: its reference, and its places."""

from __future__ import annotations

import re

from web_poet import field

from jobscraper.boards.oleeo.addresses import number_in
from jobscraper.read.entry import Node
from jobscraper.read.labelled import LabelledEntry

_BETWEEN_PLACES = re.compile(r"\s+,\s*")
_TITLE_NUMBER = re.compile(r"(\d{3,}) [-–] ")


class OleeoEntry(LabelledEntry[Node]):
    """An advert as Oleeo prints it."""

    @field
    def source_ref(self) -> str:
        return number_in(self.address) or ""

    @field
    def reference(self) -> str | None:
        found = _TITLE_NUMBER.match(self.title or "")
        return self.printed.values.get("reference") or (found[1] if found else None)

    @field
    def places(self) -> tuple[str, ...]:
        """The places, where there are several: the board puts ` ,` between them."""
        found = tuple(filter(None, map(str.strip, _BETWEEN_PLACES.split(self.location or ""))))
        return found if len(found) > 1 else ()
