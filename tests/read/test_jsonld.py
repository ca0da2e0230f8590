"""JobPosting, as torn as boards print it, in JSON-LD, in microdata and in RDFa."""

from __future__ import annotations

import json

import pytest
from parsel import Selector

from jobscraper.model.reading import RawAdvert
from jobscraper.read.jsonld import PostingEntry, job_postings, json_ld_objects
from jobscraper.read.marked_up import marked_up_postings


def page(block: str) -> str:
    return f'<html><body><script type="application/ld+json">{block}</script></body></html>'


def read(**properties: object) -> RawAdvert:
    (posting,) = job_postings(page(json.dumps({"@type": "JobPosting", **properties})))
    return PostingEntry(posting).raw()


@pytest.mark.parametrize(
    ("block", "titles"),
    [
        ('{"@type": "JobPosting", "title": "Clerk"}', ["Clerk"]),
        ('{"@type": ["Thing", "JobPosting"], "title": "Clerk"}', ["Clerk"]),
        ('{"@type": "https://schema.org/JobPosting", "title": "Clerk"}', ["Clerk"]),
        ('{"@type": "JobPosting", "title": "Clerk\n of works"}', ["Clerk of works"]),
        ('// a comment\n{"@type": "JobPosting", /* two */ "title": "// Clerk", }', ["// Clerk"]),
        ('//<![CDATA[\n{"@type": "JobPosting", "title": "Clerk"}\n//]]>', ["Clerk"]),
        ('/*<![CDATA[*/{"@type": "JobPosting", "title": "Clerk"}/*]]>*/', ["Clerk"]),
        ('<!--\n{"@type": "JobPosting", "title": "Clerk"}\n-->', ["Clerk"]),
        ('{"@type": "JobPosting", "title": "a "good" Clerk"}', ['a "good" Clerk']),
        ("{'@type': 'JobPosting', title: 'Clerk'};", ["Clerk"]),
        ("{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;Clerk&quot;}", ["Clerk"]),
        ('{"@type": "JobPosting", "title": "Clerk"}{"@type": "JobPosting", "title": "Cook"}', ["Clerk", "Cook"]),
        ('[null, [{"@type": "JobPosting", "title": "Clerk"}]]', ["Clerk"]),
        ('{"@graph": [{"@type": "WebPage"}, {"@type": "JobPosting", "title": "Clerk"}]}', ["Clerk"]),
        ('{"@type": "ItemList", "itemListElement": [{"item": {"@type": "JobPosting", "title": "Clerk"}}]}', ["Clerk"]),
        ('{"@type": "JobPosting", "title": "Clerk \\ud83d"}', ["Clerk"]),
        ('{"@context": "https://schema.org", "@type": "schema:JobPosting", "schema:title": "Clerk"}', ["Clerk"]),
        ('{"@context": {"s": "http://schema.org/"}, "@type": "s:JobPosting", "s:title": "Clerk"}', ["Clerk"]),
        (
            '{"@context": ["", {"s": {"@id": "https://schema.org/"}}], "@type": "s:JobPosting", "s:title": "Clerk"}',
            ["Clerk"],
        ),
        (
            '{"@context": {"s": "http://schema.org/"}, "@graph": [{"@type": "s:JobPosting", "s:title": "Clerk"}]}',
            ["Clerk"],
        ),
        ('[{"@type": ["http://schema.org/JobPosting"], "http://schema.org/title": [{"@value": "Clerk"}]}]', ["Clerk"]),
        ('{"@type": "JobPosting", "title": "Clerk", "schema:title": "Cook", "dc:title": "Driver"}', ["Clerk"]),
        ('{"@context": {"schema": "https://example.org/"}, "@type": "JobPosting", "schema:title": "Clerk"}', [None]),
        ("null", []),
        ("", []),
        ('{"@type": "NewsArticle", "title": "Clerk"}', []),
        ("[" * 100_000, []),
        ("{" * 300_000, []),
    ],
)
def test_postings(block: str, titles: list[str | None]) -> None:
    assert [PostingEntry(posting).raw().title for posting in job_postings(page(block))] == titles


def test_the_same_posting_twice_is_one() -> None:
    block = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Clerk"}</script>'
    assert len(job_postings(block * 2)) == 1


def test_an_employer_elsewhere_in_the_graph_is_put_in_its_place() -> None:
    graph = [{"@id": "#e", "name": "Fife Council"}, {"@type": "JobPosting", "hiringOrganization": {"@id": "#e"}}]
    (posting,) = job_postings(page(json.dumps({"@graph": graph})))
    assert PostingEntry(posting).raw().employer == "Fife Council"


