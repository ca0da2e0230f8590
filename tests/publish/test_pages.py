"""A page is a folder: whatever it declares holds, and none is without what the others have."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jobscraper.publish.site.pages import FOLDERS, declared, is_quick, pages
from jobscraper.publish.site.shared.page import Page
from tests.publish.conftest import Get

TESTS = Path(__file__).parent / "pages"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_is_a_package_that_import_linter_sees_and_has_a_test(folder: Path) -> None:
    assert (folder / "__init__.py").read_text() == ""
    assert (TESTS / f"test_{folder.name}.py").is_file()


def test_no_two_pages_have_templates_of_the_same_name() -> None:
    names = [template.name for folder in FOLDERS for template in folder.glob("*.html")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)
def test_a_page_answers_at_its_own_addresses(page: Page, site: Path, get: Get) -> None:
    with closing(sqlite3.connect(site / "archive.db")) as snapshot:
        addresses = page.examples(snapshot, 1)
    assert addresses
    for address in addresses:
        path = address.partition("?")[0]
        assert re.match(page.pattern, path)
        assert get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "quick"),
    [
        ("/", True),
        ("/pay", True),
        ("/search.csv", True),
        ("/archive/advert/localgov~3A0002", True),
        ("/archive/advert", False),
        ("/archive/closing_soon", False),
        ("/archive/source/localgov", False),
        ("/pay/", False),
        ("/nothing", False),
    ],
)
def test_what_visitors_ask_in_words_of_their_own_is_no_quick_page(path: str, quick: bool) -> None:
    assert is_quick(path) is quick


def test_nothing_is_declared_twice() -> None:
    patterns = [it.pattern for it in declared() if it.view]
    assert len(set(patterns)) == len(patterns)
