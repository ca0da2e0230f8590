"""A page as the lines that a reader sees."""

from __future__ import annotations

import lxml.html
import pytest

from jobscraper.text.lines import breaks_mended, lines_of


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>Planner</p><p>Powys</p>", ["Planner", "Powys"]),
        ("<li><strong>Planner</strong><br>£13 <b>per</b> hour</li>", ["Planner", "£13 per hour"]),
        ("<p>one<script>var x = 1;</script> line</p>", ["one line"]),
        ("<p>one<!-- a comment --> line</p>", ["one line"]),
        ("<tr><td>Planner<td>Powys</table>", ["Planner", "Powys"]),
        ("text <div>block</div> tail", ["text", "block", "tail"]),
        ("<select><option>North</select>", []),
    ],
)
def test_the_lines_of_a_page(markup: str, lines: list[str]) -> None:
    root = lxml.html.document_fromstring(f"<html><body>{markup}</body></html>")
    assert [" ".join(line.split()) for line in lines_of(root) if line.strip()] == lines


def test_what_follows_an_element_is_not_in_it() -> None:
    root = lxml.html.document_fromstring("<html><body><p><strong>Salary:</strong> £30,000</p></body></html>")
    assert lines_of(root.find(".//strong")) == ["Salary:"]


@pytest.mark.parametrize(
    ("markup", "mended"),
    [
        ("One.</br>Two.</BR >Three.</br/>Four.", "One.<br>Two.<br>Three.<br>Four."),
        ("One.<br/>Two.<br>Three.", "One.<br/>Two.<br>Three."),
        ("a </brand> and </b>", "a </brand> and </b>"),
    ],
)
def test_a_break_that_is_closed_is_a_break(markup: str, mended: str) -> None:
    assert breaks_mended(markup) == mended
