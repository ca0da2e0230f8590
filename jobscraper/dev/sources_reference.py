"""docs/sources.md, made from the classes in `spiders/`: `python -m jobscraper.dev.sources_reference > docs/sources.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from jobscraper.crawl.source import Source
from jobscraper.crawl.sources import known_sources
from jobscraper.quality.expectations import SHARES

_INTRO = """# Sources

Made by `make docs` from the classes in `spiders/`. A source is **confirmed** when somebody with a network has looked at its
robots.txt, its terms and its pages; `crawl --all` leaves out the others until then, and `crawl NAME` takes them by name.
robots.txt is obeyed in any case.

Before a source is switched on (`confirmed = True` in its class), a person checks for each: that the board is still there and
looks as its platform's page objects say (`jobscraper read NAME page.html --url …` on a saved page); its robots.txt; its terms
of use, and whether they allow to publish; and what is listed below it.
"""


def as_markdown() -> str:
    """The whole page."""
    sources = known_sources()
    table = [
        "| source | platform | confirmed | licence | every |",
        "|---|---|---|---|---|",
        *map(_row, sources.values()),
    ]
    return "\n".join([_INTRO, *table, "", *(line for source in sources.values() for line in _section(source))])


def _row(source: type[Source]) -> str:
    licence = f"[{source.licence}]({source.licence_url})" if source.licence else "none stated"
    confirmed = "yes" if source.confirmed else "no"
    return f"| [{source.name}](#{source.name}) | {_platform(source)} | {confirmed} | {licence} | {_every(source)} |"


def _platform(source: type[Source]) -> str:
    modules = (base.__module__ for base in source.__mro__)
    return next((module.split(".")[2] for module in modules if module.startswith("jobscraper.boards.")), "own")


def _every(source: type[Source]) -> str:
    hours = source.cadence.total_seconds() / 3600
    return f"{hours:g} h" if hours % 24 else f"{hours / 24:g} d"


def _section(source: type[Source]) -> Iterator[str]:
    yield f"## {source.name}\n"
    yield f"{source.title}, published by {source.publisher}: <{source.homepage}>\n"
    yield " ".join((source.__doc__ or "").split()) + "\n"
    yield f"- Crawl begins at {', '.join(f'`{url}`' for url in source.starts()) or 'no page'}"
    if source.employer:
        yield f"- Every advert without another employer is of {source.employer}"
    yield f"- Expected of a run: {_expected(source)}"
    if not source.lists_everything:
        yield "- Shows only some of its adverts: one that is missing has not ended"
    if not source.may_republish:
        yield "- Its terms are not known to allow that its adverts are published: they are archived only"
    if source.attribution:
        yield f"- Attribution: {source.attribution}"
    for check in source.to_check:
        yield f"- To check: {check}"
    yield ""


def _expected(source: type[Source]) -> str:
    shares = [f"{getattr(source.expects, name):.0%} with {name}" for name in SHARES if getattr(source.expects, name)]
    return ", ".join([f"at least {source.expects.adverts} adverts", *shares])


if __name__ == "__main__":
    click.echo(as_markdown(), nl=False)
