"""From an advert to its row: the one place where values become columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from jobscraper.capture.record import instant
from jobscraper.normalise.advert import Advert
from jobscraper.normalise.result import Evidence


def advert_columns(advert: Advert) -> dict[str, Any]:
    """The columns of `advert` that follow from what is printed."""
    raw, salary = advert.raw, advert.salary
    place = advert.location.places[0] if advert.location.places else None
    return {
        "title": raw.title,
        "employer_text": raw.employer,
        "location_text": raw.location,
        "salary_text": raw.salary,
        "salary_annual_min": _number(salary.salary_annual_min),
        "salary_annual_max": _number(salary.salary_annual_max),
        "closes_at": instant(advert.closes_at) if advert.closes_at else None,
        "url": raw.url,
        "employer_id": advert.employer.employer_id,
        "advertiser_text": advert.employer.advertiser_text,
        "department": raw.department,
        "category": raw.category,
        "lad_code": place and place.lad_code,
        "lad_name": place and place.lad_name,
        "region": place and place.region,
        "nation": place and place.nation,
        "postcode": place and place.postcode,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "workplace": advert.location.workplace,
        "salary_min": _number(salary.salary_min),
        "salary_max": _number(salary.salary_max),
        "salary_currency": salary.salary_currency,
        "salary_period": salary.salary_period,
        "salary_basis": salary.salary_basis,
        "salary_actual_min": _number(salary.salary_actual_min),
        "salary_actual_max": _number(salary.salary_actual_max),
        "salary_qualifier": salary.salary_qualifier,
        "salary_extras": _extras(advert),
        "salary_source": salary.salary_source,
        "grade_text": salary.grade_text or raw.grade,
        "pay_scale": salary.pay_scale,
        "pay_point_min": salary.pay_point_min,
        "pay_point_max": salary.pay_point_max,
        **{column: found.value for column, found in attrs.asdict(advert.terms, recurse=False).items()},
        "engagement": advert.engagement.value,
        "posted_on": advert.posted_on.isoformat() if advert.posted_on else None,
        "reference": raw.reference,
        "apply_url": raw.apply_url,
        "evidence": _evidence(advert.evidence),
    }


# What the row does not show needs no evidence in it: the employer's row has the name and the kind.
_NOT_IN_ROW = frozenset({"employer_name", "employer_kind"})


def _evidence(evidence: Mapping[str, Evidence]) -> str:
    """JSON by column: rule, text, start, end. What stands elsewhere in it is not said again, because a place alone fills
    seven columns: `"region": "lad_code"` (the same rule read the same characters), `{"rule": …, "as": "salary_min"}`
    (another rule read them).
    """
    told: dict[str, object] = {}
    same: dict[Evidence, str] = {}
    spans: dict[tuple[str, int, int], str] = {}
    for column, found in sorted(evidence.items(), key=_minimum_first):
        if column in _NOT_IN_ROW:
            continue
        first = same.setdefault(found, column)
        at = spans.setdefault((found.text, found.start, found.end), column)
        if first != column:
            told[column] = first
        else:
            told[column] = attrs.asdict(found) if at == column else {"rule": found.rule, "as": at}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _minimum_first(item: tuple[str, Evidence]) -> str:
    """So that `salary_min` has the evidence, and the other amounts point to it."""
    column = item[0]
    return "salary_" if column == "salary_min" else column.replace("_min", "_a")


def _extras(advert: Advert) -> str | None:
    extras = [
        {"kind": extra.kind, "text": extra.text, "amount": _number(extra.amount)}
        for extra in advert.salary.salary_extras
    ]
    return json.dumps(extras, ensure_ascii=False) if extras else None


def _number(amount: Decimal | None) -> float | None:
    return float(amount) if amount is not None else None
