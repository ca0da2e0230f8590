"""From an advert to its row: the one place where values become columns."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs

from jobscraper.capture.record import instant
from jobscraper.normalise.advert import Advert

NOT_HISTORY = frozenset(
    {"id", "source_id", "source_ref", "url", "apply_url", "status", "first_seen", "last_seen", "ended_at"}
    | {"capture_id", "evidence", "normaliser_version", "vacancy_id"}
)
"""Columns whose changes say nothing about the job: where it is and how we keep it."""


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
        "posted_on": advert.posted_on.isoformat() if advert.posted_on else None,
        "reference": raw.reference,
        "apply_url": raw.apply_url,
        "evidence": json.dumps({k: attrs.asdict(v) for k, v in sorted(advert.evidence.items())}, ensure_ascii=False),
    }


def _extras(advert: Advert) -> str | None:
    extras = [
        {"kind": extra.kind, "text": extra.text, "amount": _number(extra.amount)}
        for extra in advert.salary.salary_extras
    ]
    return json.dumps(extras, ensure_ascii=False) if extras else None


def _number(amount: Decimal | None) -> float | None:
    return float(amount) if amount is not None else None
