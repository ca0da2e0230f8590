"""The text of LocalGov's box of jobs, as lines: title, employer, pay, blurb and place in one, `Recuriter:` and the employer.

Labels are known by their meaning, however they are spelt. What cannot be read is a problem, not silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from jobscraper.model.reading import Problem
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import Labelled, field_of_label, is_bare_label, split_label

LONGEST_VALUE = 80
_LONGEST_HEADING = 200
"""With the white space around it."""
_AMOUNT = re.compile(r"[£€]? ?\d[\d,.]{2,}")
_GOES_ON = re.compile(r"(?:[-–—]|\bto)\s*$", re.IGNORECASE)
_BODY = re.compile(r"^[A-Z].{0,70}\b(?:Council|Borough|University|Trust|Authority|Academy|School|College)\b")
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
    printed = _with_values([line for printed in lines[start:] if (line := fold_space(printed))])
    if start and _is_labelled_second(printed):
        found = list(_labelled_second(printed))
        return Box(
            listings=tuple(listing for listing, _ in found if listing),
            problems=tuple(
                Problem(kind="listing_unreadable", text=_excerpt(first)) for listing, first in found if listing is None
            ),
        )
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


def _labelled_second(lines: Sequence[str]) -> Iterable[tuple[Listing | None, Sequence[str]]]:
    """Title, `Employer: …`, then pay, blurb and what else there is, up to the next title; with the first two lines."""
    labelled = [number for number, line in enumerate(lines) if _employer(line) is not None]
    longest = max((later - earlier - 2 for earlier, later in pairwise(labelled)), default=2)
    for number, following in zip(labelled, [*labelled[1:], None], strict=True):
        body = lines[number + 1 : following - 1] if following else lines[number + 1 :][:longest]
        yield _make_listing(lines[number - 1], _employer(lines[number]) or "", body), lines[number - 1 : number + 1]


def _with_values(lines: Sequence[str]) -> list[str]:
    """Put a label that stands on a line of its own (`Recuriter:`, `Employer`) together with the line below it.

    Without a colon, a word is taken for a label only where employer and salary both stand like that.
    """
    bare = {field_of_label(line) for line in lines if is_bare_label(line)}
    colon_needed = not {"employer", "salary"} <= bare
    joined: list[str] = []
    for line in lines:
        label = joined[-1].rstrip() if joined else ""
        labelled = split_label(label if colon_needed or not is_bare_label(label) else f"{label}:")
        if labelled and not labelled.value:
            joined[-1] = f"{label.removesuffix(':')}: {line.strip()}"
        else:
            joined.append(line)
    return joined


def _heading(lines: Sequence[str]) -> int:
    """The number of the line below the heading of the box (`Highways jobs`); 0 where the page has none.

    It is the first one under which an employer is labelled before the next: a menu may say `Jobs`, too.
    """
    headings = [
        number
        for number, line in enumerate(lines, 1)
        if len(line) < _LONGEST_HEADING and "jobs" in line.lower() and _HEADING.fullmatch(fold_space(line))
    ]
    for heading, following in zip(headings, [*headings, len(lines)][1:], strict=True):
        if any(_employer(line) is not None for line in _with_values(lines[heading:following])):
            return heading
    return max(headings, default=0)


def _employer(line: str) -> str | None:
    """The employer that a line labels; a sentence that happens to begin with such a word names nobody."""
    labelled = split_label(line)
    if not labelled or labelled.field != "employer":
        return None
    value = labelled.value
    return value if not value or (len(value) <= 120 and not value[0].islower() and not value.endswith(".")) else None


def _listing(block: Sequence[str], employer: str) -> tuple[Listing | None, Sequence[str]]:
    """The listing that a block of lines prints, whose last line named `employer`, and what stands before it.

    The employer stands a second time on the line below the title, which is how the beginning of the first listing is
    told from what stands before the box.
    """
    named = [number for number, line in enumerate(block) if number and fold_name(line) == fold_name(employer)]
    if named:
        title = named[-1] - 1
        listing = _make_listing(block[title], employer, block[named[-1] + 1 :])
        return listing, block[:title] if listing else block
    unlabelled = [line for line in block if not _label(line)]
    if not 2 <= len(unlabelled) <= 4:
        return None, block
    # The two names differ, or one is missing: the label's is the employer, the other line is left out.
    without_name = block[1:] if is_pay(block[1]) else block[2:]
    listing = _make_listing(block[0], employer or block[1], without_name)
    return listing, [] if listing else block


def _make_listing(title: str, employer: str, body: Sequence[str]) -> Listing | None:
    """None where the line that should be the title is none: a label, pay, or the employer's name."""
    labelled_title = split_label(title)
    if labelled_title and labelled_title.field == "title":
        title = labelled_title.value
    if (
        not title.strip()
        or is_bare_label(title)
        or _AMOUNT.match(title.strip())
        or fold_name(title) == fold_name(employer)
    ):
        return None
    labels = {labelled.field: labelled.value for line in body if (labelled := _label(line))}
    salary, blurb = _salary_and_blurb(_whole_pay([line for line in body if not _label(line)]))
    return Listing(title=title, employer=employer, salary=salary, blurb=blurb, labels=labels)


def _label(line: str) -> Labelled | None:
    """The label of a line; prose that begins like one (`Hours: 37. You will …`) is prose."""
    labelled = split_label(line)
    return labelled if labelled and len(labelled.value) <= LONGEST_VALUE and ". " not in labelled.value else None


def _whole_pay(lines: Sequence[str]) -> Sequence[str]:
    """Join pay that runs over two lines: `£34,203 -` and `£37,067`."""
    if len(lines) > 1 and is_pay(lines[0]) and _GOES_ON.search(lines[0]) and _AMOUNT.match(lines[1].strip()):
        return [f"{lines[0].rstrip()} {lines[1].strip()}", *lines[2:]]
    return lines


def _salary_and_blurb(lines: Sequence[str]) -> tuple[str | None, str | None]:
    if len(lines) == 1 and not is_pay(lines[0]):
        return None, lines[0]
    return (lines[0] if lines else None), " ".join(lines[1:]) or None


def is_pay(line: str) -> bool:
    """True for a line that is pay, or says that there is some (`Negotiable`)."""
    return len(line) <= 100 and _PAY.search(line.strip()) is not None


def _begins_listing(block: Sequence[str]) -> bool:
    """True if the lines look like the beginning of a listing, not like a footer: below the title stand a body and pay."""
    return any(is_pay(line) for line in block[1:3]) or any(_BODY.search(line) for line in block[1:2])


def _excerpt(lines: Sequence[str]) -> str:
    return " / ".join(folded for line in lines if (folded := fold_space(line)))[:300]
