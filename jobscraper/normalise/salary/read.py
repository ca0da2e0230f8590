"""The reader: tokens, figures, choice, and what follows from them, put into one `Salary`."""

from __future__ import annotations

import datetime
from collections.abc import Set
from typing import Any

from jobscraper.normalise.result import Evidence, Issue
from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.base_pay import Choice, choose
from jobscraper.normalise.salary.figures import Figure, find_figures
from jobscraper.normalise.salary.grades import GRADING, Grade, find_grade
from jobscraper.normalise.salary.open_ends import is_cut_off
from jobscraper.normalise.salary.pence import mended
from jobscraper.normalise.salary.printed import Printed, as_printed
from jobscraper.normalise.salary.qualifier import QUALIFYING, find_qualifier
from jobscraper.normalise.salary.quantities import fold, is_part
from jobscraper.normalise.salary.result import Extra, Salary
from jobscraper.normalise.salary.scales import disagrees, scale_pay
from jobscraper.normalise.salary.sizes import WIDEST_SURE_RANGE, is_small_year, is_wide
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import MOST_PIECES, TOO_LONG, Token, tokenise

# What is printed of a figure, and from where to where.
Place = tuple[str, int, int]


def read_text(given: str, posted_on: datetime.date | None = None, area: str | None = None) -> Salary:
    """Return what `given` prints about pay. `posted_on` and `area` choose the rows of the register of pay scales."""
    printed = as_printed(given)
    tokens = fold(mended(tokenise(printed.text)))
    present = {token.tag for token in tokens}
    choice = choose(tokens, present, find_figures(tokens, present))
    reading = _Reading(printed, tokens, present)
    reading.pay(choice)
    if tags.CUT in present and tokens[-1].value == TOO_LONG:
        reading.issues.append(Issue(TOO_LONG, f"only the first {MOST_PIECES} words and signs were read"))
    if not present.isdisjoint(QUALIFYING):
        reading.qualifier(choice)
    reading.extras(choice)
    grade = None if present.isdisjoint(GRADING) else find_grade(printed.text, tokens)
    if grade is not None:
        reading.grade(grade, posted_on, area)
    return Salary(**reading.values, evidence=reading.evidence, issues=tuple(reading.issues))


