"""Values as readers see them."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup

from jobscraper.publish.plugin.cells import day, moment, money, pay, visible, web_address


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
