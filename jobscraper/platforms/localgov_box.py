"""The text of LocalGov's box of jobs, as lines: title, employer, pay, blurb and place in one, `Recuriter:` and the employer.

Labels are known by their meaning, however they are spelt. What cannot be read is a problem, not silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from jobscraper.items import Problem
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import split_label

_HEADING = re.compile(r"(?:\w+ ){0,3}jobs:?", re.IGNORECASE)
_PAY = re.compile(
    r"[£€] ?\d|\b\d{2,3}[,.]\d{3}\b|\b\d{5,6}(?:\.\d+)?\b|\b\d{1,2}\.\d\d ?(?:ph|per hour)|^(?:salary|grade|band|scp)\b"
    r"|\b(?:negotiable|competitive|per annum)\b",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Listing:
    """One listing of the box, verbatim. `labels`: what stood there with a label, by field of `RawAdvert`."""

    title: str
    employer: str
    salary: str | None
    blurb: str | None
    labels: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Box:
    """The listings that could be read, and what could not."""

    listings: tuple[Listing, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_box(lines: Sequence[str]) -> Box:
    """Read the listings of a box out of the lines of a page."""
    start = _heading(lines)
    printed = _with_values([line for line in lines[start:] if line.strip()])
    if start and _is_labelled_second(printed):
        return Box(listings=tuple(_labelled_second(printed)))
    return _labelled_last(printed, has_heading=start > 0)


def _labelled_last(lines: Iterable[str], *, has_heading: bool) -> Box:
    """The box as it was seen: a listing ends with its line `Recuriter: <employer>`."""
    listings: list[Listing] = []
    problems: list[Problem] = []
    block: list[str] = []
    for line in lines:
        employer = _employer(line)
        if employer is None or len(block) < 2:
            block.append(line if employer is None else employer)
            continue
        listing, before = _listing(block, employer)
        if listing:
            listings.append(listing)
        if listing is None or (_begins_listing(before) and (has_heading or len(listings) > 1)):
            problems.append(Problem(kind="listing_unreadable", text=_excerpt([*before, line])))
        block = []
    if _begins_listing(block) or (has_heading and not listings and not problems):
        problems.append(Problem(kind="listing_cut_off" if listings else "box_unreadable", text=_excerpt(block)))
    return Box(listings=tuple(listings), problems=tuple(problems))


def _is_labelled_second(lines: Sequence[str]) -> bool:
    """True for a box that prints the label once in a listing, below the title, and always the same one."""
    labelled = [number for number, line in enumerate(lines) if _employer(line) is not None]
    spellings = {lines[number].split(":")[0].strip() for number in labelled}
    return bool(labelled) and labelled[0] == 1 and len(spellings) == 1


def _labelled_second(lines: Sequence[str]) -> Iterable[Listing]:
    """Title, `Employer: …`, then pay, blurb and what else there is, up to the next title."""
    labelled = [number for number, line in enumerate(lines) if _employer(line) is not None]
    longest = max((later - earlier - 2 for earlier, later in pairwise(labelled)), default=2)
    for number, following in zip(labelled, [*labelled[1:], None], strict=True):
        body = lines[number + 1 : following - 1] if following else lines[number + 1 :][:longest]
        title = split_label(lines[number - 1])
        yield _make_listing(title.value if title else lines[number - 1], _employer(lines[number]) or "", body)


def _with_values(lines: Iterable[str]) -> list[str]:
    """Put a label that stands on a line of its own (`Recuriter:`) together with the line below it."""
    joined: list[str] = []
    for line in lines:
        labelled = split_label(joined[-1]) if joined else None
        if labelled and not labelled.value:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _heading(lines: Sequence[str]) -> int:
    """The number of the line below the heading of the box (`Highways jobs`); 0 where the page has none."""
    first_label = next((number for number, line in enumerate(lines) if _employer(line) is not None), len(lines))
    headings = (number for number, line in enumerate(lines[:first_label], 1) if _HEADING.fullmatch(fold_space(line)))
    return max(headings, default=0)


def _employer(line: str) -> str | None:
    labelled = split_label(line)
    return labelled.value if labelled and labelled.field == "employer" else None


def _listing(block: Sequence[str], employer: str) -> tuple[Listing | None, Sequence[str]]:
    """The listing that a block of lines prints, whose last line named `employer`, and what stands before it.

    The employer stands a second time on the line below the title, which is how the beginning of the first listing is
    told from what stands before the box.
    """
    named = [number for number, line in enumerate(block) if number and fold_name(line) == fold_name(employer)]
    if named:
        title = named[-1] - 1
        return _make_listing(block[title], employer, block[named[-1] + 1 :]), block[:title]
    unlabelled = [line for line in block if not split_label(line)]
    if not 2 <= len(unlabelled) <= 4:
        return None, block
    # The two names differ, or one is missing: the label's is the employer, the other line is left out.
    without_name = block[1:] if _is_pay(block[1]) else block[2:]
    return _make_listing(block[0], employer or block[1], without_name), []


def _make_listing(title: str, employer: str, body: Sequence[str]) -> Listing:
    labels = {labelled.field: labelled.value for line in body if (labelled := split_label(line))}
    salary, blurb = _salary_and_blurb([line for line in body if not split_label(line)])
    return Listing(title=title, employer=employer, salary=salary, blurb=blurb, labels=labels)


def _salary_and_blurb(lines: Sequence[str]) -> tuple[str | None, str | None]:
    if len(lines) == 1 and not _is_pay(lines[0]):
        return None, lines[0]
    return (lines[0] if lines else None), " ".join(lines[1:]) or None


def _is_pay(line: str) -> bool:
    return len(line) <= 100 and _PAY.search(line.strip()) is not None


def _begins_listing(block: Sequence[str]) -> bool:
    """True if the lines look like the beginning of a listing, not like a footer: pay stands below one or two others."""
    return any(_is_pay(line) for line in block[1:4])


def _excerpt(lines: Sequence[str]) -> str:
    return " / ".join(folded for line in lines if (folded := fold_space(line)))[:300]