class _Reading:
    """The columns of one text while they are found, each with its evidence."""

    def __init__(self, printed: Printed, tokens: list[Token], present: Set[Tag]) -> None:
        self.printed = printed
        self.present = present
        self.tokens = tokens
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.issues: list[Issue] = []

    def pay(self, choice: Choice) -> None:
        """Set the amounts and what belongs to them; nothing where a number of the text cannot be read."""
        self.issues += choice.issues
        if tags.MALFORMED in self.present:
            malformed = next(t for t in self.tokens if t.tag == tags.MALFORMED)
            words = f"{self._text(malformed.start, malformed.end)!r} cannot be read as one amount"
            self.issues.append(Issue("ambiguous_salary", words, "salary_min"))
        elif choice.base:
            self._base(choice)

    def qualifier(self, choice: Choice) -> None:
        """Set what the pay depends on, where no open end says more."""
        if "salary_qualifier" in self.values:
            return
        has_amount = "salary_min" in self.values or "salary_max" in self.values
        ends_of_ote = {f.span.last for f in choice.extras if f.extra == "ote"}
        found = find_qualifier(self.tokens, has_amount, ends_of_ote)
        if found is not None:
            qualifier, first, last = found
            self._set(
                "salary_qualifier", qualifier, f"qualifier:{qualifier}", self.tokens[first].start, self.tokens[last].end
            )

    def extras(self, choice: Choice) -> None:
        """Set the money beside base pay: allowances, other periods' rates, the parts of several rates."""
        if len(choice.base) == 1 and not choice.extras and not choice.others:
            return
        rates = choice.base if len({(f.span.lo, f.span.hi) for f in choice.base}) > 1 else ()
        figures = [(f, f.extra or "enhanced_rate") for f in choice.extras]
        figures += [(f, "rate") for f in choice.others] + [(f, "part") for f in rates]
        if figures:
            figures.sort(key=lambda pair: pair[0].span.first)
            self.values["salary_extras"] = tuple(self._extra(figure, kind) for figure, kind in figures)
            start, end = self._bounds(figures[0][0])[0], self._bounds(figures[-1][0])[1]
            self._prove("salary_extras", "extras", start, end)

    def grade(self, grade: Grade, posted_on: datetime.date | None, area: str | None) -> None:
        """Set the grade and its points, and what the register says about them."""
        start, end = grade.spans[0][0], grade.spans[-1][1]
        self._set("grade_text", " ".join(self._text(*span) for span in grade.spans), "grade", start, end)
        for column, value in (
            ("pay_scale", grade.scale),
            ("pay_point_min", grade.point_min),
            ("pay_point_max", grade.point_max),
        ):
            if value is not None:
                self.values[column], self.evidence[column] = value, self.evidence["grade_text"]
        register = scale_pay(grade, self.printed.text, area, posted_on)
        if register is None or any(issue.field == "salary_min" for issue in self.issues):
            return
        if "salary_source" not in self.values:
            self._set("salary_annual_min", register.annual_min, f"pay_scale:{register.low.source}", start, end)
            self._set("salary_annual_max", register.annual_max, f"pay_scale:{register.high.source}", start, end)
            self.values.update(salary_currency="GBP", salary_basis="fte", salary_source="pay_scale")
            return
        pairs = (
            (self.values.get("salary_annual_min"), register.annual_min),
            (self.values.get("salary_annual_max"), register.annual_max),
        )
        if any(disagrees(amount, expected) for amount, expected in pairs):
            words = f"the register has {register.annual_min} to {register.annual_max} a year for this grade"
            self.issues.append(Issue("pay_scale_disagrees", words, "salary_annual_min"))

    def _text(self, start: int, end: int) -> str:
        start, end = self.printed.span(start, end)
        return self.printed.given[start:end]

    def _place(self, figure: Figure) -> Place:
        start, end = self.printed.span(self.tokens[figure.span.first].start, self.tokens[figure.span.last - 1].end)
        return self.printed.given[start:end], start, end

    def _prove(self, column: str, rule: str, start: int, end: int) -> None:
        start, end = self.printed.span(start, end)
        self.evidence[column] = Evidence(rule, self.printed.given[start:end], start, end)

    def _set(self, column: str, value: Any, rule: str, start: int, end: int) -> None:
        self.values[column] = value
        self._prove(column, rule, start, end)

    def _set_from(self, column: str, value: Any, rule: str, figure: Figure) -> None:
        self._set(column, value, rule, self.tokens[figure.span.first].start, self.tokens[figure.span.last - 1].end)

    def _base(self, choice: Choice) -> None:
        base = choice.base
        low = high = base[0]
        if len(base) > 1:
            low = min(base, key=lambda f: f.span.lo)
            high = max(base, key=lambda f: f.span.hi)
        single = low is high or len({(f.span.lo, f.span.hi) for f in base}) == 1
        shape = low.shape if single else None
        rule = "span_of_rates" if not single else "range" if low.span.closed else "one_amount"
        self.values["salary_source"] = "text"
        low_at = self._place(low)
        high_at = low_at if high is low else self._place(high)
        from_low = Evidence(rule, *low_at)
        if shape != "up_to":
            self.values["salary_min"], self.evidence["salary_min"] = low.span.lo, from_low
        if is_cut_off(self.tokens, high.span):
            self.issues.append(Issue("cut_off", "the text breaks off before the upper end", "salary_max"))
        elif shape != "from":
            self.values["salary_max"] = high.span.hi
            self.evidence["salary_max"] = from_low if high is low else Evidence(rule, *high_at)
        self.values["salary_currency"] = self._currency(choice)
        self.evidence["salary_currency"] = Evidence("currency", *low_at)
        if low.label_token is not None and low.label == choice.basis:
            self._set("salary_basis", choice.basis, "basis:printed", low.label_token.start, low.label_token.end)
        else:
            self.values["salary_basis"] = choice.basis
            self.evidence["salary_basis"] = Evidence("basis", *low_at)
        if shape and low.shape_token is not None:
            self._set("salary_qualifier", shape, f"qualifier:{shape}", low.shape_token.start, low.shape_token.end)
        if "salary_min" in self.values and "salary_max" in self.values and is_wide(low.span.lo, high.span.hi):
            words = f"{high.span.hi:,} is more than {WIDEST_SURE_RANGE} times {low.span.lo:,}"
            self.issues.append(Issue("wide_range", words, "salary_max"))
        self._period(choice, low, low_at)
        self._annual(choice, low, high, low_at, high_at)
        self._actual(choice)

    def _currency(self, choice: Choice) -> str:
        found = next((f.span.currency for f in choice.base if f.span.currency), "GBP")
        if found == "USD" and tags.AUSTRALIAN in self.present:
            return "AUD"
        return found

    def _period(self, choice: Choice, low: Figure, low_at: Place) -> None:
        token = low.paid.token
        if low.paid.doubtful and token is not None:
            words = f"{self._text(token.start, token.end)!r} does not fit the size of the amount"
            self.issues.append(Issue("ambiguous_period", words, "salary_period"))
        elif choice.period and token is not None:
            self._set("salary_period", choice.period, "period:printed", token.start, token.end)
        elif choice.period:
            self.values["salary_period"] = choice.period
            self.evidence["salary_period"] = Evidence("period:by_size", *low_at)
        else:
            self.issues.append(
                Issue("ambiguous_period", "no period is printed and the size does not tell", "salary_period")
            )

    def _annual(self, choice: Choice, low: Figure, high: Figure, low_at: Place, high_at: Place) -> None:
        by = factor(choice.period, self.tokens)
        if choice.basis == "actual" or by is None:
            return
        from_low = Evidence(by.rule, *low_at)
        if "salary_min" in self.values:
            self.values["salary_annual_min"] = a_year(low.span.lo, by)
            self.evidence["salary_annual_min"] = from_low
        if "salary_max" in self.values:
            self.values["salary_annual_max"] = a_year(high.span.hi, by)
            self.evidence["salary_annual_max"] = from_low if high is low else Evidence(by.rule, *high_at)
        if choice.basis == "fte" and low.label is None and self._is_part_year():
            words = "the text speaks of term time or of weeks a year, and not of full-time pay"
            self.issues.append(Issue("part_year", words, "salary_annual_min"))
        elif is_small_year(choice.period, low.span.lo, low.span.currency):
            words = f"{low.span.lo:,} is too small for anybody's full year"
            self.issues.append(Issue("small_year", words, "salary_annual_min"))

    def _is_part_year(self) -> bool:
        return tags.TERM_TIME in self.present or (
            tags.QUANTITY in self.present and any(t.value == "weeks" and is_part(t) for t in self.tokens)
        )

    def _actual(self, choice: Choice) -> None:
        if not choice.actual:
            return
        low = min(choice.actual, key=lambda f: f.span.lo)
        high = max(choice.actual, key=lambda f: f.span.hi)
        self._set_from("salary_actual_min", low.span.lo, "actual", low)
        if high.shape != "from":
            self._set_from("salary_actual_max", high.span.hi, "actual", high)

    def _bounds(self, figure: Figure) -> tuple[int, int]:
        return self.tokens[figure.context.left].start, self.tokens[figure.context.right - 1].end

    def _extra(self, figure: Figure, kind: str) -> Extra:
        text = self._text(*self._bounds(figure)).strip(" ,;.:/|-–")
        return Extra(kind, text, figure.span.hi if figure.span.lo == figure.span.hi else None)
