"""The bundled sample of every source gives what its pages print: `jobscraper/sample/pages/<source>/expected.tsv`."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from web_poet import HttpResponse

from jobscraper.archive.parts import RANK, join
from jobscraper.crawl.sources import known_sources
from jobscraper.dev.sample import CRAWLED, PAGES
from jobscraper.model.reading import Part, RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.salary.sizes import FORM_BAND
from jobscraper.read.registry import read_response

SOURCES = sorted(path.parent.name for path in PAGES.glob("*/expected.tsv"))
AMOUNTS = tuple(f"salary_{kind}{end}" for kind in ("", "annual_", "actual_") for end in ("min", "max"))
FIELDS = ("title", "employer", "salary", "location", "closes")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@attrs.frozen
class Sample:
    """What the sample's pages of a source give, joined by reference, and what they should give."""

    adverts: dict[str, RawAdvert]
    wanted: dict[str, dict[str, str]]


def sample(source: str) -> Sample:
    parts: dict[str, list[tuple[Part, RawAdvert]]] = {}
    for row in table(PAGES / source / "pages.tsv"):
        if row["status"] != "200" or row["url"].endswith("/robots.txt"):
            continue
        headers = {"Content-Type": f"{row['content_type']}; charset={row['charset']}"}
        body = (PAGES / source / row["file"]).read_bytes()
        reading = read_response(HttpResponse(url=row["url"], body=body, headers=headers))
        for advert in reading.adverts:
            parts.setdefault(advert.source_ref, []).append((reading.part, advert))
    adverts = {ref: join(sorted(found, key=lambda item: RANK[item[0]])) for ref, found in parts.items()}
    return Sample(adverts, {row["source_ref"]: row for row in table(PAGES / source / "expected.tsv")})


def expected() -> Iterator[tuple[str, str]]:
    for source in SOURCES:
        for row in table(PAGES / source / "expected.tsv"):
            yield source, row["source_ref"]


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    return {source: sample(source) for source in SOURCES}


@pytest.mark.parametrize(("source", "ref"), list(expected()), ids=lambda part: part)
def test_every_printed_field_is_read(source: str, ref: str, samples: dict[str, Sample]) -> None:
    advert, wanted = samples[source].adverts[ref], samples[source].wanted[ref]
    assert {field: getattr(advert, field) or "" for field in FIELDS} == {field: wanted[field] for field in FIELDS}


def test_every_source_is_in_the_sample() -> None:
    assert sorted(known_sources()) == SOURCES


@pytest.mark.parametrize("source", SOURCES)
def test_there_are_enough_adverts_and_no_others(source: str, samples: dict[str, Sample]) -> None:
    assert set(samples[source].adverts) == set(samples[source].wanted)
    assert len(samples[source].adverts) >= 15


@pytest.mark.parametrize("source", SOURCES)
def test_printed_pay_and_employers_are_resolved(source: str, samples: dict[str, Sample]) -> None:
    read = [normalise(advert, observed=CRAWLED) for advert in samples[source].adverts.values()]
    employers = [advert.employer.employer_id for advert in read if advert.raw.employer]
    assert sum(map(bool, employers)) >= 0.95 * len(employers)
    pays = [advert.salary for advert in read if any(digit.isdigit() for digit in advert.raw.salary or "")]
    pays = [pay for pay in pays if FORM_BAND not in pay.issues]
    assert sum(pay.salary_min is not None or pay.salary_max is not None for pay in pays) >= 0.95 * len(pays)


@pytest.mark.parametrize("source", SOURCES)
def test_every_amount_of_pay_can_be_followed_to_what_it_was_read_from(source: str, samples: dict[str, Sample]) -> None:
    for raw in samples[source].adverts.values():
        advert = normalise(raw, observed=CRAWLED)
        amounts = {column for column in AMOUNTS if getattr(advert.salary, column) is not None}
        assert amounts <= set(advert.evidence), raw.source_ref


@pytest.fixture
def kept(samples: dict[str, Sample]) -> Iterator[list[object]]:  # noqa: ARG001 - what is made once is made
    """What only the garbage collector would take away, filled by `gc.collect()`."""
    gc.disable()
    gc.freeze()  # All that was there before is none of this test's, and takes the collector half a second to look through.
    gc.set_debug(gc.DEBUG_SAVEALL)
    yield gc.garbage
    gc.set_debug(0)
    gc.garbage.clear()
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("source", SOURCES)
def test_a_page_that_is_read_leaves_no_tree_to_the_garbage_collector(source: str, kept: list[object]) -> None:
    """The collector comes seldom (`jobscraper.crawl.preload`): a thousand pages would be held until it does."""
    sample(source)
    gc.collect()
    rooms = {type(left).__module__.split(".")[0] for left in kept}
    assert not rooms & {"lxml", "parsel", "selectolax", "web_poet", "jobscraper"}
