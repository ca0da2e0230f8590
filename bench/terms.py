"""How many printed closing dates and terms are read as people labelled them: `python -m bench.terms FOLDER [--misses N]`.

FOLDER holds `dates.tsv` (text, observed, closes_at: a day, or a day with a London time) and `contracts.tsv` (text,
contract_type, working_pattern, hours_per_week), tab separated without quoting. A blank label means that the text prints
nothing of the kind: whatever is read there is invented. Rows noted `ambiguous` and cells labelled `?` do not count.
Each text is read as the one field that a board prints; a line for each column, and for each miss where asked for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import attrs
import click

from jobscraper.normalise.dates.dates import LONDON, read_closing
from jobscraper.normalise.terms.contract import read_terms

TERMS = ("contract_type", "working_pattern", "hours_per_week")


@attrs.frozen
class Cell:
    """One labelled value beside what was read; both blank where there is none."""

    column: str
    text: str
    wanted: str
    read: str


def cells(folder: Path) -> Iterator[Cell]:
    """Read all labelled texts of a folder."""
    for row in _rows(folder / "dates.tsv"):
        seen = datetime.fromisoformat(f"{row['observed']}T12:00").replace(tzinfo=UTC)
        closes = read_closing(row["text"], observed=seen).value
        yield Cell("closes_at", row["text"], row["closes_at"], _london(closes, row["closes_at"]))
    for row in _rows(folder / "contracts.tsv"):
        terms = read_terms(row["text"], None, None)
        for column in TERMS:
            wanted, value = row[column], getattr(terms, column).value
            if wanted != "?":
                yield Cell(column, row["text"], _same_form(wanted), _same_form("" if value is None else str(value)))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "ambiguous" not in row["note"]:
                yield row


def _london(closes: datetime | None, wanted: str) -> str:
    """The closing time as the label has it: where it is a day, the hour does not count."""
    if closes is None:
        return ""
    local = closes.astimezone(LONDON)
    return f"{local:%Y-%m-%dT%H:%M}" if "T" in wanted else f"{local:%Y-%m-%d}"


def _same_form(value: str) -> str:
    """Patterns in any order; hours with or without a point."""
    return ", ".join(sorted(part.strip().removesuffix(".0") for part in value.split(",")))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--misses", default=0, help="How many misses of a column to print.")
def main(folder: Path, misses: int) -> None:
    """Print for each column how many labels are met, and how many values are invented where none is printed."""
    found = list(cells(folder))
    for column in ("closes_at", *TERMS):
        own = [cell for cell in found if cell.column == column]
        wrong = [cell for cell in own if cell.read != cell.wanted]
        blank = [cell for cell in own if not cell.wanted]
        right, invented = len(own) - len(wrong), sum(bool(cell.read) for cell in blank)
        print(f"{column}: {right}/{len(own)} = {right / len(own):.1%}; invented {invented} of {len(blank)} blanks")
        for cell in wrong[:misses]:
            print(f"  {cell.text!r}: {cell.wanted or 'nothing'!r}, read {cell.read or 'nothing'!r}")


if __name__ == "__main__":
    main()
