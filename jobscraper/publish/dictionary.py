"""The data dictionary: what every published table and column means, for the site, for the docs and for the snapshot.

`python -m jobscraper.publish.dictionary` prints docs/data-dictionary.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from jobscraper.model.columns import ADVERT


@attrs.frozen(kw_only=True)
class Table:
    """One published table in words. `label` is the column that stands for a row in links; facets are few on purpose.

    `made_by_publish`: made with the snapshot, not copied from the archive.
    """

    name: str
    title: str
    description: str
    columns: Mapping[str, str]
    units: Mapping[str, str] = attrs.field(factory=dict)
    label: str | None = None
    sort: str | None = None
    sort_desc: str | None = None
    facets: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    made_by_publish: bool = False

    def column_in_words(self, column: str) -> str:
        """The meaning of a column with its unit, as one sentence."""
        unit = self.units.get(column)
        return f"{self.columns[column]} ({unit})." if unit else f"{self.columns[column]}."


@cache
def tables() -> Mapping[str, Table]:
    """All published tables by name, in the order in which people want to see them."""
    text = files(__package__).joinpath("dictionary.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    entries["advert"] |= {
        "columns": {column.name: column.meaning for column in ADVERT},
        "units": {column.name: column.unit for column in ADVERT if column.unit},
    }
    return {name: Table(name=name, **entry) for name, entry in entries.items()}


def archive_tables() -> tuple[str, ...]:
    """The tables that are copied from the archive."""
    return tuple(table.name for table in tables().values() if not table.made_by_publish)


def as_markdown() -> str:
    """The whole dictionary as a Markdown page."""
    lines = [
        "# Data dictionary",
        "",
        "The tables of the published `archive.db`. Amounts in adverts are in the currency that `salary_currency` names; dates are",
        "ISO 8601; instants are UTC (`2026-11-23T17:00:00Z`); 1 means yes and 0 no. NULL means that the board does not print the",
        "value, or that it could not be worked out.",
        "",
        "This page is made from `jobscraper/publish/dictionary.toml`, and of `advert` from `jobscraper/model/columns.py`; change those",
        "and run `python -m jobscraper.publish.dictionary > docs/data-dictionary.md`.",
    ]
    for table in tables().values():
        lines += ["", f"## {table.name}", "", table.description, "", "| column | meaning |", "|---|---|"]
        lines += [f"| `{column}` | {table.column_in_words(column)} |" for column in table.columns]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
