"""Reading: a response in, what it prints out. No network, no clock, no database."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import attrs
import web_poet
from parsel import Selector

from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import Problem, Reading
from jobscraper.text.addresses import joined
from jobscraper.text.lines import breaks_mended

CUT_OFF = "page_cut_off"
_HEAD, _TAIL = 2_000, 20_000
ENOUGH = 3
"""Adverts on a page from which it is no chance that none of them has a field that such pages always print."""


class UnreadablePageError(JobscraperError):
    """This is not the page that it should be: an error page, a login, a page cut off. Never "no adverts"."""


class ChallengePageError(UnreadablePageError):
    """The board's challenge to automated clients instead of the page: the run ends `blocked`, it is never worked around."""


@attrs.define(kw_only=True, slots=False)
class Page(web_poet.WebPage[Reading]):
    """Base of all page objects; one reads the responses of one kind of URL.

    `employer`: the body whose own site this is; None on a board of many.

    A page that is not what it should be is told from one that lists nothing before anybody believes it: by `landmarks`
    (XPath; one of them must be there, or it is a login, a challenge, an error page with status 200), by `empty_landmarks`
    (XPath; where no advert is read, one of them must say so), and by `always_printed` (fields of `RawAdvert` that no page
    of several adverts can be without, unless a class in its markup was renamed).
    """

    employer: str | None = None
    landmarks: ClassVar[tuple[str, ...]] = ()
    empty_landmarks: ClassVar[tuple[str, ...]] = ()
    always_printed: ClassVar[tuple[str, ...]] = ("title",)

    @abstractmethod
    def read(self) -> Reading:
        """Return all that this response gives."""

    def says_nothing_is_listed(self) -> bool:
        """Whether the page itself says that it lists nothing."""
        return any(self.xpath(landmark) for landmark in self.empty_landmarks)

    @property
    def selector(self) -> Selector:
        """The parsed page.

        :raises UnreadablePageError: it is JSON instead of a page, such as an error: XPath cannot ask it.
        """
        parsed: Selector = super().selector
        if parsed.type == "json":
            raise UnreadablePageError(f"{self.url}: JSON, not the page that it should be")
        return parsed

    def urljoin(self, url: str) -> str:  # type: ignore[override]  # As web_poet's own.
        """A link of the page as an address by itself; as it is printed where it is none: a crawl tells, and asks nobody."""
        try:
            return super().urljoin(url)
        except ValueError:  # The link is none, or the base that the page names.
            return joined(str(self.url), url)

    def _selector_input(self) -> str:
        """The markup as it is parsed; what the parser would lose of it is mended first."""
        return breaks_mended(self.html)

    def _is_cut_off(self) -> bool:
        """Whether an HTML document has lost its end; a fragment never had one."""
        start = self.response.body[:_HEAD].lower()
        is_document = b"<html" in start or b"<!doctype html" in start
        end = self.response.body[-_TAIL:]
        return is_document and end.rfind(b"</html") < 0 and b"</html" not in end.lower()

    def believable(self) -> Reading:
        """Read the page, if it is what it should be.

        :raises UnreadablePageError: it is not, or its markup is not what we know.
        """
        landmarks = (*self.landmarks, *self.empty_landmarks)
        if self.landmarks and not any(map(self.xpath, landmarks)):
            raise UnreadablePageError(f"{self.url}: not the page that it should be; it has none of {self.landmarks}")
        reading = self.read()
        gives = (reading.adverts, reading.follow, reading.pages, reading.problems)
        if not any(gives) and not self.says_nothing_is_listed():
            raise UnreadablePageError(f"{self.url}: no advert, and no word that there is none: its markup has changed")
        for field in self.always_printed if len(reading.adverts) >= ENOUGH else ():
            if not any(getattr(advert, field) for advert in reading.adverts):
                raise UnreadablePageError(
                    f"{self.url}: none of {len(reading.adverts)} adverts has a {field}: its markup has changed"
                )
        if self._is_cut_off():
            cut = Problem(kind=CUT_OFF, text="the page is cut off half way", loses_adverts=True)
            return attrs.evolve(reading, problems=(*reading.problems, cut))
        return reading
