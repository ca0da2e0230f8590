"""What is told of a page, and what identifies it, holds nobody's contact details."""

from __future__ import annotations

import logging

import pytest

from jobscraper.normalise.contacts import private_reference, redact_url
from jobscraper.normalise.contacts.messages import PrivateFormatter, private


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        (
            'entry_unreadable: {"title": "Planner", "name": "Sam Example", "telephone": "01632 960123", "email": "s@example.org"}',
            ('"title": "Planner"',),
            ("Sam Example", "960123", "s@example.org"),
        ),
        (
            '{"contactPoint": {"name": "Sam Example", "jobTitle": "Head of HR"}, "hiringOrganization": {"name": "Example Council"}}',
            ("Head of HR", "Example Council"),
            ("Sam Example",),
        ),
        ("{'contactName': 'Li Sample', 'title': 'Planner'}", ("Planner",), ("Li Sample",)),
        ('{"givenName": "Jo", "familyName": "Specimen"}', ("givenName",), ("Jo", "Specimen")),
        ('{"Hiring manager": "Alex Sample", "phone": "960123"}', ("phone",), ("Alex Sample", "960123")),
        ("<contact_name>Pat Muster</contact_name><title>Planner</title>", ("Planner",), ("Pat Muster",)),
        ('{"@type": "JobPosting", "contactType": "sales"}', ('"@type": "JobPosting", "contactType": "sales"',), ()),
        ("no page could be read: timed out (https://board.example/jobs/495024)", ("/jobs/495024)",), ()),
    ],
)
def test_what_is_told_names_nobody(text: str, kept: tuple[str, ...], gone: tuple[str, ...]) -> None:
    told = private(text)
    assert [part for part in kept if part not in told] == []
    assert [part for part in gone if part in told] == []


def test_a_log_line_holds_neither_credentials_nor_contacts() -> None:
    said = ("http://me:secret@board.example/", "Sam Example on 01632 960123")
    record = logging.LogRecord("x", logging.INFO, "x", 1, "Crawled %s: contact %s", said, None)
    assert PrivateFormatter("%(message)s").format(record) == (
        "Crawled http://board.example/: contact [contact removed] on [contact removed]"
    )


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.org/apply?to=sam%40example.org", "https://example.org/apply?to=[contact removed]"),
        ("https://example.org/?tel=01632%20960123&x=1", "https://example.org/?tel=[contact removed]&x=1"),
        ("https://www.linkedin.com/in/sam-example", "[contact removed]"),
        (
            "https://example.org/a%20b/firefighter-on-call-495024",
            "https://example.org/a%20b/firefighter-on-call-495024",
        ),
        ("https://example.org/jobs/C9273-26-0229?id=447700", "https://example.org/jobs/C9273-26-0229?id=447700"),
    ],
)
def test_a_web_address_loses_contacts_and_nothing_else(url: str, clean: str) -> None:
    assert redact_url(url)[0] == clean


@pytest.mark.parametrize("reference", ["C9273-26-0229", "01632960123", "00123-45678", "planner-495024", "2026/01234"])
def test_a_reference_that_tells_nobody_stays(reference: str) -> None:
    assert private_reference(reference) == reference


@pytest.mark.parametrize(
    "reference", ["sam@example.org", "sam%40example.org", "planner-sam@example.org", "01632 960123", "+441632960123"]
)
def test_a_reference_that_tells_somebody_becomes_one_that_stays_the_same(reference: str) -> None:
    token = private_reference(reference)
    assert token.startswith("contact-")
    assert token == private_reference(reference)
    assert private_reference(token) == token
    assert token != private_reference(reference + "x")
