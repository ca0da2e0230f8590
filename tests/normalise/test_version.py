"""The version of what reads changes with what may read otherwise, and with nothing else."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from jobscraper.normalise.version import LIBRARIES, ROOMS, normaliser_version, without_comments

ROOT = Path(__file__).parents[2] / "jobscraper"
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
CODE = '''"""What it is."""

PENCE = 100  # In a pound.


def pence(pounds: float) -> int:
    """Pounds as pence.

    In: pounds.
    """
    # Rounded, and not cut: 12.29 * 100 is 1228.9999.
    return round(pounds * PENCE)
'''


def test_it_is_twelve_hex_digits() -> None:
    assert len(normaliser_version()) == 12
    int(normaliser_version(), 16)


@pytest.mark.parametrize(
    ("old", "new"), [("# In a pound.", "# Of a pound."), ("What it is", "What is it"), ("In: pounds.", "In: £."), ("    # Rounded, and not cut: 12.29 * 100 is 1228.9999.\n", "")]
)  # fmt: skip
def test_what_only_people_read_does_not_count(old: str, new: str) -> None:
    assert without_comments(CODE.replace(old, new)) == without_comments(CODE)


@pytest.mark.parametrize(("old", "new"), [("100", "1000"), ("round", "int"), ("PENCE = 100", 'PENCE = "# 100"')])
def test_what_reads_counts(old: str, new: str) -> None:
    assert without_comments(CODE.replace(old, new)) != without_comments(CODE)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_string_that_reads_is_taken_for_a_comment(module: Path) -> None:
    code = module.read_text("utf-8")
    left = without_comments(code)
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings]  # fmt: skip
    assert [text for node in strings if (text := ast.get_source_segment(code, node) or "") not in left] == []


def test_every_library_that_reads_counts() -> None:
    distributions = packages_distributions()
    imported = {
        name.split(".")[0]
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else [])
    }  # fmt: skip
    reading = {distributions[name][0] for name in imported - {"jobscraper", "attr", "attrs"} if name in distributions}
    assert {name.replace("_", "-").lower() for name in reading} == set(LIBRARIES)
