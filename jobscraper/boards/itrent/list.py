"""The adverts of an iTrent board as JSON, which a session gives."""

from __future__ import annotations

from urllib.parse import parse_qs, urljoin, urlsplit

import attrs

from jobscraper.boards.itrent.vacancy import Node, Vacancy
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import list_reading
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed


class ResultsPage(Page):
    """The adverts as JSON. HTML in its place means that the session was refused, not that there is nothing."""

    def read(self) -> Reading:
        """Read the adverts.

        :raises UnreadablePageError: the session was refused, or it is another document.
        """
        document = self._document()
        found = [node if isinstance(node, dict) else {} for node in document["results"]]
        entries = [Vacancy(node) for node in found]
        read = list_reading("feed", entries, self._address, self.employer)
        total = document["search"].get("total_rec")
        listed = total if isinstance(total, int) and not isinstance(total, bool) else None
        return attrs.evolve(read, listed=listed, pages={})

    def says_nothing_is_listed(self) -> bool:
        """`"total_rec": 0`."""
        return bool(self._document()["search"].get("total_rec") == 0)

    def _document(self) -> Node:
        try:
            document = parsed(self.response.body)
        except ValueError as error:
            raise UnreadablePageError(f"{str(self.url).split('?')[0]}: no JSON; the session was refused") from error
        shapes = {"results": list, "search": dict}
        if not isinstance(document, dict) or not all(isinstance(document.get(k), v) for k, v in shapes.items()):
            raise UnreadablePageError(
                f"{str(self.url).split('?')[0]}: not a list of results; it should have {', '.join(shapes)}"
            )
        return document

    def _address(self, number: str | None) -> str | None:
        """The address at which a person finds the advert: without a session."""
        view = parse_qs(urlsplit(str(self.url)).query).get("WVID", [""])[0]
        return urljoin(str(self.url), f"ETREC179GF.open?WVID={view}&VACANCY_ID={number}") if number else None
