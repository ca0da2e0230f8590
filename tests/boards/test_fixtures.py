"""Every field that a fixture expects, a test each: `platform::case::advert::field`; that no other is read is one more.

A fixture is a folder `tests/fixtures/<platform>/<case>/` with the response, its URL (`url.txt`), its headers where they
matter (`headers.txt`), and what it gives (`expected.json`). An expectation that is not there is written once, and fails
until somebody has read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from web_poet import HttpResponse

from jobscraper.model.reading import Form, Reading, printed_fields
from jobscraper.read.registry import read_response

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/url.txt"))
READY = [case for case in CASES if (case / "expected.json").is_file()]
KINDS = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}


@cache
def read(case: Path) -> Reading:
    (body,) = case.glob("response.*")
    url = (case / "url.txt").read_text("utf-8").strip()
    headers = {"Content-Type": KINDS[body.suffix]}
    if (case / "headers.txt").is_file():
        headers |= dict(line.split(": ", 1) for line in (case / "headers.txt").read_text("utf-8").splitlines())
    return read_response(HttpResponse(url=url, body=body.read_bytes(), headers=headers))


@cache
def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    return found


def as_json(reading: Reading) -> dict[str, Any]:
    adverts = [printed_fields(advert) for advert in reading.adverts]
    return {
        "adverts": adverts,
        "follow": [_asked(to) for to in reading.follow],
        "pages": dict(reading.pages),
        "listed": reading.listed,
        "problems": [problem.kind for problem in reading.problems],
    }


def _asked(to: str | Form) -> str:
    return f"POST {to.url} {urlencode(dict(to.fields))}" if isinstance(to, Form) else to


def name(case: Path) -> str:
    return f"{case.parent.name}::{case.name}"


def fields() -> Iterator[Any]:
    for case in READY:
        for number, advert in enumerate(expected(case)["adverts"]):
            for field in advert:
                yield pytest.param(case, number, field, id=f"{name(case)}::{number}::{field}")


@pytest.mark.parametrize(("case", "number", "field"), list(fields()))
def test_field(case: Path, number: int, field: str) -> None:
    got = getattr(read(case).adverts[number], field)
    assert (list(got) if isinstance(got, tuple) else got) == expected(case)["adverts"][number][field]


@pytest.mark.parametrize("case", READY, ids=name)
def test_no_other_field_is_read(case: Path) -> None:
    """A value in a field where the page prints none was taken from another's place."""
    adverts = zip(read(case).adverts, expected(case)["adverts"], strict=False)  # How many there are is another test.
    other = [
        f"{number}::{field} = {value!r}"
        for number, (advert, wanted) in enumerate(adverts)
        for field, value in printed_fields(advert).items()
        if field not in wanted
    ]
    assert other == []


@pytest.mark.parametrize("case", READY, ids=name)
def test_the_rest_of_the_page(case: Path) -> None:
    got, wanted = as_json(read(case)), expected(case)
    assert len(got["adverts"]) == len(wanted["adverts"])
    assert {key: got[key] for key in ("follow", "listed", "problems")} == {
        key: wanted[key] for key in ("follow", "listed", "problems")
    }
    assert got["pages"] == wanted.get("pages", {})


@pytest.mark.parametrize("case", CASES, ids=name)
def test_somebody_has_read_what_is_expected(case: Path) -> None:
    if not list(case.glob("response.*")):
        pytest.fail(f"{case}: save a response of the source there as response.html, .json or .xml")
    if not (case / "expected.json").is_file():
        written = json.dumps(as_json(read(case)), ensure_ascii=False, indent=2)
        (case / "expected.json").write_text(written + "\n", "utf-8")
        pytest.fail(f"{case}/expected.json: written; read it, mend it or the reader, and commit it")
