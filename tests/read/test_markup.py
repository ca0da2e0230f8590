"""Torn, glued and escaped markup of real boards."""

from __future__ import annotations

import pytest
from parsel import Selector

from jobscraper.read.markup import first_text, has_class, joined, labelled_in, text_of, unescaped, untorn, xml_root
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.pay_sentence import pay_sentence


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Fixed term<br>Loan<br/>Secondment</p>", "Fixed term\nLoan\nSecondment"),
        ("<p> £26,403 -\n\t £27,254&nbsp;GBP&nbsp; </p>", "£26,403 - £27,254 GBP"),
        ("<p><script>x()</script>Ferryhill</p>", "Ferryhill"),
        ("<p> \n </p>", None),
    ],
    ids=["line breaks", "white space", "a script", "nothing"],
)
def test_text_as_a_reader_sees_it(markup: str, text: str | None) -> None:
    assert text_of(Selector(markup).css("p")[0]) == text


def test_of_ids_that_repeat_the_first_counts() -> None:
    page = Selector('<div id="pay">£26,403</div><div id="pay">hidden</div>')
    assert first_text(page, "//*[@id='pay']") == "£26,403"


def test_several_values_are_not_glued() -> None:
    page = Selector("<i>Fixed term</i><i>Loan</i><i> </i><i>Loan</i>")
    assert joined(page, "//i") == "Fixed term, Loan"


def test_a_class_is_a_whole_word() -> None:
    page = Selector('<i class="job-title">no</i><i class="big  job ">yes</i>')
    assert first_text(page, f"//i[{has_class('job')}]") == "yes"


def test_an_address_with_newlines_inside_its_quotes() -> None:
    assert untorn("\n\t/job/12/head-of-\n\tlegal/ ") == "/job/12/head-of-legal/"


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        ("&amp;lt;div&amp;gt;A &amp;amp;amp; B&amp;lt;/div&amp;gt;", "<div>A & B</div>"),
        ("&lt;p&gt;Salary: &amp;pound;19.22&lt;/p&gt;", "<p>Salary: £19.22</p>"),
        ("<p>Parks & gardens</p>", "<p>Parks & gardens</p>"),
    ],
)
def test_markup_that_was_escaped_once_or_twice(escaped: str, plain: str) -> None:
    assert unescaped(escaped) == plain


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<rss><title>Parks & gardens</title></rss>", "Parks & gardens"),
        (b"<rss><title><![CDATA[A & B &amp; C]]></title></rss>", "A & B &amp; C"),
        (b"\n<rss><title>Head\x0b of Legal</title></rss>", "Head of Legal"),
        ("<rss><title>£15,009</title></rss>".encode(), "£15,009"),
    ],
    ids=["a bare ampersand", "CDATA", "a control character", "UTF-8"],
)
def test_feeds_as_boards_print_them(body: bytes, text: str) -> None:
    assert xml_root(body, "feed.xml", "rss").findtext("title") == text


