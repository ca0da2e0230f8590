"""`jobscraper new-source` writes a class that loads, and a fixture folder whose test fails until it is filled in."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from jobscraper.crawl.source import Source
from jobscraper.dev.new_source import new_source, platform_classes
from jobscraper.model.errors import JobscraperError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "__init__.py").touch()
    return tmp_path


@pytest.mark.parametrize("platform", sorted(platform_classes()))
def test_the_class_it_writes_is_a_source_of_the_platform(platform: str, project: Path) -> None:
    written = new_source(project, "ox_council", platform, "jobs.oxford.gov.uk")
    spec = importlib.util.spec_from_file_location("ox_council", written.source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    source: type[Source] = module.OxCouncil
    assert issubclass(source, platform_classes()[platform])
    assert source.name == "ox_council"
    assert source.allowed_domains == ["jobs.oxford.gov.uk"]
    assert not source.confirmed
    assert [path.name for path in written.fixture.iterdir()] == ["url.txt"]


@pytest.mark.parametrize(
    ("name", "platform", "told"),
    [
        ("ox_council", "elpoy", "no platform is called 'elpoy'; there are"),
        ("Ox Council", "PLATFORM", "not a name for a source"),
        ("class", "PLATFORM", "not a name for a source"),
        ("there", "PLATFORM", "there already"),
    ],
)
def test_what_it_refuses(name: str, platform: str, told: str, project: Path) -> None:
    (project / "spiders" / "there.py").touch()
    with pytest.raises(JobscraperError, match=told):
        new_source(project, name, platform.replace("PLATFORM", min(platform_classes())), "example.org")


def test_it_is_called_at_the_top_of_the_project(tmp_path: Path) -> None:
    with pytest.raises(JobscraperError, match="has no spiders/"):
        new_source(tmp_path, "ox_council", min(platform_classes()), "example.org")
