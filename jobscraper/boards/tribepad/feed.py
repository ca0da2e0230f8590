"""Tribepad: councils and universities. An XML document at a private address of each customer, or the list for everybody.

The XML is that of East Sussex, Surrey and Brighton (Orbis), 2019. Its text is markup that was escaped twice; a pay of `0` is
unknown; what is chosen from a list is printed as the number of the choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from urllib.parse import parse_qs, urljoin, urlsplit

import attrs
from lxml import etree
from web_poet import field

from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import unescaped, xml_root
from jobscraper.read.page import Page
from jobscraper.text.fold import fold_space

# Questions of the customer's own, by number: what they ask is told in another document.
_QUESTIONS = [f"custom_{number}" for number in range(100)]
LABELS = Labels.of(
    {
        "job_title": "title",
        "reference": "reference",
        "open_date": "posted",
        "expiry_date": "closes",
        "salaryDisplay": "salary",
        "salaryText": "salary",
        "region": "employer",
        "company_name": "employer",
        "business_unit": "department",
        "org_unit": "department",
        "category_name": "category",
        "job_type_text": "contract",
        "shift_hours": "hours",
        "location_city": "location",
    },
    kept=_QUESTIONS
    + "no_of_positions location_county location_postcode job_type career_level education evergreen".split(),
    ignored=(
        "job_id language_code status status_social salary_currency salary_frequency salary_from salary_to salary_from_text"
        " salary_to_text package_description plain_package_description summary_external summary_internal"
        " main_responsibilities ideal_candidate location_country location_country_id location_geo location_lat location_lon"
        " show_map attach_profile contract_template_id contract_signature_provider_id job_country travel_percentage_from"
        " travel_percentage_to internal_category internal_category_id cost_centre costcentre_id category_id sub_category_id"
        " view_mode switch_date view_mode2 region_id business_unit_id external_id external_token external_token_extra"
        " external_token_assessment public_url community_job_url tags_manual no_cv no_apply is_event template_id"
        " questionnaire_id internal_questionnaire_id about_company created_user_id created_user_name hiring_manager_id"
        " hiring_manager_name recruiter_id recruiter_name resourcer_id resourcer_name hr_contact_id hr_contact_name dateGap"
        " show_in_reports diversity_id mji_id talentq_id talentq_auto_invite dateGapType hlistValue anonymous_candidates"
        " anonymous_candidates_ats email_pack_id application_grace_expiry_date collections applicationSettings files media"
        " hcm_oracle_line_manager_id hcm_oracle_position_id workflowId"
    ).split(),
)
_UNITS = {"1": "YEAR", "2": "HOUR"}
# The choices of Orbis's question 13, as its document of choices (2019) has them.
_WORKING_PATTERNS = {"15": "Annualised Hours", "16": "Full Time", "17": "Part Time", "18": "Casual", "19": "Term Time"}
# The choices of its question 15, the pay grade, as the same document has them.
_PAY_GRADES = dict(
    enumerate(
        (
            "PRP Surrey Pay|PRP Soc Care|Solbury|Apprenticeship|Single Status|Local Managerial Grades|Chief Officers"
            "|JNC Chief Executives|JNC Chief Officers|JNC Chief Officers Band 1|JNC Chief Officers Band 2|JNC Coroners"
            "|JNC Youth Workers|Living Wage|Local Agreement School Staff|NJC APT&C Staff|ORBIS Blended Grades|School Leadership"
            "|Soulbury - Asst Ed Psychs|Soulbury - Ed Psychs|Soulbury - Educational Improvement Professionals"
            "|Soulbury - Principal Ed Psychs|South Downs Health NHS Agenda for Change|South Downs Health Consultants"
            "|South Downs Health NHS Trust|Teachers Leading Practitioners|Teachers Main Scale|Teachers Upper Scale"
            "|Unqualified Teacher Scale"
        ).split("|"),
        start=20,
    )
)
_TEXTS = ("summary_external", "package_description", "main_responsibilities", "ideal_candidate")
_NOT_WRITTEN = "Enter your advert text here"
_ORGANISATION = re.compile(r"\(([^()]+)\)\s*$")
_OTHERS = re.compile(r"\b(?:partnership|academ\w*|schools?)\b", re.IGNORECASE)


def advert_address(base: str, number: str | None) -> str | None:
    """The address of an advert's own page."""
    return urljoin(base, f"/members/modules/job/detail.php?record={number}") if number else None