@pytest.mark.parametrize(
    ("given", "text", "amounts"),
    [
        ("£13.65/hour - £14.03/hour (CRB18)", "£13.65/hour - £14.03/hour (CRB18)", None),
        ({"value": {"value": "MPR / UPR", "unitText": "YEAR"}}, "MPR / UPR", None),
        ({"value": {"minValue": 27000, "maxValue": 0}}, None, {"minValue": 27000}),
        (
            {"value": {"minValue": "£27,344.00", "unitText": "YEAR"}},
            None,
            {"minValue": "£27,344.00", "unitText": "YEAR"},
        ),
        (
            {"minValue": 12.85, "maxValue": "13.60", "unitText": "HOUR"},
            None,
            {"minValue": 12.85, "maxValue": "13.60", "unitText": "HOUR"},
        ),
        ([None, {"value": "25000"}], None, {"value": "25000"}),
        ({"value": {"minValue": 0, "maxValue": 0}}, None, None),
        ({"value": [40000, 30000]}, None, {"minValue": 30000, "maxValue": 40000}),
        ({"value": ["&pound;30,000", "£9.50"]}, None, {"minValue": "£9.50", "maxValue": "£30,000"}),
        ({"value": ["£30,000 pro rata", 40000]}, "£30,000 pro rata", None),
        (
            {
                "value": [
                    {"value": 30000, "unitText": "YEAR"},
                    {"minValue": 32000, "maxValue": 40000, "unitText": "YEAR"},
                ]
            },
            None,
            {"minValue": 30000, "maxValue": 40000, "unitText": "YEAR"},
        ),
        (
            {"value": [{"value": 15.2, "unitText": "HOUR"}, {"value": 29327, "unitText": "YEAR"}]},
            None,
            {"value": 15.2, "unitText": "HOUR"},
        ),
        ([30000, 40000], None, {"minValue": 30000, "maxValue": 40000}),
        (float("inf"), None, None),
        ([], None, None),
        (True, None, None),
    ],
)
def test_pay(given: object, text: str | None, amounts: object) -> None:
    raw = read(baseSalary=given)
    assert raw.salary == text
    value = (raw.salary_structured or {}).get("value", {})
    assert {name: number for name, number in value.items() if name != "@type"} == (amounts or {})


@pytest.mark.parametrize(
    ("name", "given", "field", "text"),
    [
        ("identifier", {"@type": "PropertyValue", "name": "Fife Council", "value": 12}, "source_ref", "12"),
        ("identifier", "FIF12", "reference", "FIF12"),
        ("hiringOrganization", ["", {"name": None}, {"name": "Fife Council"}], "employer", "Fife Council"),
        ("hiringOrganization", "Fife Council", "employer", "Fife Council"),
        ("jobLocation", "Leeds", "location", "Leeds"),
        ("jobLocation", {"address": "Leeds"}, "location", "Leeds"),
        ("jobLocation", {"address": {"addressLocality": "Leeds", "postalCode": "LS1 1UR", "addressCountry": "GB"}}, "location", "Leeds, LS1 1UR"),
        ("jobLocation", {"address": {"addressLocality": "Cork", "addressCountry": {"name": "IE"}}}, "location", "Cork, IE"),
        ("jobLocation", {"name": "Town Hall", "address": {}}, "location", "Town Hall"),
        ("employmentType", "['FULL_TIME', 'TEMPORARY']", "working_pattern", "FULL_TIME"),
        ("employmentType", ["PART_TIME", "TEMPORARY"], "contract", "TEMPORARY"),
        ("employmentType", "Term Time", "working_pattern", "Term Time"),
        ("description", "&amp;lt;p&amp;gt;Help&amp;lt;/p&amp;gt;", "description", "<p>Help</p>"),
        ("description", "<p>a &lt; b</p>", "description", "<p>a &lt; b</p>"),
        ("title", "Teaching &amp; Learning", "title", "Teaching & Learning"),
        ("jobLocationType", "TELECOMMUTE", "workplace", "TELECOMMUTE"),
        ("workHours", "22.5", "hours", "22.5"),
        ("industry", ["Care", "Health"], "category", "Care, Health"),
        ("validThrough", "2026-10-12T23:59", "closes", "2026-10-12T23:59"),
        ("title", {"@value": "Clerk"}, "title", "Clerk"),
        ("title", [[]], "title", None),
    ],
)  # fmt: skip
def test_fields(name: str, given: object, field: str, text: str | None) -> None:
    assert getattr(read(**{name: given}), field) == (text if text is not None or field != "source_ref" else "")


