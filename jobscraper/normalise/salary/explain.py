"""What was read from a text, by which rule, from which characters: an account in words, for one screen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jobscraper.normalise.salary.combine import read_printed
from jobscraper.normalise.salary.result import Salary

_WIDTH = 96
_RULES = {
    "one_amount": "one amount is both ends",
    "range": "two amounts joined by a dash or a word for it",
    "span_of_rates": "several rates: the lowest and the highest",
    "currency": "the sign of the amount; pounds where there is none",
    "basis": "no label of this amount says otherwise",
    "basis:printed": "a word says whose pay it is",
    "period:printed": "a word says what it is paid for",
    "period:by_size": "no word says it, but the size leaves no doubt",
    "actual": "the smaller of the full-time and the actual pay",
    "extras": "money that is not base pay, or one of several rates",
    "grade": "words of grades and pay scales",
    "correction": "a reviewed correction overrides the rules",
}
_PREFIXES = {
    "annual": "full-time year: ",
    "qualifier": "a word that qualifies the pay: ",
    "pay_scale": "only a grade is printed; the register has ",
    "structured": "the feed's own field ",
}


def explain(text: str) -> str:
    """Return an account of how `text` is read: the text with marks under the characters used, and a line for every
    column.

    >>> print(explain("£20 an hour").splitlines()[1])
    aaa bbbbbbb
    """
    salary = read_printed(text, None, None)
    letters = _letters(salary)
    lines = [*_marked(text, letters), ""]
    if not salary.evidence:
        lines.append("nothing about pay was read")
    for column, evidence in salary.evidence.items():
        value = _words(getattr(salary, column, None))
        lines.append(f"{letters[evidence.start, evidence.end]}  {column} = {value}: {_rule(evidence.rule)}")
    lines += [f"!  {issue.kind}: {issue.text}" for issue in salary.issues]
    return "\n".join(line.rstrip() for line in lines)


def _letters(salary: Salary) -> dict[tuple[int, int], str]:
    """Return a letter for every span of evidence, in the order of the text."""
    spans = sorted({(e.start, e.end) for e in salary.evidence.values()})
    return {span: chr(ord("a") + nth) for nth, span in enumerate(spans)}


def _marked(text: str, letters: dict[tuple[int, int], str]) -> list[str]:
    """Return the text in lines, each with a line of letters under the characters that gave a value; shorter spans on
    top.
    """
    marks = [" "] * len(text)
    for start, end in sorted(letters, key=lambda span: span[0] - span[1]):
        marks[start:end] = letters[start, end] * (end - start)
    shown = "".join(" " if c.isspace() else c for c in text)
    lines: list[str] = []
    for at in range(0, len(text), _WIDTH):
        lines += [shown[at : at + _WIDTH], "".join(marks[at : at + _WIDTH])]
    return lines or ["", ""]


def _words(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,}"
    if isinstance(value, tuple):
        return "; ".join(f"{extra.kind} {extra.text!r}" for extra in value)
    return str(value)


def _rule(rule: str) -> str:
    prefix, _, rest = rule.partition(":")
    if rule in _RULES:
        return _RULES[rule]
    return _PREFIXES[prefix] + rest if prefix in _PREFIXES else rule
