"""How fast employers and places are read, as ratios against folding the same strings: `python -m bench.registers`.

Prints the start-up of the look-ups, their memory, distinct strings read in a second of one core's time, and what it saves
to read a distinct string once a run: boards print a few hundred employers ten thousand times. A ratio says more than a
time: a machine that is twice as slow folds twice as slowly too.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from jobscraper.normalise.employer import employer
from jobscraper.normalise.employer.employer import read_employer
from jobscraper.normalise.location import location
from jobscraper.normalise.location.location import read_location
from jobscraper.registers.employers import employers
from jobscraper.registers.places import places
from jobscraper.text.fold import fold_name

_START = (
    "import time, resource; from jobscraper.normalise.employer.employer import read_employer;"
    "from jobscraper.normalise.location.location import read_location; start = time.process_time();"
    "read_employer('Middlesbrogh Council'); read_location('Leeds, LS1 4AP');"
    "print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def _employer_strings() -> list[str]:
    """Strings as boards print them: names, aliases, labels, codes, divisions, and as many unknown bodies."""
    names = [name for row in employers()[::5] for name in (row.name, *row.aliases[:1])]
    printed = [*names, *(f"Recuriter: {name}" for name in names[::4]), *(f"{name} (279)" for name in names[::4])]
    return printed + [f"{row.name} Community Primary School" for row in places()[::5]]


def _location_strings() -> list[str]:
    rows = places()[::4]
    printed = [row.name for row in rows] + [f"{row.name}, {row.county or row.region}" for row in rows]
    printed += [f"12 High Street, {row.name}, {row.lad_name}, LS1 4AP" for row in rows[::2]]
    return printed + [
        f"{a.name}, {b.name} or {c.name} (hybrid)" for a, b, c in zip(rows, rows[7:], rows[11:], strict=False)
    ]


def _rate(read: Callable[[str], object], strings: Sequence[str], forget: Callable[[], None] | None = None) -> float:
    """Return strings a second, the best of three rounds, each of which begins without what the last one remembered."""
    best = 0.0
    for _ in range(3):
        if forget:
            forget()
        start = time.process_time()
        for string in strings:
            read(string)
        best = max(best, len(strings) / (time.process_time() - start))
    return best


def _as_a_run_prints(strings: Sequence[str]) -> list[str]:
    """10,000 strings of a run: 500 distinct ones, a few of them very often, as adverts of one board are."""
    chance = random.Random(5)
    some = chance.sample(strings, 500)
    return chance.choices(some, weights=[1 / (rank + 1) for rank in range(len(some))], k=10_000)


def main() -> None:
    """Print the figures."""
    done = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
    seconds, kilobytes = done.stdout.split()
    print(f"start-up of the look-ups {float(seconds):.2f} s, process {int(kilobytes) / 1024:.0f} MB")
    for what, read, module, printed in (
        ("employer", read_employer, employer, _employer_strings()),
        ("location", read_location, location, _location_strings()),
    ):
        strings = list(dict.fromkeys(printed))
        rate, fold = _rate(read, strings, module._read.cache_clear), _rate(fold_name, strings)
        run, forget = _as_a_run_prints(strings), module._read.cache_clear
        once, always = _rate(read, run, forget), _rate(lambda string, r=read, f=forget: (f(), r(string)), run)  # type: ignore[misc]
        print(f"{what}: of 10,000 strings of a run each distinct one read once: {once / always:.0f} times as fast")
        print(
            f"{what}: {rate:,.0f} of {len(strings):,} distinct strings a second; folding is {fold / rate:.0f} times as fast"
        )


if __name__ == "__main__":
    main()
