"""schema.org's JobPosting in the JSON-LD of any page: found, mended and read, whatever the board.

Boards print JSON-LD that is no JSON: raw newlines in strings, `//` comments, trailing commas, CDATA, `null` blocks (see the
samples of extruct). Values are as free: pay is an object, a list or a sentence, an employer an object or a string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import json_repair
from parsel import Selector
from web_poet import field

from jobscraper.items import Problem
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.entry import Entry
from jobscraper.platforms.jsonld_values import (
    Node,
    all_text,
    amounts,
    is_a,
    kinds,
    listed,
    markup_of,
    pay_text,
    place_text,
    text_of_value,
)
from jobscraper.platforms.markup import unescaped
from jobscraper.text.json_values import finite_or_text, whole_or_text

_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()"
# A string (kept), or what may stand between strings in a script, but not in JSON.
_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*+")|(?://\s*|/\*\s*)?(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?|<!--.{0,2000}?-->|/\*.{0,2000}?\*/|//[^\n]*"""
    r"""|<!--|-->|[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\u2028\u2029]""",
    re.DOTALL,
)
_WRAPPING = re.compile(r"\A\s*<!--.*?-->(?=\s*[{\[])|(?://\s*|/\*\s*)?(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?", re.DOTALL)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])|;\s*$', re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*")
_JSON = json.JSONDecoder(
    strict=False, parse_constant=lambda _: None, parse_int=whole_or_text, parse_float=finite_or_text
)
_MOST_REPAIRED, _MOST_OPEN = 300_000, 50
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
        if is_a(node, "JobPosting") and (posting := _with_named(node, named)) not in postings:
            postings.append(posting)
    return postings


def json_ld_objects(text: str) -> list[Node]:
    """The objects of all JSON-LD scripts of a page, in its order; `text` may also be JSON-LD itself. Never raises."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        blocks = [text]
    else:
        scripts = Selector(text.encode("utf-8", "replace").decode()).xpath(_SCRIPTS)
        blocks = [block for script in scripts if (block := script.get())]
    return [node for block in blocks for node in _nodes(_parsed(block), inside=False)]


def _parsed(block: str) -> object:
    """The value of a block: as JSON; if it is none, without comments and the like; then mended by `json-repair`."""
    block = block.strip("\ufeff \t\r\n")
    if '"' not in block and "&quot;" in block:
        block = unescaped(block)
    for text in (block, _without_comments(block)):
        try:
            return _values(text)
        except (ValueError, RecursionError):
            continue
    return _repaired(_WRAPPING.sub("", block))


def _values(text: str) -> list[object]:
    """The JSON values of a text: one, or several one after the other."""
    values, at = [], 0
    while at < len(text):
        value, end = _JSON.raw_decode(text, at)
        values.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    return values


def _without_comments(block: str) -> str:
    """A block without comments, CDATA, control characters and commas before a bracket; all outside of strings."""
    bare = _TOKEN.sub(lambda found: found[1] or "", block).strip() or re.sub(r"<!--|-->", "", block)
    return _COMMA.sub(lambda found: found[1] or "", bare)


def _repaired(block: str) -> object:
    """What `json-repair` makes of a block; None of what is far too long or too deep for an advert, and takes minutes."""
    if len(block) > _MOST_REPAIRED or any(block.count(o) - block.count(c) > _MOST_OPEN for o, c in ("{}", "[]")):
        return None
    try:
        return json_repair.repair_json(block, return_objects=True, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, *, inside: bool = True) -> Iterator[Node]:
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
        texts = [text for pay in listed(self.node.get("baseSalary")) if (text := pay_text(pay))]
        return ", ".join(dict.fromkeys(texts)) or text_of_value(self.node.get("salary"))

    @field
    def salary_structured(self) -> Node | None:
        currency = text_of_value(self.node.get("salaryCurrency"))
        return next((found for pay in listed(self.node.get("baseSalary")) if (found := amounts(pay, currency))), None)

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
        """A problem for each property that nobody knows; its value is among the labels."""
        return self._labelled.problems

    @property
    def _labelled(self) -> Labelled:
        pairs = ((name, all_text(value)) for name, value in self.node.items())
        printed = [(name, text) for name, text in pairs if text]
        labelled = _LABELS.sort(printed, "JobPosting")
        return Labelled({}, {**labelled.labels, **labelled.values}, labelled.problems)

    @property
    def _organisation(self) -> Node:
        return next((org for org in listed(self.node.get("hiringOrganization")) if isinstance(org, dict)), {})
