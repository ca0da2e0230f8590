"""The MJ's box of jobs, as lines: title, pay, a blurb that ends in `Apply for this job`, and the employer below it.

It is the same box as LocalGov's, from the same board, in another template; its carousel prints the list twice. On some
pages a listing is no more than its blurb: that tells no job, and is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobscraper.boards.localgov.box import Box, Listing, is_pay
from jobscraper.model.reading import Problem
from jobscraper.text.fold import fold_space

_APPLY = re.compile(r"\s*\bApply for (?:this|the) job\W*$", re.IGNORECASE)
_LONGEST_NAME = 100


def read_applied(lines: Sequence[str]) -> Box:
    """Read the listings whose blurbs end in `Apply for this job`; a page without such a line has none, and no problem."""
    printed = list(_joined(lines))
    ends = [number for number, line in enumerate(printed) if _APPLY.search(line)]
    listings: list[Listing] = []
    problems: list[Problem] = []
    for number, before, following in zip(ends, [-1, *ends], [*ends[1:], None], strict=False):
        below = printed[number + 1 : following]
        # Without an employer, the line below is the title of the next listing, with its pay under it.
        named = below[0] if below and (following is None or len(below) > 2) else ""
        listing = _listing(printed[before + 1 : number], printed[number], named)
        if listing and listing not in listings:
            listings.append(listing)
        if not listing:
            problems.append(Problem(kind="listing_unreadable", text=printed[number][:300]))
    return Box(listings=tuple(listings), problems=tuple(dict.fromkeys(problems)))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines that are not empty; a button on a line of its own belongs to the blurb above it."""
    held: str | None = None
    for line in filter(None, map(fold_space, lines)):
        if held is not None and _APPLY.match(line):
            held = f"{held} {line}"
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _listing(above: Sequence[str], last: str, employer: str) -> Listing | None:
    """Return the listing of a blurb with title and pay above it, or None where they or the employer are not there."""
    if len(above) < 2 or not is_pay(above[-1]) or not _is_name(above[-2]) or not _is_name(employer):
        return None
    return Listing(title=above[-2], employer=employer, salary=above[-1], blurb=_APPLY.sub("", last) or None)


def _is_name(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_NAME and not line.endswith((".", "…")) and not is_pay(line)
