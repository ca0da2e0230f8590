"""One result of an iTrent board, and the names of its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from web_poet import field

from jobscraper.model.reading import Problem
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import labelled_in

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
_NUMBER = re.compile(r"[0-9A-Za-z]{1,40}")
_IN_LINK = re.compile(r"[?&.]VACANCY_ID=([0-9A-Za-z]+)")
_MARKER = re.compile(r"<span[^>]*jobDetsMarker[^>]*>.*?</span>", re.IGNORECASE | re.DOTALL)
_INLINE_IMAGE = re.compile(r"<img[^>]+src=[\"']data:[^>]*>", re.IGNORECASE)


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
