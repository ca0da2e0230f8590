"""jobs.ac.uk's list and adverts, where they are not what they should be, and a real card."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

LIST = "https://www.jobs.ac.uk/search/?keywords=&location=&sortOrder=1&pageSize=25&startIndex=1"
ADVERT = "https://www.jobs.ac.uk/job/DTX101/clerk"
CARD = '<div class="j-search-result__result"><div class="j-search-result__text"><a href="{}">Clerk</a></div></div>'


def read(url: str, body: str) -> Reading:
    return read_response(
        HttpResponse(url=url, body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    )


@pytest.mark.parametrize("url", [LIST, ADVERT])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><title>Sign in</title></html>",
        "<html><h1>Something went wrong</h1></html>",
        '<html><body><div id="root"></div></body></html>',
        '<html><body><p>1,200 jobs</p><div class="card"><a href="/job/DTX101/clerk">Clerk</a></div></body></html>',
    ],
    ids=["nothing", "login", "error", "shell", "renamed classes"],
)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


def test_one_broken_card_costs_only_itself_and_a_copy_counts_once() -> None:
    cards = [
        CARD.format(href) for href in ("/job/DTX101/clerk", "/enhanced/7", "/job/DTX101/clerk", "/job/dtx102\n/cook")
    ]
    reading = read(LIST, "".join(cards))
    assert list(reading.pages) == ["DTX101", "DTX102"]
    assert [(problem.kind, problem.loses_adverts) for problem in reading.problems] == [("card_unreadable", True)]


def test_the_list_goes_on_while_pages_are_full() -> None:
    full = "".join(CARD.format(f"/job/DTX{number}/clerk") for number in range(100, 125))
    assert read(LIST, full).follow == (LIST.removesuffix("=1") + "=26",)
    assert read(LIST, CARD.format("/job/DTX101/clerk")).follow == ()


TECHNICIAN = """<div class="j-search-result__result ie-border-left" data-advert-id="1089196">
    <div class="j-search-result__text">
        <a href="/job/DTB831/technician-biochemistry-fmi">
            Technician (Biochemistry), FMI
        </a>
        <div class="j-search-result__department">Future Medicines Institute (FMI)</div>
        <div class="j-search-result__employer"><b>Queen&#039;s University Belfast</b></div>
        <div>Location:
            Belfast
        </div>
        <div class="j-search-result__info"><strong>Salary: </strong>
                £33,312 to £38,204 per annum
        </div>
        <div><strong>Date Placed: </strong>28 Sep</div>
    </div>
    <div class="j-search-result__date-logos"><div class="j-search-result__date">
        <span class="j-search-result__date-span j-search-result__date">Closes</span>
        <span class="j-search-result__date-span j-search-result__date--blue ">12 Oct</span>
    </div></div>
</div>"""


def test_a_card_as_it_is_printed() -> None:
    (advert,) = read(LIST, TECHNICIAN).adverts
    assert (advert.source_ref, advert.title) == ("DTB831", "Technician (Biochemistry), FMI")
    assert (advert.employer, advert.location) == ("Queen's University Belfast", "Belfast")
    assert (advert.salary, advert.posted, advert.closes) == ("£33,312 to £38,204 per annum", "28 Sep", "12 Oct")
