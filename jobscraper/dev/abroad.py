"""Makes abroad.csv: countries, and the states of federations whose towns bear British names. Run by a maintainer.

    python -m venv build
    build/bin/pip install pycountry==26.2.16 babel==2.19.0
    PYTHONPATH=. build/bin/python -m jobscraper.dev.abroad

In: the countries and subdivisions of ISO 3166 by pycountry, and the everyday English names of CLDR by Babel (`South
Korea`, where ISO says `Korea, Republic of`). Out: the table beside this file, sorted. Only the United States, Canada and
Australia print a state instead of the country (`Boston, MA`).
"""

from __future__ import annotations

import csv
import pathlib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

_DATA = pathlib.Path(str(files("jobscraper.registers") / "data"))
_FEDERATIONS = ("US", "CA", "AU")
_SOURCE = "iso-3166 cldr-names"
Row = dict[str, str]


def country_rows() -> Iterator[Row]:
    """Yield the countries of ISO 3166-1 but the United Kingdom, each with its names and codes."""
    import pycountry
    from babel import Locale

    everyday = Locale("en").territories
    for country in pycountry.countries:
        if country.alpha_2 == "GB":
            continue
        name = everyday.get(country.alpha_2, country.name).replace("&", "and")
        official = (getattr(country, field, None) for field in ("common_name", "name", "official_name"))
        yield _row("country", name, [n for n in official if n], [country.alpha_2, country.alpha_3], country.alpha_2)


def state_rows() -> Iterator[Row]:
    """Yield the states, provinces and territories of the federations (ISO 3166-2)."""
    import pycountry

    for code in _FEDERATIONS:
        for state in pycountry.subdivisions.get(country_code=code):
            yield _row("state", state.name, [], [state.code.removeprefix(f"{code}-")], code)


def _row(kind: str, name: str, aliases: list[str], codes: list[str], country: str) -> Row:
    others = [alias for alias in dict.fromkeys(aliases) if alias != name]
    return {
        "name": name,
        "kind": kind,
        "aliases": "|".join(others),
        "codes": "|".join(codes),
        "country": country,
        "source": _SOURCE,
    }


def main() -> None:
    """Write the table."""
    rows: list[Any] = sorted([*country_rows(), *state_rows()], key=lambda row: (row["name"], row["kind"]))
    with (_DATA / "abroad.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
