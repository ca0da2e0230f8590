"""iTrent Web Recruitment (MHR): councils, universities, Parliament. Each site is one body's own.

The board's page is an empty shell that holds the number of a session; with it the adverts are had as JSON. The session is of
this visit alone: nothing that holds it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import attrs
from web_poet import field

from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import labelled_in
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed

Node = Mapping[str, Any]

LABELS = Labels.of(
    {
        "job_title": "title",
        "job_description": "description",
        "location_id": "location",
        "region_id": "department",
        "salary": "salary",
        "grade_id": "grade",
        "vacancy_ref": "reference",
        "app_close_d": "closes",
        "con_hrs": "hours",
        "basis_id": "working_pattern",
        "type_id": "contract",
    },
    kept=("start_package",),
    ignored="vacancy_id vac_pty_srch_id no_app_frm_i int_chk_tmpl_id ext_chk_tmpl_id bu_send bu_apply".split(),
)
_SESSION = re.compile(r"USESSION=([0-9A-Fa-f]{16,})")
_NUMBER = re.compile(r"[0-9A-Za-z]{1,40}")
_IN_LINK = re.compile(r"[?&.]VACANCY_ID=([0-9A-Za-z]+)")
_MARKER = re.compile(r"<span[^>]*jobDetsMarker[^>]*>.*?</span>", re.IGNORECASE | re.DOTALL)
_INLINE_IMAGE = re.compile(r"<img[^>]+src=[\"']data:[^>]*>", re.IGNORECASE)


class ShellPage(Page):
    """The page of the board: it lists nothing itself, and leads to the JSON with the session of this visit."""

    def read(self) -> Reading:
        """Name the JSON of this session.

        :raises UnreadablePageError: the page has no session.
        """
        session = _SESSION.search(self.response.text)
        view = parse_qs(urlsplit(str(self.url)).query).get("WVID", [""])[0]
        if session is None or not view:
            raise UnreadablePageError(f"{self.url}: no session on the page of the board")
        query = f"WVID={view}&USESSION={session[1]}&LANG=USA&RESULTS_PP=200"
        return Reading(part="card", follow=(str(self.urljoin(f"ETREC106GF.json?{query}")),))


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


class Vacancy(LabelledEntry[Node]):
    """One result. Every site has one employer, which is not printed."""

    def problems(self) -> tuple[Problem, ...]:
        """Also: an advert without a title, which is a piece of one."""
        found = super().problems()
        untitled = Problem(kind="field_missing", field="title", text=f"{self.source_ref}: no title")
        return found if found or self.title else (*found, untitled)

    @field
    def source_ref(self) -> str:
        number = self.node.get("vacancy_id")
        if isinstance(number, str) and _NUMBER.fullmatch(number.strip()):
            return number.strip()
        found = _IN_LINK.search(str(self.node.get("bu_send") or ""))
        return found[1] if found else ""

    @field
    def salary(self) -> str | None:
        return self.printed.values.get("salary") or self._in_text.get("salary")

    @field
    def closes(self) -> str | None:
        return self.printed.values.get("closes") or self._in_text.get("closes")

    @field
    def contract(self) -> str | None:
        return self.printed.values.get("contract") or self._in_text.get("contract")

    @field
    def hours(self) -> str | None:
        return self.printed.values.get("hours") or self._in_text.get("hours")

    @field
    def location(self) -> str | None:
        return self.printed.values.get("location") or self._in_text.get("location")

    @field
    def grade(self) -> str | None:
        return self.printed.values.get("grade") or self._in_text.get("grade")

    @field
    def description(self) -> str | None:
        """Markup, without pictures that stand in it whole and without the marker of the software."""
        text = self.printed.values.get("description")
        return _INLINE_IMAGE.sub("", _MARKER.sub("", text)) if text else None

    @cached_property
    def _in_text(self) -> Mapping[str, str]:
        return labelled_in(self.description)

    @cached_property
    def printed(self) -> Labelled:
        pairs = [(name, value if isinstance(value, str) else "") for name, value in self.node.items()]
        return LABELS.sort(pairs, "iTrent results")
