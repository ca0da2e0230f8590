"""Every source in `spiders/` says what it is."""

import ast
import inspect
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jobscraper.crawl.source import Source
from jobscraper.crawl.sources import known_sources
from jobscraper.dev.sources_reference import as_markdown
from jobscraper.read.registry import reader_of

SOURCES = known_sources()


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_source_says_what_it_is(source: type[Source]) -> None:
    assert source.title
    assert source.publisher
    assert source.homepage.startswith("https://")
    assert source.allowed_domains
    assert source.starts()
    assert all(urlsplit(url).scheme == "https" for url in source.starts())
    assert all(urlsplit(url).hostname in source.allowed_domains for url in source.starts())
    assert bool(source.licence) == bool(source.licence_url)
    assert "example.org" not in source.homepage, "the class is as `new-source` wrote it: fill it in"


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_source_costs_fifteen_lines_at_most(source: type[Source]) -> None:
    (body,) = [node for node in ast.parse(inspect.getsource(source)).body if isinstance(node, ast.ClassDef)]
    docstring, *rest = body.body
    assert isinstance(docstring, ast.Expr)
    assert sum((node.end_lineno or 0) - node.lineno + 1 for node in rest) <= 15


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_its_pages_have_a_reader(source: type[Source]) -> None:
    assert all(reader_of(url) for url in source.starts())


def test_the_page_about_the_sources_is_in_step() -> None:
    page = Path(__file__).parents[1] / "docs" / "sources.md"
    again = "python -m jobscraper.dev.sources_reference > docs/sources.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), f"make it again: {again}"


def test_sources_are_named_like_their_files() -> None:
    assert {source.__module__.removeprefix("spiders.") for source in SOURCES.values()} == set(SOURCES)
