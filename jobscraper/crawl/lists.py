"""Lists without end: a board that repeats a page, or always names one more, must not be followed for ever."""

from __future__ import annotations

import attrs

from jobscraper.model.reading import Reading
from jobscraper.quality.verdict import FailureKind


@attrs.define
class ListWatch:
    """Watches the pages of a run that lead on to further ones."""

    most: int
    pages: int = 0
    _known: set[tuple[str, ...]] = attrs.field(factory=set, init=False)
    lists: list[tuple[str, ...]] = attrs.field(factory=list)

    def doubt(self, reading: Reading) -> tuple[FailureKind, str] | None:
        """Say why the list that this page belongs to is not followed further, or None.

        A board that shows its last page again for every page beyond is at its end, unless that is the first one: then it may only
        take no notice of the page's number.
        """
        if not reading.follow:
            return None
        self.pages += 1
        if self.pages >= self.most:
            return "endless_list", f"the list goes on after {self.pages} pages, the most that are followed"
        shown = tuple(advert.source_ref for advert in reading.adverts)
        if shown and shown in self._known:
            is_last_again = len(self.lists) > 1 and shown == self.lists[-1]
            what = "shows its last page again" if is_last_again else "repeats itself"
            text = f"the list {what} ({', '.join(shown[:3])}…); it is not followed further"
            return ("last_page_again" if is_last_again else "endless_list"), text
        self.lists.append(shown)
        self._known.add(shown)
        return None
