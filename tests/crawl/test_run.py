"""A run of a source while it goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobscraper.crawl.run import Run
from jobscraper.model.errors import JobscraperError


def test_two_crawls_of_a_source_in_one_second_would_have_one_name(tmp_path: Path) -> None:
    now = datetime(2026, 11, 29, 6, 0, 5, tzinfo=UTC)
    first = Run.live("localgov", tmp_path, now)
    with pytest.raises(JobscraperError, match="a crawl of localgov began this very second; try again"):
        Run.live("localgov", tmp_path, now)
    assert first.id == "localgov-20261129T060005Z"


def test_a_file_in_the_place_of_a_folder_is_named_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "localgov").write_text("")
    with pytest.raises(FileExistsError, match=r"localgov'$"):
        Run.live("localgov", tmp_path, datetime(2026, 11, 29, 6, 0, 5, tzinfo=UTC))
