"""The pay of one advert, as values. Field names are the columns of `advert`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

import attrs

from jobscraper.normalise.result import Evidence, Issue

Period = Literal["hour", "day", "week", "month", "year", "session", "term"]
Basis = Literal["fte", "pro_rata", "actual"]
Qualifier = Literal[
    "from",
    "up_to",
    "circa",
    "ote",
    "negotiable",
    "competitive",
    "depends_on_experience",
    "unpaid",
    "minimum_wage",
]
SalarySource = Literal["text", "structured", "pay_scale"]


@attrs.frozen
class Extra:
    """Money that is not base pay: an allowance, a weighting, a supplement, a bonus, one of several rates."""

    kind: str
    text: str
    amount: Decimal | None = None


@attrs.frozen(kw_only=True)
class Salary:
    """Amounts are in `salary_currency` (ISO 4217); None means that the text does not say, never a default.

    `salary_min`/`salary_max`: the base pay range as printed; `salary_annual_*`: its full-time equivalent a year;
    `salary_actual_*`: what the holder gets a year where that is printed beside the full-time figure.
    `evidence` says, by column, which rule read which characters.
    """

    salary_min: Decimal | None = None
    salary_max: Decimal | None = None
    salary_currency: str | None = None
    salary_period: Period | None = None
    salary_basis: Basis | None = None
    salary_annual_min: Decimal | None = None
    salary_annual_max: Decimal | None = None
    salary_actual_min: Decimal | None = None
    salary_actual_max: Decimal | None = None
    salary_qualifier: Qualifier | None = None
    salary_extras: tuple[Extra, ...] = ()
    grade_text: str | None = None
    pay_scale: str | None = None
    pay_point_min: str | None = None
    pay_point_max: str | None = None
    salary_source: SalarySource | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()


MOST = Decimal(10) ** 9
"""No pay is as much, in any currency and period; what is printed beyond is a mistake, and no number that can be counted with."""


_NO_NUMBER = re.compile(r"[+-]?(?:nan|inf(?:inity)?|[\d.]+e\+?\d{3,})", re.IGNORECASE)


def countable(salary: Salary, printed: Iterable[str]) -> Salary:
    """Pay without amounts that are no numbers or beyond all pay; they are an issue, as is `NaN` in what was `printed`."""
    for text in printed:
        if _NO_NUMBER.fullmatch(text.strip()):
            issue = Issue("amount_out_of_range", f"no amount of pay: {text[:100]!r}", "salary_min")
            salary = attrs.evolve(salary, issues=(*salary.issues, issue))
    amounts = {name: value for name, value in attrs.asdict(salary, recurse=False).items() if isinstance(value, Decimal)}
    if all(value.is_finite() and value <= MOST for value in amounts.values()):
        return salary
    issue = Issue(
        "amount_out_of_range", f"no amount of pay: {', '.join(map(str, amounts.values()))}"[:300], "salary_min"
    )
    nothing: dict[str, None] = dict.fromkeys(amounts)
    return attrs.evolve(salary, **nothing, issues=(*salary.issues, issue))  # type: ignore[arg-type]
