"""A wall ends the run at once: not one further request is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from jobscraper.read.walls import is_wall
from tests.crawl.board import Answer, serving

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]

WIDGET = '<form method="post" action="/csr/index.cgi"><altcha-widget challengejson="{}"></altcha-widget></form>'
QUICK_CHECK = f'<html><head><meta name="robots" content="noindex"><title>Quick Check Needed</title></head><body>{WIDGET}</body></html>'
BOTCHALLENGE = (
    "<html><head><title></title></head><body><script>location = '/botchallenge?token=0'</script></body></html>"
)
RENAMED = QUICK_CHECK.replace("Quick Check Needed", "One moment, please")


@pytest.mark.parametrize(
    ("body", "wall"),
    [
        (QUICK_CHECK, True),
        (RENAMED, True),
        (QUICK_CHECK.replace(WIDGET, ""), True),
        ("<html><title>Jobs</title><ALTCHA-WIDGET/></html>", True),
        ("<html><title>Jobs</title><p>We protect our form by an altcha-widget.</p></html>", False),
        ("<html><title>Jobs</title><altcha-widgets></altcha-widgets></html>", False),
        ("<html><title>2,371 Search results</title></html>", False),
        (BOTCHALLENGE, True),
        ("<html><title>Bot Challenge</title></html>", True),
        ("<html><body><script src='/jobiqo-bot-challenge.js'></script></body></html>", True),
        (f'{BOTCHALLENGE}<script id="__NEXT_DATA__">{{}}</script>', False),
        ("<html><title>Jobs</title><p>Judge of our bot challenge, a botchallenge for schools</p></html>", False),
        ("", False),
    ],
)
def test_a_wall_is_known_by_its_title_or_its_widget(body: str, wall: bool) -> None:
    assert is_wall(body.encode()) is wall


@pytest.mark.parametrize("body", [QUICK_CHECK, RENAMED, BOTCHALLENGE], ids=["by title", "by widget", "by address"])
def test_nothing_is_asked_after_a_wall(body: str, crawl: Crawl, archive: Ask) -> None:
    cards = [{"ref": str(number), "title": "Cook"} for number in range(1, 6)]
    wall = Answer(body.encode(), headers=(("Content-Type", "text/html"),))
    pages = {f"/job/{card['ref']}": wall for card in cards}
    with serving({"/list": Answer(json.dumps(cards).encode()), **pages}) as board:
        outcome = crawl(board.url, start="/list")
    assert outcome["verdict"] == "blocked"
    assert len(board.paths()) == 2
    assert archive("SELECT count(*) FROM advert WHERE status = 'live'") == [(5,)]


@pytest.mark.parametrize("body", [QUICK_CHECK, RENAMED, BOTCHALLENGE], ids=["by title", "by widget", "by address"])
def test_a_wall_on_the_first_page_is_all_that_is_asked(body: str, crawl: Crawl, archive: Ask) -> None:
    paths = ["/list", "/list?page=2", "/feed?page=1"]
    with serving(dict.fromkeys(paths, Answer(body.encode()))) as board:
        outcome = crawl(board.url, start=",".join(paths))
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("blocked", 0)
    assert len(board.paths()) == 1
    assert [row[0] for row in archive("SELECT kind FROM issue")] == ["blocked"]
