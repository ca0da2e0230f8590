"""schema.org's JobPosting in the JSON-LD of any page: found and read, whatever the board.

Values are free: pay is an object, a list or a sentence, an employer an object or a string.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from parsel import Selector
from web_poet import field

from jobscraper.model.reading import Problem
from jobscraper.read.entry import Entry
from jobscraper.read.jsonld_names import spell_plainly
from jobscraper.read.jsonld_text import parsed
from jobscraper.read.jsonld_values import (
    Node,
    all_text,
    amounts,
    has_amount,
    is_a,
    kinds,
    listed,
    markup_of,
    pay_text,
    pays,
    place_text,
    text_of_value,
)
from jobscraper.read.labels import Labelled, Labels

_MOST_NODES, _DEEPEST = 20_000, 4

_LABELS = Labels.of(
    {},
    kept="streetAddress directApply totalJobOpenings jobStartDate jobImmediateStart industry jobBenefits qualifications skills"
    " responsibilities experienceRequirements educationRequirements incentiveCompensation specialCommitments dateModified"
    " applicantLocationRequirements experienceInPlaceOfEducation eligibilityToWorkRequirement securityClearanceRequirement"
    " physicalRequirement sensoryRequirement relevantOccupation employmentUnit alternateName disambiguatingDescription".split(),
    ignored="@context @type @id id type title name description identifier hiringOrganization jobLocation baseSalary salary"
    " salaryCurrency employmentType datePosted validThrough workHours jobLocationType occupationalCategory estimatedSalary"
    " url sameAs image logo mainEntityOfPage applicationContact potentialAction publisher isPartOf inLanguage".split(),
)


def job_postings(text: str) -> list[Node]:
    """Every JobPosting in the JSON-LD of a page, also of an `@graph`, a list or another object; each once.

    An object that is only named by its `@id` (a `hiringOrganization` elsewhere in the graph) is put in its place.
    """
    nodes = [node for found in json_ld_objects(text) for node in _nodes(found)]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    postings: list[Node] = []
    for node in nodes:
        if is_a(node, "JobPosting") and (posting := _with_named(node, named) if named else node) not in postings:
            postings.append(posting)
    return postings


def json_ld_objects(text: str) -> list[Node]:
    """The objects of all JSON-LD scripts of a page, in its order; `text` may also be JSON-LD itself. Never raises."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        blocks = [text]
    else:
        scripts = Selector(text.encode("utf-8", "replace").decode(), type="html").root.iter("script")
        blocks = [block for script in scripts if "ld+json" in script.get("type", "").lower() and (block := script.text)]
    values = [parsed(block) for block in blocks]
    for value in values:
        spell_plainly(_nodes(value))
    return [node for value in values for node in _nodes(value, inside=False)]


def _nodes(value: object, *, inside: bool = True) -> Iterator[dict[str, Any]]:
    """All objects in `value` in the order of the page: itself first, those `inside` of objects too, or only of lists."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, dict):
            yield node
        if isinstance(node, list) or (inside and isinstance(node, dict)):
            waiting += reversed(list(node.values()) if isinstance(node, dict) else node)


def _with_named(node: Node, named: Mapping[str, Node], depth: int = 0) -> Node:
    def put(value: object) -> object:
        if isinstance(value, list):
            return [put(item) for item in value]
        if not isinstance(value, dict) or depth >= _DEEPEST:
            return value
        found = named.get(str(value.get("@id")), value) if len(value) == 1 else value
        return _with_named(found, named, depth + 1)

    return {name: put(value) for name, value in node.items()}


class PostingEntry(Entry[Node]):
    """A JobPosting. It knows neither the board's reference for sure nor the page's URL: a platform's page gives those.

    `identifier` is the reference where the platform has no better one; `url` is never the identity of an advert.
    """

    @field
    def source_ref(self) -> str:
        return text_of_value(self.node.get("identifier")) or ""

    @field
    def reference(self) -> str | None:
        return text_of_value(self.node.get("identifier"))

    @field
    def title(self) -> str | None:
        return text_of_value(self.node.get("title")) or text_of_value(self.node.get("name"))

    @field
    def employer(self) -> str | None:
        return text_of_value(self.node.get("hiringOrganization"), "name", "legalName")

    @field
    def department(self) -> str | None:
        return text_of_value(self._organisation.get("department"), "name")

    @field
    def location(self) -> str | None:
        return next(iter(self.places), None)

    @field
    def places(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(text for place in listed(self.node.get("jobLocation")) if (text := place_text(place)))
        )

    @field
    def salary(self) -> str | None:
        texts = [text for pay in pays(self.node.get("baseSalary")) if (text := pay_text(pay))]
        return ", ".join(dict.fromkeys(texts)) or text_of_value(self.node.get("salary"))

    @field
    def salary_structured(self) -> Node | None:
        currency = text_of_value(self.node.get("salaryCurrency"))
        return next((found for pay in pays(self.node.get("baseSalary")) if (found := amounts(pay, currency))), None)

    @field
    def description(self) -> str | None:
        return markup_of(self.node.get("description"))

    @field
    def contract(self) -> str | None:
        return kinds(self.node.get("employmentType"), of_hours=False)

    @field
    def working_pattern(self) -> str | None:
        return kinds(self.node.get("employmentType"), of_hours=True)

    @field
    def hours(self) -> str | None:
        return text_of_value(self.node.get("workHours"))

    @field
    def posted(self) -> str | None:
        return text_of_value(self.node.get("datePosted"))

    @field
    def closes(self) -> str | None:
        return text_of_value(self.node.get("validThrough"))

    @field
    def workplace(self) -> str | None:
        return all_text(self.node.get("jobLocationType"))

    @field
    def category(self) -> str | None:
        return all_text(self.node.get("occupationalCategory")) or all_text(self.node.get("industry"))

    @field
    def labels(self) -> Mapping[str, str]:
        place = next((place for place in listed(self.node.get("jobLocation")) if isinstance(place, dict)), {})
        address = place.get("address")
        found = {
            "hiringOrganization.identifier": text_of_value(self._organisation.get("identifier")),
            "hiringOrganization.sameAs": text_of_value(self._organisation.get("sameAs")),
            "streetAddress": text_of_value(address.get("streetAddress")) if isinstance(address, dict) else None,
        }
        return {**{name: text for name, text in found.items() if text}, **self._labelled.labels}

    def problems(self) -> tuple[Problem, ...]:
        """A problem for each property that nobody knows, whose value is among the labels; and for pay that nobody can read."""
        return (*self._labelled.problems, *self._unread_pay())

    def _unread_pay(self) -> Iterator[Problem]:
        raw = self.raw()
        if raw.salary or raw.salary_structured:
            return
        printed = json.dumps(self.node.get("baseSalary"), ensure_ascii=False, default=str)
        if has_amount(printed):
            yield Problem(
                kind="field_unreadable", field="salary", text=f"{self.source_ref}: baseSalary {printed[:200]}"
            )

    @cached_property
    def _labelled(self) -> Labelled:
        read = ((name, value) for name, value in self.node.items() if not _LABELS.ignores(name))
        printed = [(name, text) for name, value in read if (text := all_text(value))]
        labelled = _LABELS.sort(printed, "JobPosting")
        return Labelled({}, {**labelled.labels, **labelled.values}, labelled.problems)

    @property
    def _organisation(self) -> Node:
        return next((org for org in listed(self.node.get("hiringOrganization")) if isinstance(org, dict)), {})
