"""The law of the house that no import contract can say: what importing does, and what reading depends on."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE_OBJECTS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "jobscraper" / "boards").glob("*/*.py")
    if path.stem not in ("__init__", "spider")
)
LOADED = "import sys, json; from importlib import import_module; [import_module(name) for name in sys.argv[1:]]; print(json.dumps(sorted(sys.modules)))"
READ = """
import json
from web_poet import HttpResponse
from jobscraper.boards.nhs_jobs.feed import FeedPage
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
raw = RawAdvert(source_ref="1", title="Planner", employer="Leeds City Council", location="Leeds", salary="SCP 19 to 22")
body = b"<nhsJobs><totalPages>1</totalPages><totalResults>0</totalResults></nhsJobs>"
page = FeedPage(response=HttpResponse("https://www.jobs.nhs.uk/api/v1/search_xml", body), employer=None)
print(repr(normalise(raw)), repr(page.read()))
"""


def run(code: str, *arguments: str, folder: Path = ROOT, home: Path | None = None) -> str:
    """What a new process prints, started in a folder with such a home."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"} | (
        {"HOME": str(home), "XDG_DATA_HOME": str(home)} if home else {}
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that importing every page object loads."""
    return set(json.loads(run(LOADED, *PAGE_OBJECTS)))


@pytest.mark.parametrize(
    "unwanted", ["sqlite_utils", *(f"jobscraper.{room}" for room in ("crawl", "archive", "config", "read.process"))]
)
def test_page_objects_load_nothing_but_what_reads(unwanted: str, loaded: set[str]) -> None:
    """Scrapy is not in the list: web-poet imports it where it is installed."""
    assert set(PAGE_OBJECTS) <= loaded
    assert not {name for name in loaded if name == unwanted or name.startswith(f"{unwanted}.")}


def test_reading_is_the_same_wherever_it_is_done(tmp_path: Path) -> None:
    """Settings that are wrong, tables in a home: a function that looked for them would raise, or read otherwise."""
    (tmp_path / "jobscraper.toml").write_text("contact = 5\n")
    tables = tmp_path / "jobscraper" / "registers" / "set"
    tables.mkdir(parents=True)
    (tables / "authorities.csv").write_text("id,name\nbroken\n")
    (tables.parent / "current").write_text("set")
    assert run(READ, folder=tmp_path, home=tmp_path) == run(READ)


def _imported() -> set[str]:
    """The distributions that the code imports by name."""
    distributions = packages_distributions()
    trees = (
        ast.parse(path.read_text("utf-8")) for room in ("jobscraper", "spiders") for path in (ROOT / room).rglob("*.py")
    )
    names = {
        name.split(".")[0]
        for tree in trees
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    ours = {"jobscraper", "spiders"}
    return {_folded(distributions.get(name, [name])[0]) for name in names - sys.stdlib_module_names - ours}


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = {_folded(re.split(r"[^\w.-]", one)[0]) for one in declared}
    # Python 3.14 has it as its own; before, backports.zstd gives it.
    assert _imported() - {"compression"} - names == set()
