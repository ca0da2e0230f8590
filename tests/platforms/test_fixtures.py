"""Every field of every fixture, a test each: `platform::case::field`.

A fixture is a folder `tests/fixtures/<platform>/<case>/` with the response, its URL, and what it gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from web_poet import HttpResponse

from jobscraper.items import RawAdvert, Reading
from jobscraper.platforms.page import read_response

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/expected.json"))
FIELDS = tuple(field.name for field in attrs.fields(RawAdvert))
KINDS = {".json": "application/json", ".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8"}


@cache
def read(case: Path) -> Reading:
    (body,) = case.glob("response.*")
    url = (case / "url.txt").read_text("utf-8").strip()
    return read_response(HttpResponse(url=url, body=body.read_bytes(), headers={"Content-Type": KINDS[body.suffix]}))


@cache
def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    return found


def name(case: Path) -> str:
    return f"{case.parent.name}::{case.name}"


def fields() -> Iterator[Any]:
    for case in CASES:
        for number in range(len(expected(case)["adverts"])):
            for field in FIELDS:
                yield pytest.param(case, number, field, id=f"{name(case)}::{number}::{field}")


@pytest.mark.parametrize(("case", "number", "field"), list(fields()))
def test_field(case: Path, number: int, field: str) -> None:
    got = getattr(read(case).adverts[number], field)
    nothing: Any = {"places": [], "labels": {}}.get(field)
    assert (list(got) if isinstance(got, tuple) else got) == expected(case)["adverts"][number].get(field, nothing)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_rest_of_the_page(case: Path) -> None:
    reading, wanted = read(case), expected(case)
    assert len(reading.adverts) == len(wanted["adverts"])
    assert list(reading.follow) == wanted["follow"]
    assert reading.listed == wanted["listed"]
    assert [problem.kind for problem in reading.problems] == wanted["problems"]
