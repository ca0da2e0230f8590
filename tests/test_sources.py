"""Every source in `spiders/` says what it is."""

import pytest

from jobscraper.platforms.source import Source, known_sources

SOURCES = known_sources()


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_source_says_what_it_is(source: type[Source]) -> None:
    assert source.title
    assert source.publisher
    assert source.homepage.startswith("https://")
    assert source.allowed_domains
    assert all(url.startswith("https://") for url in source.starts())
    assert bool(source.licence) == bool(source.licence_url)


def test_sources_are_named_like_their_files() -> None:
    assert {source.__module__.removeprefix("spiders.") for source in SOURCES.values()} == set(SOURCES)
