"""Pay that a feed gives as an object of its own: schema.org's `baseSalary`, and the like with `minValue` and
`maxValue`.

`0` means that the feed does not know. A number without a unit is read by its size, as in a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

from jobscraper.normalise.result import Evidence, Issue
from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.result import Period, Salary
from jobscraper.normalise.salary.sizes import FORM_BAND, SMALLEST_YEARLY, credible, inferred, is_form_band, is_wide
from jobscraper.normalise.salary.vocabulary import MEANINGS

_UNITS: dict[str, Period] = {
    "year": "year",
    "years": "year",
    "annum": "year",
    "ann": "year",
    "yearly": "year",
    "annually": "year",
    "month": "month",
    "mon": "month",
    "week": "week",
    "day": "day",
    "hour": "hour",
    "hours": "hour",
    "hur": "hour",
}
# A comma elsewhere is a slip (`£49,0736`), and no number that can be read.
_GROUPED = re.compile(r"£?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NAMES = {"min": ("minValue", "min", "salary_from", "from"), "max": ("maxValue", "max", "salary_to", "to")}


# NHS Jobs made £5,043 a year of `Band 2 / 3`, and £6,724 of `MT04`: such numbers are its guess, and stand nowhere in words.
_NO_YEAR = Issue("ambiguous_period", "the feed's number is too small for a full year's pay", "salary_min")
_UPSIDE_DOWN = Issue("ambiguous_salary", "the feed's minimum is above its maximum", "salary_min")


@attrs.frozen
class _Field:
    """One value of the object: its key, the string that was given for it, and the number in that string if there is
    one.
    """

    key: str
    given: str
    number: Decimal | None


def find_json(text: str) -> tuple[Mapping[str, Any], int, int] | None:
    """Return the first JSON object that is printed in `text`, with where it stands; None if there is none."""
    start, end = text.find("{"), text.rfind("}") + 1
    if start < 0 or end <= start or '"' not in text:
        return None
    try:
        found = json.loads(text[start:end])
    except (ValueError, RecursionError):
        return None
    return (found, start, end) if isinstance(found, dict) else None


def read_structured(given: Mapping[str, Any]) -> Salary:
    """Return the pay of a `baseSalary` object; no amounts where it has none, or where they contradict each other."""
    outer = _inner(given, "baseSalary")
    inner = _inner(outer, "value")
    ends = _ends(inner, outer)
    if not ends:
        return Salary()
    unit = _text_field("unitText", inner, outer)
    refused = _refused([field.number for field in ends.values() if field.number], unit)
    if refused is not None:
        return Salary(issues=(refused,))
    return _salary(ends, _text_field("currency", inner, outer), unit)


def _ends(inner: Mapping[str, Any], outer: Mapping[str, Any]) -> dict[str, _Field]:
    """The amounts that are given, none of them 0, by `min` and `max`; a single value is both."""
    given = {end: _amount(inner, outer, end) for end in _NAMES}
    ends = {end: field for end, field in given.items() if field is not None}
    single = _field("value", inner.get("value", outer.get("value")))
    if not ends and single is not None and single.number:
        return dict.fromkeys(_NAMES, single)
    return ends


def _refused(amounts: list[Decimal], unit: _Field | None) -> Issue | None:
    """Why amounts, the lower end first, are not believed to be pay."""
    if amounts[0] > amounts[-1]:
        return _UPSIDE_DOWN
    if len(amounts) == 2 and is_form_band(*amounts):
        return FORM_BAND
    if _unit(unit) == "year" and min(amounts) < SMALLEST_YEARLY:
        return _NO_YEAR
    return None


def structured_text(given: Mapping[str, Any]) -> str | None:
    """Return the object's pay where it is words (`"value": "£30,000 per annum"`), else None."""
    outer = _inner(given, "baseSalary")
    value = _inner(outer, "value").get("value", outer.get("value"))
    return value if isinstance(value, str) and _number(value) is None and value.strip() else None


def _inner(mapping: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = mapping.get(key)
    return value if isinstance(value, Mapping) else mapping


def _number(given: str) -> Decimal | None:
    if "," in given and not _GROUPED.fullmatch(given.strip()):
        return None
    try:
        number = Decimal(given.strip().lstrip("£").replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _field(key: str, value: Any) -> _Field | None:
    if value is None or isinstance(value, (bool, Mapping, list, tuple)):
        return None
    given = str(value)
    return _Field(key, given, _number(given))


def _amount(inner: Mapping[str, Any], outer: Mapping[str, Any], end: str) -> _Field | None:
    for name in _NAMES[end]:
        field = _field(name, inner.get(name, outer.get(name)))
        if field is not None and field.number:
            return field
    return None


def _text_field(key: str, inner: Mapping[str, Any], outer: Mapping[str, Any]) -> _Field | None:
    field = _field(key, inner.get(key) or outer.get(key))
    return field if field is not None and field.given.strip() else None


def _unit(field: _Field | None) -> Period | None:
    if field is None:
        return None
    words = field.given.strip().lower()
    meaning = MEANINGS.get(words) or MEANINGS.get(f"per {words}")
    if words in _UNITS:
        return _UNITS[words]
    return meaning[1] if meaning is not None and meaning[0] == tags.PERIOD else None  # type: ignore[return-value]


def _evidence(rule: str, field: _Field) -> Evidence:
    return Evidence(f"structured:{rule}", field.given, 0, len(field.given))


def _salary(ends: Mapping[str, _Field], currency: _Field | None, unit: _Field | None) -> Salary:
    amounts = {end: field.number for end, field in ends.items() if field.number}
    low, high = amounts.get("min"), amounts.get("max")
    period, doubt = _period(max(amounts.values()), unit)
    issues = [doubt] if doubt else []
    if low and high and is_wide(low, high):
        issues.append(Issue("wide_range", "the feed's maximum is many times its minimum", "salary_max"))
    by = factor(period, [])
    evidence = {f"salary_{end}": _evidence(field.key, field) for end, field in ends.items()}
    if unit is not None and period is not None and period == _unit(unit):
        evidence["salary_period"] = _evidence("unitText", unit)
    if currency is not None:
        evidence["salary_currency"] = _evidence("currency", currency)
    if by is not None:
        evidence |= {f"salary_annual_{end}": _evidence(by.rule, field) for end, field in ends.items()}
    return Salary(
        salary_min=low,
        salary_max=high,
        salary_currency=_currency(currency),
        salary_period=period,
        salary_basis="fte",
        salary_annual_min=a_year(low, by),
        salary_annual_max=a_year(high, by),
        salary_source="structured",
        evidence=evidence,
        issues=tuple(issues),
    )


def _period(largest: Decimal, unit: _Field | None) -> tuple[Period | None, Issue | None]:
    """The period that the unit says, or the size where it says none; none, and a doubt, where unit and size disagree."""
    said = _unit(unit)
    if said is None:
        return inferred(largest), None
    if credible(said, largest):
        return said, None
    words = f"{unit.given if unit else ''!r} does not fit the size of the amount"
    return None, Issue("ambiguous_period", words, "salary_period")


def _currency(field: _Field | None) -> str:
    code = field.given.strip().upper() if field else ""
    return code if len(code) == 3 and code.isalpha() else "GBP"