BILLION_LAUGHS = (
    b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><title>&b;</title></rss>"""
)


def test_entities_are_not_expanded() -> None:
    assert "haha" not in (xml_root(BILLION_LAUGHS, "feed.xml", "rss").findtext("title") or "")


@pytest.mark.parametrize(
    "body",
    [b"", b"<rss><title>Head of L", b"<html><title>Sign in</title></html>", b'{"jobs": []}'],
    ids=["nothing", "cut off", "another document", "JSON"],
)
def test_another_document_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadablePageError, match=r"feed\.xml"):
        xml_root(body, "feed.xml", "rss")


@pytest.mark.parametrize(
    ("markup", "labelled"),
    [
        ("<p>Salary: £30,000<br>Location: Ely</p>", {"salary": "£30,000", "location": "Ely"}),
        ("Join us. <strong>Salary:</strong>&#160;£30,000 <b>Contract:&nbsp; </b>Permanent, 35 hrs/wk",
         {"salary": "£30,000", "contract": "Permanent, 35 hrs/wk"}),
        ("Join us. <b>Salary</b>: £30,000. <strong>Application Closing:</strong> 17th September 2026",
         {"salary": "£30,000.", "closes": "17th September 2026"}),
        ("Salary: £30,000 <b>and a pension</b> of ours", {"salary": "£30,000 and a pension of ours"}),
        ("Salary: £30,000</br>Location: Ely", {"salary": "£30,000", "location": "Ely"}),
        ("We discuss salary: ours is good", {}),
        (None, {}),
    ],
    ids=["lines", "labels in bold", "colons behind them", "other bold", "closed breaks", "a sentence", "nothing"],
)  # fmt: skip
def test_what_the_text_of_an_advert_labels(markup: str | None, labelled: dict[str, str]) -> None:
    assert labelled_in(markup) == labelled


@pytest.mark.parametrize(
    ("markup", "pay"),
    [
        ("<p><strong>Grade and Salary:</strong> Grade 5 (£26,707 - £31,236)</p>", "Grade 5 (£26,707 - £31,236)"),
        ("<p>Salary and Grade: £26,707 (Grade 5)</p>", "£26,707 (Grade 5)"),
        ("<p>Grade/Salary: Grade 5, £26,707</p>", "Grade 5, £26,707"),
        ("<p>Salary/Grade: £26,707</p>", "£26,707"),
        ("<p>Grade: 5 (£26,707 - £31,236)</p>", "5 (£26,707 - £31,236)"),
        ("<p>Grade: 5</p>", None),
        ("<p>Starting salary: £26,707</p>", "Starting salary: £26,707"),
        ("<p>Actual salary: £15,000</p>", "Actual salary: £15,000"),
        ("<p>Hourly rate: £13.05</p>", "Hourly rate: £13.05"),
        ("<p>Salary scale: NJC 5 to 7</p>", "NJC 5 to 7"),
        ("<p>Salary Scale : £26,707 pa</p>", "£26,707 pa"),
        ("<b>Salary:</b> £30,000 FTE<br><b>Actual Salary:</b> £15,000", "£30,000 FTE; Actual Salary: £15,000"),
        ("<p>Salary: £30,000</p><p>Salary: £99,000 for the next post</p>", "£30,000"),
        ("<p>Cyflog a graddfa: £26,707</p>", "£26,707"),
        ("<p>Graddfa a Chyflog: Gradd 5, £26,707</p>", "Gradd 5, £26,707"),
        ("<p>We pay £26,707</p>", None),
    ],
)
def test_pay_behind_a_label_of_any_board(markup: str, pay: str | None) -> None:
    assert labelled_in(markup).get("salary") == pay


@pytest.mark.parametrize(
    ("markup", "pay", "told"),
    [
        (
            "<p>Grade 6 Full time starting salary is normally in the range £31,200 to £36,400 with potential progression"
            " once in post to £41,100</p><p>Permanent</p>",
            "Grade 6 Full time starting salary is normally in the range £31,200 to £36,400",
            False,
        ),
        ("<p>You run a budget of £2 million. You are paid £31,200 a year.</p>", "You are paid £31,200 a year.", False),
        ("<p>The salary is £31,200. The other post's salary is £40,000.</p>", None, True),
        ("<p>Our turnover is £31 million a year.</p>", None, False),
        ("<p>A bonus of £500 is paid.</p>", None, False),
        ("<p>We raise £5,000 for charity.</p>", None, False),
        (f"<p>The salary is £31,200 {'and so on ' * 60}</p>", None, True),
        (None, None, False),
    ],
    ids=["to what it may grow", "a budget", "two posts", "turnover", "a bonus", "charity", "no sentence", "no text"],
)
def test_pay_in_the_one_sentence_that_tells_it(markup: str | None, pay: str | None, told: bool) -> None:
    found, problems = pay_sentence(markup)
    assert found == pay
    assert [problem.kind for problem in problems] == (["pay_unlabelled"] if told else [])
