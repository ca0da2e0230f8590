"""Countries and foreign states by name and by code.

In: a folded name, or a code as printed. Out: rows of abroad.csv. The United Kingdom is none of them; the Crown dependencies
are: they have British postcodes and are no part of it.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import attrs

from jobscraper.text.fold import fold_name


@attrs.frozen
class ForeignArea:
    """A country, or a state of one (`country` is the ISO 3166-1 code of the country either way)."""

    name: str
    kind: Literal["country", "state"]
    country: str

    @property
    def area_id(self) -> str:
        """An id of ours, like those of areas.csv: `abroad:south-korea`."""
        return f"abroad:{fold_name(self.name).replace(' ', '-')}"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, ForeignArea], dict[str, tuple[ForeignArea, ...]]]:
    names: dict[str, ForeignArea] = {}
    codes: dict[str, tuple[ForeignArea, ...]] = {}
    with files(__package__).joinpath("data/abroad.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            area = ForeignArea(row["name"], "country" if row["kind"] == "country" else "state", row["country"])
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                if names.setdefault(fold_name(name), area).kind == "state":
                    names[fold_name(name)] = area  # Georgia is a country first.
            for code in row["codes"].split("|"):
                codes[code] = (*codes.get(code, ()), area)
    return names, codes


def foreign_area_named(folded: str) -> ForeignArea | None:
    """Return the country or state of that folded name."""
    return _tables()[0].get(folded)


def foreign_areas_coded(code: str) -> tuple[ForeignArea, ...]:
    """Return the countries and states of a code of ISO 3166, in capitals (`CA` is Canada and California)."""
    return _tables()[1].get(code, ())
