"""How the pay of an advert was understood, in sentences, and how to cite the advert."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jobscraper.normalise.salary.annual import SHORTEST_FULL_TIME_WEEK
from jobscraper.publish.site.shared.cells import day, pay, scale

_AS_PRINTED = "as printed"
_PARTS = {"part_time": "part time", "term_time": "term time", "job_share": "a job share"}
_QUALIFIERS = {
    "circa": "The advert says “circa”.",
    "negotiable": "It says that pay is negotiable.",
    "competitive": "It says only “competitive”.",
    "depends_on_experience": "The starting point in the range depends on experience.",
    "unpaid": "The post is unpaid.",
    "minimum_wage": "It pays the minimum wage.",
    "ote": "It is what the board calls on-target earnings.",
}
_NOT_COMPARED = {
    "agency": "This is an agency worker’s rate",
    "contractor": "This is a contractor’s rate",
    "retained": "This is an on-call firefighter’s retainer, on top of which call-outs are paid",
    "apprentice": "This is an apprentice’s pay",
    "volunteer": "This is for a volunteer",
}
_NO_FIGURE = "No amount is printed."
_NO_PAY = "No pay can be read from what is printed."
_FIGURE = re.compile(r"[£€$]\s?\d")
_A_OR_AN = {"hour": "an hour"}


def pay_explained(advert: Mapping[str, Any]) -> list[str]:
    """What the printed pay comes to, and by which way, in sentences; none where nothing is printed."""
    return list(_sentences(advert))


def _sentences(advert: Mapping[str, Any]) -> Iterator[str]:
    full_time, currency = pay(advert), advert["salary_currency"]
    if full_time:
        yield f"{full_time} a year, full time{_way(advert)}."
    elif advert["salary_min"] is not None or advert["salary_max"] is not None:
        printed = _range(advert["salary_min"], advert["salary_max"], currency)
        part = "for the hours of this post" if advert["salary_basis"] == "actual" else "as printed"
        yield f"{printed} {_per(advert['salary_period'])}, {part}; full-time pay a year cannot be worked out from that."
    elif advert["salary_text"]:
        yield _NO_PAY if _FIGURE.search(advert["salary_text"]) else _NO_FIGURE
    if advert["salary_actual_min"] is not None or advert["salary_actual_max"] is not None:
        got = _range(advert["salary_actual_min"], advert["salary_actual_max"], currency)
        yield f"The postholder is paid {got} a year for the hours of this post."
    elif full_time and advert["salary_basis"] == "pro_rata":
        yield _share(advert)
    if advert["salary_source"] == "structured" and (given := _given(advert)):
        yield f"The board gives this pay as data ({given}), not in the words of the advert."
    if advert["engagement"] in _NOT_COMPARED:
        yield f"{_NOT_COMPARED[advert['engagement']]}, and is not compared with the pay of employees."
    if advert["salary_qualifier"] in _QUALIFIERS:
        yield _QUALIFIERS[advert["salary_qualifier"]]


def _share(advert: Mapping[str, Any]) -> str:
    """What `pro rata` comes to: many adverts print it beside a full-time post, for whoever would work less."""
    patterns = set((advert["working_pattern"] or "").split(", "))
    hours = advert["hours_per_week"]
    if "full_time" in patterns or (hours and Decimal(str(hours)) >= SHORTEST_FULL_TIME_WEEK):
        return "The advert says “pro rata”: fewer hours than full time are paid a share of that."
    if hours:
        return f"The post is for {hours:g} hours a week, and pays the corresponding share of that."
    part = [said for pattern, said in _PARTS.items() if pattern in patterns]
    if part:
        return f"The post is {' and '.join(part)}, and pays the corresponding share of that."
    return (
        "The advert says “pro rata”, but not for how many hours: fewer hours than full time are paid a share of that."
    )


def _given(advert: Mapping[str, Any]) -> str:
    """The amounts of a feed's own object, as it writes them; empty where the printed pay has them too."""
    proofs = (_proof(advert, column) for column in ("salary_min", "salary_max"))
    texts = dict.fromkeys(str(proof["text"]) for proof in proofs if proof.get("text"))
    return " and ".join(f"“{text}”" for text in texts if text not in (advert["salary_text"] or ""))


def _way(advert: Mapping[str, Any]) -> str:
    if advert["salary_source"] == "pay_scale":
        return f": only a grade is printed, and this is what it pays on the scale {scale(advert['pay_scale'])}"
    proof = _proof(advert, "salary_annual_min") or _proof(advert, "salary_annual_max")
    _, is_year, factor = str(proof.get("rule", "")).rpartition("annual:")
    if not is_year or factor == _AS_PRINTED:
        return ""
    printed = _range(advert["salary_min"], advert["salary_max"], advert["salary_currency"])
    return f", worked out from {printed} {_per(advert['salary_period'])} at {factor}"


def _proof(advert: Mapping[str, Any], column: str) -> Mapping[str, Any]:
    """The evidence of a column, empty where there is none; one that only names another column stands for that one's."""
    try:
        evidence = json.loads(advert["evidence"] or "{}")
    except ValueError:
        return {}
    found = evidence.get(column)
    if isinstance(found, str):
        found = evidence.get(found)
    return found if isinstance(found, dict) else {}


def _range(low: float | None, high: float | None, currency: str | None) -> str:
    row = {"salary_annual_min": low, "salary_annual_max": high, "salary_currency": currency}
    return pay(row)


def _per(period: str | None) -> str:
    return _A_OR_AN.get(period or "", f"a {period}" if period else "")


def citation(advert: Mapping[str, Any], address: str) -> str:
    """How to cite an advert: employer, title, board, when it was seen, and where it is archived.

    Where the address of the site is not known, the advert's own id stands for `address`.
    """
    seen = f"first seen {day(advert['first_seen'])}, last seen {day(advert['last_seen'])}"
    who = advert["employer_text"] or "Employer not printed"
    return f"{who}: “{advert['title'] or 'No title printed'}”. {advert['source_title']}, {seen}. Archived at {address}"
