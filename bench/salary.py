"""How many printed salaries are read a second on one core, beside a bare regular expression for two amounts.

usage: python -m bench.salary [FILE]

FILE has one string a line, or is a TSV with a `text` column (default: the labelled strings of the tests). Both
are timed in the same run, in rounds that alternate, by the processor's own clock. The best round of each says what the
code costs, the median what a busy machine makes of it; `cold` rounds begin without what was remembered of single words.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.gold import FOLDER
from jobscraper.normalise.salary.read import read_text
from jobscraper.normalise.salary.tokens import _named

_TWO_AMOUNTS = re.compile(r"£?\s?(\d[\d,]*(?:\.\d+)?)(?:\s*(?:-|–|to)\s*£?\s?(\d[\d,]*(?:\.\d+)?))?")
_ROUNDS = 60
_DEFAULT = FOLDER / "salaries.tsv"


def strings(path: Path) -> list[str]:
    """Return the strings of a file; of a TSV with a header, those of the column `text`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    if "text" not in header:
        return lines
    column = header.index("text")
    return [line.split("\t")[column] for line in lines[1:]]


def seconds(read: Callable[[str], Any], texts: list[str]) -> float:
    """Return the processor seconds that reading all `texts` once takes."""
    start = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - start


def main() -> None:
    """Print strings a second for both, and the ratio."""
    texts = strings(Path(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT)
    rounds: dict[str, list[float]] = {"warm": [], "cold": [], "regex": []}
    for _ in range(_ROUNDS):
        rounds["warm"].append(seconds(read_text, texts))
        _named.cache_clear()
        rounds["cold"].append(seconds(read_text, texts))
        rounds["regex"].append(seconds(_TWO_AMOUNTS.search, texts))
    print(f"{len(texts)} strings, {sum(map(len, texts)) / len(texts):.0f} characters each on average")
    for name, took in rounds.items():
        best, middle, ratio = min(took), median(took), min(took) / min(rounds["regex"])
        print(
            f"{name}: {len(texts) / best:,.0f} strings/s at best, {len(texts) / middle:,.0f} in the median; "
            f"{ratio:.0f} times the time of the regular expression"
        )


if __name__ == "__main__":
    main()
