"""Values as readers see them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markupsafe import Markup

from jobscraper.publish.site.pages.advert.evidence import marked_pay
from jobscraper.publish.site.shared.cells import (
    bytes_in_words,
    day,
    label,
    moment,
    money,
    pay,
    shown,
    standing,
    visible,
    web_address,
    words,
)
from jobscraper.publish.site.shared.order import order_in_words


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (34203.0, "GBP", "£34,203"),
        (13.47, "GBP", "£13.47"),
        (1234567.5, "EUR", "€1,234,567.50"),
        (41200, "SEK", "SEK 41,200"),
        (41200, None, "41,200"),
    ],
)
def test_money(amount: float, currency: str | None, shown: str) -> None:
    assert money(amount, currency) == shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("other_support", "Other support"),
        ("nhs_trust", "NHS trust"),
        ("teachers_ew U1", "Teachers, England and Wales U1"),
        ("civil_service HEO", "Civil service HEO"),
        ("police", "Police"),
        ("police 3", "Police constables 3"),
        ("unresolved", "Kind not known"),
        ("retained", "On-call firefighter"),
        ("outside_uk", "Outside UK"),
        ("last 12 months", "last 12 months"),
        ("Children’s - Social Work", "Children’s - Social Work"),
        (None, ""),
    ],
)
def test_codes_have_labels(value: str | None, said: str) -> None:
    assert label(value) == said


@pytest.mark.parametrize(
    ("value", "column", "said"),
    [
        ("2024-11-05T13:42:00Z", "closes_at", "5 Nov 2024, 13:42"),
        ("2024-07-05T13:42:00Z", "closes_at", "5 Jul 2024, 14:42"),
        ("39190.0", "salary_annual_min", "39,190"),
        ("fixed_term", "contract_type", "Fixed term"),
        ("full_time, part_time", "working_pattern", "Full time, part time"),
        ("fixed_term", "title", "fixed_term"),
        ("AfC", "pay_scale", "Agenda for Change"),
        ("police", "pay_scale", "Police constables"),
        ("police", "kind", "Police"),
        (None, "closes_at", None),
    ],
)
def test_values_among_words_are_words(value: str | None, column: str, said: str | None) -> None:
    assert shown(value, column) == said


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (34203, 37067, "£34,203 to £37,067"),
        (34203, 34203, "£34,203"),
        (34203, None, "from £34,203"),
        (None, 37067, "up to £37,067"),
        (None, None, ""),
    ],
)
def test_pay(low: float | None, high: float | None, shown: str) -> None:
    assert pay({"salary_annual_min": low, "salary_annual_max": high, "salary_currency": "GBP"}) == shown


@pytest.mark.parametrize(
    ("value", "date", "time"),
    [
        ("2026-12-01T17:00:00Z", "1 Dec 2026", "1 Dec 2026, 17:00"),
        ("2026-06-30T23:30:00Z", "1 Jul 2026", "1 Jul 2026, 00:30"),  # summer time
        ("2026-12-01", "1 Dec 2026", "1 Dec 2026"),
        ("soon", "soon", "soon"),
        ("not a date", "not a date", "not a date"),
        (None, "", ""),
    ],
)
def test_dates(value: str | None, date: str, time: str) -> None:
    assert (day(value), moment(value)) == (date, time)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://board.example/1?a=1&b=2", "https://board.example/1?a=1&b=2"),
        (" HTTP://board.example/ ", "HTTP://board.example/"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("//board.example/", None),
        ("https://board.example/ javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("https:", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_links(value: str | None, address: str | None) -> None:
    assert web_address(value) == address


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\u202egnp.exe", "a\ufffdgnp.exe"),
        (Markup("<a>\u2066x</a>"), Markup("<a>\ufffdx</a>")),
        ("Straße 🚒 שלום", "Straße 🚒 שלום"),
        (37, 37),
        (None, None),
    ],
)
def test_text_cannot_reorder_its_neighbours(value: Any, shown: Any) -> None:
    assert visible(value) == shown
    assert type(visible(value)) is type(shown)


@pytest.mark.parametrize(
    ("status", "is_open", "shown"),
    [
        ("live", 1, "open"),
        ("live", 0, "closing date passed"),
        ("closed", 0, "closed"),
        ("withdrawn", 0, "withdrawn"),
        ("unknown", 0, "unknown"),
    ],
)
def test_standing(status: str, is_open: int, shown: str) -> None:
    assert standing({"status": status, "open": is_open}) == shown


PAY = "£34,203 & <b>up</b> to £37,067 a year"


def found(text: str, rule: str = "range", start: int | None = None) -> dict[str, Any]:
    start = PAY.index(text) if start is None else start
    return {"rule": rule, "text": text, "start": start, "end": start + len(text)}


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ({}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        (
            {"salary_min": found("£34,203"), "salary_max": found("£37,067"), "salary_period": found("year")},
            "<mark>£34,203</mark> &amp; &lt;b&gt;up&lt;/b&gt; to <mark>£37,067</mark> a <mark>year</mark>",
        ),
        (
            {"salary_annual_min": found("<b>up</b> to"), "salary_annual_max": found("to £37,067")},
            "£34,203 &amp; <mark>&lt;b&gt;up&lt;/b&gt; to £37,067</mark> a year",
        ),
        ({"salary_min": found("£34,203", "structured:value")}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        ({"pay_scale": found("£34,203", "grade_field:grade")}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        ({"title": found("£34,203")}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        ({"salary_extras": found(PAY)}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        ({"salary_min": found("£34,203", start=3)}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
        ({"salary_min": found("", start=3)}, "£34,203 &amp; &lt;b&gt;up&lt;/b&gt; to £37,067 a year"),
    ],
)
def test_what_pay_was_read_from_is_marked(evidence: dict[str, Any], shown: str) -> None:
    marked = marked_pay({"salary_text": PAY, "evidence": json.dumps(evidence)})
    assert marked == Markup(shown)
    assert type(marked) is Markup


@pytest.mark.parametrize("evidence", [None, "", "no JSON"])
def test_without_evidence_nothing_is_marked(evidence: str | None) -> None:
    assert marked_pay({"salary_text": "<i>\u202e£1", "evidence": evidence}) == Markup("&lt;i&gt;\ufffd£1")


@pytest.mark.parametrize(
    ("description", "ascending", "descending", "shown"),
    [
        ("sorted by last_seen descending", None, "last_seen", "most recently seen first"),
        ("sorted by at descending", None, "at", "newest first"),
        ("sorted by closes_at", "closes_at", None, "earliest closing date first"),
        ("sorted by name", "name", None, "sorted by name"),
        ("sorted by salary_max descending", None, "salary_max", "sorted by salary max, from the highest"),
        ('where title = "x" sorted by closes_at', "closes_at", None, 'where title = "x", earliest closing date first'),
        ("", "id", None, ""),
        ('where title = "sorted by id"', None, None, 'where title = "sorted by id"'),
    ],
)
def test_order_in_words(description: str, ascending: str | None, descending: str | None, shown: str) -> None:
    assert order_in_words(description, ascending, descending) == shown


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (2512, "2.51 kB"), (2_600_000, "2.6 MB"), (10**12, "1e+03 GB")],
)
def test_sizes(size: int, said: str) -> None:
    assert bytes_in_words(size) == said


@pytest.mark.parametrize(
    ("value", "said"), [("nhs_trust", "NHS trust"), ("fixed_term", "Fixed term"), ("council", "Council"), (None, "")]
)
def test_values_in_words(value: str | None, said: str) -> None:
    assert words(value) == said
