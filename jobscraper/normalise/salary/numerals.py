"""How amounts are written: the patterns of numbers and currencies, and the value of what they find."""

from __future__ import annotations

import re
import string
from decimal import Decimal
from typing import NamedTuple

CURRENCIES = {
    "£": "GBP",
    "\ufffd": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "usd": "USD",
    "us$": "USD",
    "aud": "AUD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "nzd": "NZD",
    "c$": "CAD",
    "ca$": "CAD",
    "cad": "CAD",
    "hk$": "HKD",
    "s$": "SGD",
    "chf": "CHF",
    "nok": "NOK",
    "sek": "SEK",
    "dkk": "DKK",
    "kr": "NOK",
    "pln": "PLN",
    "zł": "PLN",
    "¥": "JPY",
    "₹": "INR",
    "inr": "INR",
    "aed": "AED",
    "qar": "QAR",
    "sgd": "SGD",
}
# `KR 5` is a grade (Kent Range); crowns are paid by the thousand.
CODES = r"gbp|eur|usd|aud|nzd|cad|chf|nok|sek|dkk|pln|inr|aed|qar|sgd|kr(?=\s?\d[\d\s.,]{3})"
_GROUPED = r"\d{1,3}(?:%s\d{3})+(?!\d)(?:[.,]\d{1,4})?(?!\d)"
BY_COMMA_OR_SPACE = _GROUPED % r"(?:\s{0,2},\s{0,2}|['’])"
BY_COMMA = _GROUPED % "[,'’]"
BY_DOT = r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)(?:[.,]\d\d)?(?!\d)"
# A space parts thousands behind a sign of money, if nothing is counted; without a sign only before three noughts.
BY_SPACE = r"\d{1,3}\s\d{3}(?![\d,.]?\d)(?!\s?(?:%|h(?:ou)?rs?\b|days?\b|weeks?\b|miles?\b))"
BY_SPACE_WITH_NOUGHTS = r"\d{2,3}\s000(?![\d,.]?\d)"
SUFFIX = r"(?:\s?(?:k(?![a-z\d])|k(?=pa\b)|m(?![a-z\d])|(?:m|b|tr)illion\b|bn\b|mn\b|[bm]iliwn\b))?"
_SHAPE = re.compile(
    r"(?:(?P<groups>\d{1,3}(?:(?:\s{0,2},\s{0,2}|['’])\d{3})+)(?:[.,](?P<pence>\d{1,4}))?"
    r"|(?P<dotted>[1-9]\d{0,2}(?:\.\d{3})+)(?:[.,](?P<cents>\d\d))?"
    r"|(?P<spaced>\d{1,3}\s\d{3})"
    r"|(?P<long>\d{4,}),(?P<comma>\d\d)"
    r"|(?P<whole>\d+)(?:\.(?P<decimals>\d+))?)\s?(?P<kilo>k?)"
)
_NOT_DIGIT = re.compile(r"\D")
_NOT_DIGITS = string.ascii_letters + string.whitespace + "£€$¥₹\ufffd\u00a0\u2009\u202f"
_THOUSAND = Decimal(1000)


class Number(NamedTuple):
    """A number as printed: `value` with the `k` worked in, and what its shape tells.

    `dotted` is a number like `12.825`, which may be thousands or a price with three decimals.
    """

    value: Decimal
    kilo: bool = False
    thousands: bool = False
    decimals: int = 0
    currency: str | None = None
    dotted: bool = False

    def in_decimals(self) -> Number:
        """The other reading of a `dotted` number: 12.825 for 12825."""
        return self._replace(value=self.value / _THOUSAND, thousands=False, decimals=3, dotted=False)


def read_number(printed: str) -> Number | None:
    """Read a number with its suffix; None where its shape fits no way of writing one (`£30,00`, `$70,9374`) or says
    millions.
    """
    shape = _SHAPE.fullmatch(printed)
    if shape is None:
        return None
    groups, pence, dotted, cents, spaced, long, comma, whole, decimals, kilo = shape.groups()
    grouped = groups or dotted or spaced
    fraction = pence or cents or comma or decimals or ""
    digits = _NOT_DIGIT.sub("", grouped) if grouped else long or whole
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    # `£29000k` is a slip of the pen: nobody is paid 29 million.
    shortened = bool(kilo) and value < _THOUSAND
    unsure = dotted is not None and dotted.count(".") == 1 and not fraction and not kilo
    return Number(value * _THOUSAND if shortened else value, shortened, bool(grouped), len(fraction), None, unsure)


def read_money(printed: str) -> Number | None:
    """Read an amount with its sign or code: `£30,000`, `AUD $44.62`, `GBP 30k`."""
    digits = printed.lstrip(_NOT_DIGITS)
    number = read_number(digits)
    if number is None:
        return None
    sign = "".join(printed[: len(printed) - len(digits)].split()).rstrip("£") or "£"
    # `AUD $` and `GBP £` say it twice: the code says more than the sign.
    return number._replace(currency=CURRENCIES.get(sign) or CURRENCIES[sign.rstrip("£€$")])