class FeedPage(Page):
    """The document of a customer: its jobs; or the lists of choices (`job_options`), which hold none."""

    def read(self) -> Reading:
        """Read the jobs.

        :raises UnreadablePageError: it is another document, or it is cut off.
        """
        root = self._root()
        jobs = [root] if root.tag == "job" else list(root.iterchildren("job"))
        reference = parse_qs(urlsplit(str(self.url)).query).get("record", [""])[0]
        entries = [Job(node, reference) for node in jobs]
        read = list_reading("feed", entries, partial(advert_address, str(self.url)), self.employer)
        return attrs.evolve(read, pages={})  # All of an advert is here already.

    def says_nothing_is_listed(self) -> bool:
        """`<jobs/>`, or a document of choices."""
        root = self._root()
        return root.tag == "job_options" or not len(root)

    def _root(self) -> etree._Element:
        return xml_root(self.response.body, self.url, "jobs", "job", "job_options")


@attrs.frozen
class Job(LabelledEntry[etree._Element]):
    """One `<job>`. `record`: the number that the URL has, where the element has none."""

    record: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """Also: pay that is no number."""
        bad = [name for name in ("salary_from", "salary_to") if self._text(name) and self._number(name) is None]
        told = (
            Problem(kind="field_unreadable", field="salary_structured", text=f"{name}: {self._text(name)!r}")
            for name in bad
        )
        return (*super().problems(), *told)

    @field
    def source_ref(self) -> str:
        number = fold_space(self._text("job_id")) or self.record
        return number if number.isdecimal() else ""

    @field
    def employer(self) -> str | None:
        """Partners and schools advertise through the council; they are named in brackets after the title."""
        named = _ORGANISATION.search(self.title or "")
        if named and _OTHERS.search(self.department or ""):
            return named[1]
        return self.printed.values.get("employer")

    @field
    def working_pattern(self) -> str | None:
        return _WORKING_PATTERNS.get(self._answer(13))

    @field
    def grade(self) -> str | None:
        number = self._answer(15)
        return _PAY_GRADES.get(int(number)) if number.isdecimal() and len(number) < 6 else None

    @field
    def closes(self) -> str | None:
        return None if self._text("evergreen") == "1" else self.printed.values.get("closes")

    @field
    def location(self) -> str | None:
        parts = (self._text(f"location_{name}") for name in ("city", "county", "postcode"))
        return ", ".join(dict.fromkeys(part for part in map(fold_space, parts) if part)) or None

    @field
    def salary_structured(self) -> Mapping[str, object] | None:
        """The numbers, under schema.org's names; `0` is unknown."""
        low, high = self._number("salary_from"), self._number("salary_to")
        if not low and not high:
            return None
        amounts = {**({"minValue": low} if low else {}), **({"maxValue": high} if high else {})}
        unit = _UNITS.get(self._text("salary_frequency"))
        value = {"@type": "QuantitativeValue", **amounts, **({"unitText": unit} if unit else {})}
        return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}

    @field
    def description(self) -> str | None:
        texts = (unescaped(self._text(name)).strip() for name in _TEXTS)
        return "\n".join(text for text in texts if text and _NOT_WRITTEN not in text) or None

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(self._pairs(), "Tribepad feed")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for node in self.node.iterchildren(etree.Element):
            name = str(node.tag)
            if name.startswith("custom_"):
                # A question of the customer's own; who answers may be named there, so only numbers are kept.
                answer = fold_space(node.findtext("answer") or "")
                if answer.isdecimal():
                    yield name, answer
            else:
                yield name, unescaped("".join(map(str, node.itertext())))

    def _answer(self, number: int) -> str:
        return fold_space(self.node.findtext(f"custom_{number}/answer") or "")

    def _text(self, name: str) -> str:
        return (self.node.findtext(name) or "").strip()

    def _number(self, name: str) -> str | None:
        """A printed number, `0` as an empty string; None for what is no number."""
        text = self._text(name)
        if not re.fullmatch(r"\d+(?:\.\d+)?", text):
            return None if text else ""
        return text if float(text) else ""
