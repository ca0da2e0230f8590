"""The reader: tokens, figures, choice, and what follows from them, put into one `Salary`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from jobscraper.normalise.result import Evidence, Issue
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.choice import Choice, choose
from jobscraper.normalise.salary.figures import Figure, find_figures
from jobscraper.normalise.salary.printed import Printed, as_printed
from jobscraper.normalise.salary.qualifier import find_qualifier
from jobscraper.normalise.salary.quantities import fold
from jobscraper.normalise.salary.result import Extra, Salary
from jobscraper.normalise.salary.tokens import Token, tokenise
from jobscraper.normalise.salary.vocabulary import Tag


def read_text(given: str) -> Salary:
    """Return what `given` prints about pay."""
    printed = as_printed(given)
    tokens = fold(tokenise(printed.text))
    choice = choose(tokens, find_figures(tokens))
    return _Assembly(printed, tokens, choice).salary()


@attrs.define
class _Assembly:
    """Collects the columns of one text with their evidence."""

    printed: Printed
    tokens: list[Token]
    choice: Choice
    values: dict[str, Any] = attrs.field(factory=dict)
    evidence: dict[str, Evidence] = attrs.field(factory=dict)
    issues: list[Issue] = attrs.field(factory=list)

    def salary(self) -> Salary:
        self.issues += self.choice.issues
        malformed = next((t for t in self.tokens if t.tag is Tag.MALFORMED), None)
        if malformed is not None:
            text = f"{self._text(malformed.start, malformed.end)!r} cannot be read as one amount"
            self.issues.append(Issue("ambiguous_salary", text, "salary_min"))
        elif self.choice.base:
            self._base()
        self._qualifier()
        self._extras()
        return Salary(**self.values, evidence=self.evidence, issues=tuple(self.issues))

    def _text(self, start: int, end: int) -> str:
        start, end = self.printed.span(start, end)
        return self.printed.given[start:end]

    def _set(self, column: str, value: Any, rule: str, start: int, end: int) -> None:
        self.values[column] = value
        start, end = self.printed.span(start, end)
        self.evidence[column] = Evidence(rule, self.printed.given[start:end], start, end)

    def _set_from(self, column: str, value: Any, rule: str, figure: Figure) -> None:
        self._set(column, value, rule, self.tokens[figure.span.first].start, self.tokens[figure.span.last - 1].end)

    def _base(self) -> None:
        base = self.choice.base
        low = min(base, key=lambda f: f.span.lo)
        high = max(base, key=lambda f: f.span.hi)
        single = low is high or len({(f.span.lo, f.span.hi) for f in base}) == 1
        shape = low.shape if single else None
        rule = _rule(low, single)
        if shape != "up_to":
            self._set_from("salary_min", low.span.lo, rule, low)
        if shape != "from":
            self._set_from("salary_max", high.span.hi, rule, high)
        self._set_from("salary_currency", self._currency(), "currency", low)
        self._set_from("salary_basis", self.choice.basis, "basis", low)
        self.values["salary_source"] = "text"
        if low.label_token is not None:
            self._set("salary_basis", self.choice.basis, "basis", low.label_token.start, low.label_token.end)
        if shape and low.shape_token is not None:
            self._set("salary_qualifier", shape, f"qualifier:{shape}", low.shape_token.start, low.shape_token.end)
        self._period(low)
        self._annual(low, high)
        self._actual()

    def _currency(self) -> str:
        found = next((f.span.currency for f in self.choice.base if f.span.currency), "GBP")
        if found == "USD" and any(t.tag is Tag.AUSTRALIAN for t in self.tokens):
            return "AUD"
        return found

    def _period(self, low: Figure) -> None:
        period = self.choice.period
        if low.paid.doubtful and low.paid.token is not None:
            text = f"{self._text(low.paid.token.start, low.paid.token.end)!r} does not fit the size of the amount"
            self.issues.append(Issue("ambiguous_period", text, "salary_period"))
        elif period and low.paid.token is not None:
            self._set("salary_period", period, "period:printed", low.paid.token.start, low.paid.token.end)
        elif period:
            self._set_from("salary_period", period, "period:by_size", low)

    def _annual(self, low: Figure, high: Figure) -> None:
        by = factor(self.choice.period, self.tokens)
        if self.choice.basis == "actual" or by is None:
            return
        for column, figure in (("min", low), ("max", high)):
            amount: Decimal | None = self.values.get(f"salary_{column}")
            if amount is not None:
                self._set_from(f"salary_annual_{column}", a_year(amount, by), f"annual:{by.words}", figure)

    def _actual(self) -> None:
        part = self.choice.actual
        if not part:
            return
        low = min(part, key=lambda f: f.span.lo)
        high = max(part, key=lambda f: f.span.hi)
        self._set_from("salary_actual_min", low.span.lo, "actual", low)
        if high.shape != "from":
            self._set_from("salary_actual_max", high.span.hi, "actual", high)

    def _qualifier(self) -> None:
        if "salary_qualifier" in self.values:
            return
        found = find_qualifier(self.tokens, "salary_min" in self.values or "salary_max" in self.values)
        if found is not None:
            qualifier, first, last = found
            self._set("salary_qualifier", qualifier, f"qualifier:{qualifier}", self.tokens[first].start, self.tokens[last].end)

    def _extras(self) -> None:
        extras = []
        for figure in self.choice.extras:
            start, end = self.tokens[figure.context.left].start, self.tokens[figure.context.right - 1].end
            extras.append(Extra(figure.extra or "enhanced_rate", self._text(start, end), figure.span.hi))
        if extras:
            self.values["salary_extras"] = tuple(extras)


def _rule(figure: Figure, single: bool) -> str:
    if not single:
        return "span_of_rates"
    return "range" if figure.span.closed else "one_amount"
