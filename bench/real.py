"""What the readers make of whole boards of real adverts: `python -m bench.real FOLDER [--links] [--to PAGE.md]`.

FOLDER holds files of JSON lines, packed with gzip, whose names end in the day of the crawl (`board_2026-08-22.jsonl.gz`;
`board_2020-11` was seen in its first week): JobPostings of schema.org, or flat objects with title, employer, location,
salary_text, employment_type, posted_date, closing_date. Each advert goes the way of `jobscraper normalise advert`.

Printed: for each column the share of adverts that fill it and the share with an issue on it, by source, and how many
adverts are implausible in which way; then each of those. `--links` lists the employers whose printed words are not those of
the body that they are linked to. `--to` writes the tables into a page, between its two marks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import click

from bench.implausible import Answer, implausible
from jobscraper.archive.advert_line import advert_answer
from jobscraper.model.reading import RawAdvert
from jobscraper.read.jsonld import PostingEntry
from jobscraper.text.fold import fold_name

BEGIN, END = "<!-- bench.real: begin -->", "<!-- bench.real: end -->"
_NAME = re.compile(r"(?P<source>.+?)_(?P<month>\d{4}-\d\d)(?:-(?P<day>\d\d))?(?:_\w+)?\.jsonl\.gz")
# The columns that only repeat what is printed, or say how it was read.
_NOT_READ = frozenset(
    {
        "source_ref",
        "title",
        "url",
        "employer_text",
        "location_text",
        "salary_text",
        "department",
        "category",
        "reference",
    }
    | {"apply_url", "description", "labels", "places", "evidence", "issues", "normaliser_version"}
)
_FLAT = {
    "title": "title", "employer": "employer", "location": "location", "salary": "salary_text", "posted": "posted_date",
    "closes": "closing_date", "contract": "employment_type",
}  # fmt: skip
_REFERENCES = ("identifier", "source_job_id")


@attrs.define
class Told:
    """What was counted of the adverts of a source."""

    adverts: int = 0
    filled: Counter[str] = attrs.field(factory=Counter)
    issues: Counter[str] = attrs.field(factory=Counter)
    implausible: set[tuple[str, str, str]] = attrs.field(factory=set)
    links: Counter[tuple[str, str, str]] = attrs.field(factory=Counter)

    def add(self, answer: Answer, observed: datetime) -> None:
        """Count one advert."""
        self.adverts += 1
        linked = _is_linked(answer)
        filled = {column for column, value in answer.items() if value not in (None, [], {})}
        self.filled.update(filled if linked else filled - {"employer_id"})
        self.issues.update({issue["field"] or "" for issue in answer["issues"]})
        self.implausible.update((kind, values, _printed(answer)) for kind, values in implausible(answer, observed))
        if linked and _words(answer["employer_text"]) != _words(answer["employer_name"]):
            self.links[answer["employer_text"], answer["employer_name"], answer["employer_id"]] += 1


def _is_linked(answer: Answer) -> bool:
    """Whether the employer is a body of a register: an `unresolved:` one stands under its printed name."""
    return bool(answer["employer_id"]) and not answer["employer_id"].startswith("unresolved:")


def _printed(answer: Answer) -> str:
    shown = (answer[name] for name in ("source_ref", "title", "employer_text", "location_text", "salary_text"))
    return " | ".join(str(text)[:120] for text in shown if text)


def _words(name: str | None) -> frozenset[str]:
    return frozenset(fold_name(name or "").split()) - {"the", "of", "and", "for", "ltd", "limited"}


def read_folder(folder: Path) -> dict[str, Told]:
    """Read all files of a folder: what was counted, by source.

    :raises click.ClickException: the folder holds no such file.
    """
    told: dict[str, Told] = {}
    for path in sorted(folder.iterdir()):
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        observed = datetime.fromisoformat(f"{named['month']}-{named['day'] or '07'}T12:00:00+00:00")
        source = told.setdefault(f"{named['source']} {named['month']}", Told())
        for raw in adverts_of(path):
            source.add(advert_answer(raw, observed), observed)
    if not told:
        raise click.ClickException(f"{folder}: holds no file such as board_2026-08-22.jsonl.gz")
    return told


def adverts_of(path: Path) -> Iterator[RawAdvert]:
    """The raw adverts of a file."""
    for row in rows_of(path):
        reference = next((str(row[name]) for name in _REFERENCES if row.get(name)), "")
        yield attrs.evolve(PostingEntry(row).raw() if "@type" in row else _flat(row), source_ref=reference)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The adverts of a file as they stand in it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _flat(row: Mapping[str, Any]) -> RawAdvert:
    fields: dict[str, Any] = {field: str(row[name]) for field, name in _FLAT.items() if row.get(name)}
    text = row.get("description") or row.get("description_excerpt") or None
    return RawAdvert(source_ref="", description=text, **fields)


def as_markdown(told: Mapping[str, Told]) -> str:
    """Two tables: the columns, and what is implausible."""
    return "\n\n".join([_columns_table(told), _implausible_table(told), _links_line(told)])


def _columns_table(told: Mapping[str, Told]) -> str:
    columns = sorted({column for one in told.values() for column in (*one.filled, *one.issues)} - _NOT_READ)
    rows = [
        [f"`{column}`" if column else "no column", *(_shares(one, column) for one in told.values())]
        for column in columns
    ]
    return _table(["filled / with an issue", *(f"{name} ({one.adverts:,})" for name, one in told.items())], rows)


def _shares(one: Told, column: str) -> str:
    filled, issues = one.filled[column] / one.adverts, one.issues[column] / one.adverts
    return f"{filled:.1%} / {issues:.1%}" if issues else f"{filled:.1%}"


def _implausible_table(told: Mapping[str, Told]) -> str:
    counts = {
        name: Counter(kind for kind, _ in {(kind, printed) for kind, _, printed in one.implausible})
        for name, one in told.items()
    }
    kinds = sorted({kind for count in counts.values() for kind in count})
    rows = [[kind, *(str(count[kind]) for count in counts.values())] for kind in kinds]
    return _table(["implausible, adverts", *told], rows or [["nothing", *("0" for _ in told)]])


def _links_line(told: Mapping[str, Told]) -> str:
    linked = sum(one.filled["employer_id"] for one in told.values())
    pairs = Counter[tuple[str, str, str]]()
    for one in told.values():
        pairs.update(one.links)
    return (
        f"{linked:,} adverts are linked to a body; {pairs.total():,} of them, by {len(pairs):,} printed names, in other words than"
        " the body's own."
    )


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write_into(page: Path, tables: str) -> None:
    """Replace what stands between the two marks of a page.

    :raises click.ClickException: the page has no such marks.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise click.ClickException(f"{page}: write {BEGIN} and {END} where the tables belong")
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--links", is_flag=True, help="List the employers linked in other words than printed.")
@click.option(
    "--to", "page", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A page to write into."
)
def main(folder: Path, links: bool, page: Path | None) -> None:
    """Read all adverts of a folder, and say what was read and what cannot be."""
    told = read_folder(folder)
    tables = as_markdown(told)
    click.echo(tables)
    if page:
        write_into(page, tables)
    for name, one in told.items():
        for kind, values, printed in sorted(one.implausible):
            click.echo(f"{name}: {kind}: {values}: {printed}")
        for (text, body, code), count in sorted(one.links.items()) if links else ():
            click.echo(f"{name}: {count} × {text!r} → {body!r} ({code})")


if __name__ == "__main__":
    main()
