"""How many of the labelled strings are read as their labels say: pay, employers and places.

usage: python -m bench.gold [FOLDER] [--misses N]

FOLDER holds salaries.tsv, employers.tsv and locations.tsv with the columns that tests/gold/README.md describes (default: that
folder). A kind's headline is its first part; the others are parts of it, or stand beside it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from jobscraper.normalise.employer.employer import read_employer
from jobscraper.normalise.location.location import read_location
from jobscraper.normalise.salary import read_salary
from jobscraper.text.fold import fold_name

FOLDER = Path(__file__).parent.parent / "tests" / "gold"

_PENNY, _POUND = 0.006, 1.0
_ACTUAL = re.compile(r"actual=(\d+(?:\.\d+)?)")
# Readers differ on these, or only the rest of the advert would tell; employers and places of ambiguous names have labels.
_UNDECIDED = {"salaries": "ambiguous", "employers": "undecidable", "locations": "undecidable"}

Row: TypeAlias = dict[str, str]
Marks: TypeAlias = dict[str, bool]


class Marked(NamedTuple):
    """What was read of one row: the string, what was read of it, and which of its parts are right."""

    text: str
    got: str
    marks: Marks


def marked(kind: str, folder: Path = FOLDER) -> list[Marked]:
    """Read the labelled strings of a kind (`salaries`…) and mark each; rows without a certain label are left out."""
    with (folder / f"{kind}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [KINDS[kind](row) for row in rows if _is_certain(kind, row)]


def tally(found: list[Marked]) -> dict[str, tuple[int, int]]:
    """Return how many are right, and of how many, for each part; a row without a label of a part is not counted there."""
    asked = Counter(part for row in found for part in row.marks)
    right = Counter(part for row in found for part, is_right in row.marks.items() if is_right)
    return {part: (right[part], number) for part, number in asked.items()}


def misses(found: list[Marked], part: str) -> list[str]:
    """Return a line for every string of which this part was read wrongly."""
    return [f"{row.text!r}: {row.got}" for row in found if not row.marks.get(part, True)]


def _is_certain(kind: str, row: Row) -> bool:
    tags = row["note"].split(";")
    return _UNDECIDED[kind] not in tags and "field_shift" not in tags and row.get("canonical") != ""


def _near(labelled: str, value: object, tolerance: float) -> bool:
    if labelled == "" or value is None:
        return labelled == "" and value is None
    return abs(float(labelled) - float(str(value))) < tolerance


def _pay(row: Row) -> Marked:
    pay = read_salary(row["text"])
    got = f"{pay.salary_min}..{pay.salary_max} {pay.salary_currency} {pay.salary_period}, {pay.salary_basis}"
    amounts = _near(row["min"], pay.salary_min, _PENNY) and _near(row["max"], pay.salary_max, _PENNY)
    qualifier = (pay.salary_qualifier or "").replace("depends_on_experience", "doe") == row["qualifier"]
    if not row["min"] and not row["max"]:
        return Marked(row["text"], got, {"exact": amounts, "amounts": amounts, "qualifier": qualifier})
    # A dollar on an Australian council's page: the string alone cannot tell.
    dollars = {"USD", "AUD"} if "currency_context" in row["note"] else set()
    currency = pay.salary_currency in {row["currency"], *dollars}
    period = (pay.salary_period or "") == row["period"]
    marks = {
        "exact": amounts and currency and period,
        "amounts": amounts,
        "currency": currency,
        "period": period,
        "basis": pay.salary_basis == row["basis"],
        "annual, to the pound": _near(row["annual_min"], pay.salary_annual_min, _POUND)
        and _near(row["annual_max"], pay.salary_annual_max, _POUND),
        "qualifier": qualifier,
    }
    if actual := _ACTUAL.search(row["note"]):
        marks["actual, to the pound"] = _near(actual[1], pay.salary_actual_min, _POUND)
    return Marked(row["text"], got, marks)


def _bare(name: str | None) -> str:
    """Fold what does not tell two bodies apart: case, accents, punctuation, `The`, a company suffix."""
    return re.sub(r" (limited|ltd|plc)$", "", fold_name(name or ""))


def _employer(row: Row) -> Marked:
    employer = read_employer(row["text"])
    marks = {
        "name": _bare(employer.employer_name) == _bare(row["canonical"]),
        "kind": (employer.employer_kind or "") == row["kind"],
    }
    return Marked(row["text"], f"{employer.employer_name}, {employer.employer_kind}", marks)


def _key(value: str) -> str:
    return value.replace(" ", "").lower()


def _location(row: Row) -> Marked:
    location = read_location(row["text"])
    got = {
        part: {_key(getattr(place, part) or "") for place in location.places} - {""}
        for part in ("region", "lad_code", "postcode")
    }
    right = {part: values == {_key(value) for value in row[part].split(";")} - {""} for part, values in got.items()}
    marks = {"region and lad_code": right["region"] and right["lad_code"], **right}
    if row["mode"]:
        marks["workplace"] = location.workplace == row["mode"]
    return Marked(row["text"], "; ".join(", ".join(sorted(values)) for values in got.values()), marks)


KINDS: dict[str, Callable[[Row], Marked]] = {"salaries": _pay, "employers": _employer, "locations": _location}


def main() -> None:
    """Print, a kind a line, the share that is right of each part, and the strings whose headline is not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--misses", type=int, default=0, help="how many of the wrong ones to print, a kind")
    asked = parser.parse_args()
    for kind in KINDS:
        found = marked(kind, asked.folder)
        parts = tally(found)
        print(f"{kind}: " + "; ".join(f"{part} {right}/{of} = {right / of:.1%}" for part, (right, of) in parts.items()))
        for line in misses(found, next(iter(parts)))[: asked.misses]:
            print(f"  {line}")


if __name__ == "__main__":
    main()
