"""The command that reads printed strings and whole adverts, without a board and without an archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

_EXAMPLE = """\b
Example:
  echo '£34,203 - £37,067' | jobscraper normalise salary
  echo '£34,203 - £37,067' | jobscraper normalise salary --explain
  echo 'Ring Sam on 01632 960123' | jobscraper normalise contacts
  echo '{"title": "Planner", "closes": "9 March", "observed": "2026-02-03"}' | jobscraper normalise advert"""


@click.command(epilog=_EXAMPLE)
@click.argument("kind", type=click.Choice(["salary", "employer", "location", "contacts", "advert"]))
@click.argument("file", type=click.File(encoding="utf-8-sig"), default="-")
@click.option("--explain", is_flag=True, help="Say in words what was read, and from which characters (salary only).")
def normalise(kind: str, file: Iterable[str], explain: bool) -> None:
    """Read printed strings, one per line, and print what is in them: one JSON object per line, in the same order.

    For a passage of text, `contacts` prints what is kept of it and what is taken out. Write a passage of several lines as a JSON string.

    An advert is one JSON object per line, with the fields that `jobscraper read` prints and `observed`, the day or the instant
    at which it was seen; without it, nothing that depends on a day is filled in. Contact details are taken out of the answer.
    """
    from jobscraper.normalise.salary import explain as explain_salary

    if explain and kind != "salary":
        raise click.UsageError(f"--explain is only for salary; leave it out for {kind}")
    if explain:
        answers: Iterator[str] = (f"{explain_salary(line.rstrip(chr(10)))}\n" for line in file)
    elif kind == "advert":
        answers = map(_json, _adverts(file))
    else:
        lines = (line.rstrip("\n") for line in file)
        answers = map(_json, map(_columns_of(kind), map(_passage, lines) if kind == "contacts" else lines))
    for answer in answers:
        click.echo(answer)


def _passage(line: str) -> str:
    r"""A line as it stands, or the text that it spells as a JSON string: none with half a character (`\ud800`) in it."""
    try:
        spelled = json.loads(line) if line.startswith('"') else line
        str(spelled).encode()
    except ValueError:
        return line
    return spelled if isinstance(spelled, str) else line


def _json(columns: dict[str, Any]) -> str:
    return json.dumps(columns, ensure_ascii=False)


def _columns_of(kind: str) -> Callable[[str], dict[str, Any]]:
    from jobscraper.normalise.columns import COLUMNS

    return COLUMNS[kind]


def _adverts(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The answer to each line; one that is empty is none, as JSON lines have it.

    :raises AdvertLineError: a line is no advert; those before it have been answered.
    """
    from jobscraper.archive.advert_line import AdvertLineError, advert_answer, read_line

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield advert_answer(*read_line(line))
        except AdvertLineError as error:
            raise AdvertLineError(f"line {number}: {error}") from error
