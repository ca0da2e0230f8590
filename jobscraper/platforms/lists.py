"""Lists without end: a board that repeats a page, or always names one more, must not be followed for ever."""

from __future__ import annotations

import attrs

from jobscraper.items import Reading


@attrs.define
class ListWatch:
    """Watches the pages of a run that lead on to further ones."""

    most: int
    pages: int = 0
    lists: set[tuple[str, ...]] = attrs.field(factory=set)

    def doubt(self, reading: Reading) -> str | None:
        """Say why the list that this page belongs to is not followed further, or None."""
        if not reading.follow:
            return None
        self.pages += 1
        if self.pages >= self.most:
            return f"the list goes on after {self.pages} pages, the most that are followed"
        shown = tuple(advert.source_ref for advert in reading.adverts)
        if shown and shown in self.lists:
            return f"the list repeats itself ({', '.join(shown[:3])}…); it is not followed further"
        self.lists.add(shown)
        return None
