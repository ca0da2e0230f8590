"""A page as a browser makes it: its lines, its text nodes, its links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborNode

from jobscraper.text.browser import MOST_TAGS, lines_of, links_with, shown, texts_of
from jobscraper.text.lines import BREAKS
from tests.steps import lines_run


def folded(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>Planner</p><p>Powys</p>", ["Planner", "Powys"]),
        ("<p>Planner<p>Powys", ["Planner", "Powys"]),
        ("<li><strong>Planner</strong><br>£13 <b>per</b> hour</li>", ["Planner", "£13 per hour"]),
        ("<em>Powys</em><br><em>Dyfed</em>", ["Powys", "Dyfed"]),
        ("One.</br>Two.", ["One.", "Two."]),
        ("text <div>block</div> tail", ["text", "block", "tail"]),
        ("before<hr>after", ["before", "after"]),
        ("<div>one <b> </b>line</div>", ["one line"]),
        ("<div><p>block</p> <p> </p>\n tail</div>", ["block", "tail"]),
        ("<a href='/7'><h3>Planner</h3><span>Powys</span></a>", ["Planner", "Powys"]),
        ("<tr><td>Planner<td>Powys</table>", ["PlannerPowys"]),  # No table, no cells: so says the standard.
        ("<table><tr><td>Planner<td>Powys</table>", ["Planner", "Powys"]),
        ("<p>one<script>var x = 1;</script> line</p>", ["one line"]),
        ("<p>one<!-- a comment --> line</p>", ["one line"]),
        ("<h1>Jobs</h1><noscript><p>Switch it on</p></noscript><p>Planner</p>", ["Jobs", "Planner"]),
        ("<select><option>North</select>", []),
        ("no markup", ["no markup"]),
        ("", []),
    ],
)
def test_the_lines_of_a_page(markup: str, lines: list[str]) -> None:
    assert folded(lines_of(shown(markup))) == lines


tags = "<p> </p> <div> </div> <b> </b> <li> <br> <td> <table> </table> <tr> <a> </a>".split()
pieces = st.sampled_from([*tags, "Road", " ", "\n", " Planner ", "£13"])


def broken_at_blocks(node: LexborNode) -> str:
    """The text of an element, with a mark where each block begins and ends."""
    inner = "".join(
        child.text_content or "" if child.is_text_node else broken_at_blocks(child)
        for child in node.iter(include_text=True)
    )
    return f"|{inner}|" if node.tag in BREAKS else inner


@given(st.lists(pieces).map("".join))
def test_a_line_ends_where_a_block_begins_or_ends(markup: str) -> None:
    root = shown(markup)
    assert folded(lines_of(root)) == folded(broken_at_blocks(root).split("|"))


@pytest.mark.parametrize(
    ("before", "after"),
    [("<span>x", "</span>y"), ("<b>x</b>", ""), ("<a href='/1'>x", "</a>")],
    ids=["nested", "row", "links"],
)
def test_the_lines_take_steps_by_the_number_of_elements_and_not_its_square(before: str, after: str) -> None:
    """Elements nested in each other took the square of their number: forty thousand of them a minute."""

    def steps(count: int) -> int:
        root = shown("<div>" + before * count + after * count)
        return lines_run(lambda: lines_of(root))

    few, many = steps(500), steps(2_000)
    assert many < 6 * few  # Four times as many; the square would be 16.


def test_the_text_nodes_of_a_page() -> None:
    assert texts_of(shown("<p>Planner <b>Powys</b><script>x</script></p>")) == ["Planner ", "Powys"]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<a href='/1'>Road Planner</a><a href='/2'>Gritter</a>", ["/1"]),
        ("<a href='/1'><b><i>Road</i></b> Planner</a>", ["/1"]),
        ("<a href='/1'><h3>Road Planner</h3></a><a href='/2'>Road Planner</a>", ["/1", "/2"]),
        ("<a>Road Planner</a>", []),
    ],
)
def test_links_are_found_by_the_first_word_of_a_text(markup: str, found: list[str]) -> None:
    links = links_with(shown(markup), "“Road” Planner")
    assert [link.attributes["href"] for link in links] == found


def test_a_text_without_a_word_has_no_link() -> None:
    assert links_with(shown("<a href='/1'>…</a>"), "…") == []


def test_a_page_of_nothing_but_tags_is_refused() -> None:
    """Nested elements take the square of their number: a million would take an hour."""
    with pytest.raises(ValueError, match="more than 40,000 tags"):
        shown("<div>" * (MOST_TAGS + 1))