def test_a_property_that_nobody_knows_is_kept_and_told() -> None:
    (posting,) = job_postings(page('{"@type": "JobPosting", "clearance": "SC"}'))
    entry = PostingEntry(posting)
    assert entry.raw().labels == {"clearance": "SC"}
    assert [problem.kind for problem in entry.problems()] == ["label_unknown"]


@pytest.mark.parametrize(
    ("pay", "told"),
    [
        ({"priceSpecification": {"price": 30000}}, ['G-7: baseSalary {"priceSpecification": {"price": 30000}}']),
        ({"value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, []),
        ({"value": 30000}, []),
        ("Band 5", []),
    ],
    ids=["at no place that we know", "unknown", "numbers", "words"],
)
def test_pay_that_nobody_can_read_is_told(pay: object, told: list[str]) -> None:
    (posting,) = job_postings(page(json.dumps({"@type": "JobPosting", "identifier": "G-7", "baseSalary": pay})))
    assert [problem.text for problem in PostingEntry(posting).problems()] == told


def test_microdata() -> None:
    markup = """<div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Planner</h1>
    <a itemprop="hiringOrganization" href="/kent">Kent County Council</a>
    <p itemprop="jobLocation" itemscope itemtype="http://schema.org/Place"><span itemprop="address" itemscope>
    <b itemprop="addressLocality">Maidstone</b>, <b itemprop="postalCode">ME14 1XQ</b></span></p>
    Salary: <span itemprop="baseSalary">£30,000 a year</span> <meta itemprop="datePosted" content="2026-11-01">
    <time itemprop="validThrough" datetime="2026-12-01">1 December</time>
    <i itemprop="employmentType">Full time</i><i itemprop="employmentType">Permanent</i>
    <div itemprop="description"><p>Plan<br>towns.</p><!-- -->Now.</div></div>"""
    (posting,) = marked_up_postings(Selector(markup))
    assert PostingEntry(posting).raw() == RawAdvert(
        source_ref="",
        title="Planner",
        employer="Kent County Council",
        location="Maidstone, ME14 1XQ",
        places=("Maidstone, ME14 1XQ",),
        salary="£30,000 a year",
        posted="2026-11-01",
        closes="2026-12-01",
        working_pattern="Full time",
        contract="Permanent",
        description="<p>Plan<br>towns.</p><!-- -->Now.",
    )


def test_rdfa() -> None:
    markup = """<div vocab="https://schema.org/" typeof="JobPosting"><h1 property="title">Planner</h1>
    <p property="dc:title">Another</p>
    <div property="hiringOrganization" typeof="Organization"><span property="name">Kent County Council</span></div>
    <p property="jobLocation" typeof="Place"><span property="address" typeof="PostalAddress">
    <b property="addressLocality">Maidstone</b>, <b property="schema:postalCode">ME14 1XQ</b></span></p>
    <p property="baseSalary" typeof="MonetaryAmount"><meta property="currency" content="GBP">
    <b property="value">30000</b> to <b property="value">32000</b></p>
    <time property="http://schema.org/validThrough" datetime="2026-12-01">1 December</time></div>"""
    (posting,) = marked_up_postings(Selector(markup))
    raw = PostingEntry(posting).raw()
    assert (raw.title, raw.employer, raw.location, raw.closes) == (
        "Planner", "Kent County Council", "Maidstone, ME14 1XQ", "2026-12-01"
    )  # fmt: skip
    assert (raw.salary_structured or {})["value"] == {
        "@type": "QuantitativeValue", "minValue": "30000", "maxValue": "32000"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ('// a comment before it\n{"@type": "JobPosting"}', [{"@type": "JobPosting"}]),
        ('{"title": "Cook", // what it is\n//"pay": ""\n}', [{"title": "Cook"}]),
        ('<!-- whose it is -->\n{"title": "Cook"}', [{"title": "Cook"}]),
        ('{"text": "line 1\n  line 2\n"}', [{"text": "line 1\n  line 2\n"}]),
        (
            '{"text": "<!-- not a comment --><b>some\n text</b>"}',
            [{"text": "<!-- not a comment --><b>some\n text</b>"}],
        ),
        ('{"url": "https://example.org/a"}', [{"url": "https://example.org/a"}]),
    ],
    ids=["JavaScript before", "JavaScript inside", "HTML before", "line ends", "HTML in a text", "a URL is no comment"],
)
def test_blocks_that_are_no_json_as_they_stand(block: str, found: list[dict[str, str]]) -> None:
    script = '<script type="application/ld+json">{}</script>'
    assert json_ld_objects(script.format("null") + script.format(block)) == found
