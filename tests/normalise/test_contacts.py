"""People's contact details are taken out; pay, dates, postcodes and bodies stay."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.contacts import REMOVED, find_contacts, redact, redact_advert, redact_emails
from jobscraper.publish.build.checks import EMAIL
from tests.steps import lines_run

_MARK = re.compile(r"\{([nep])\|([^}]*)\}")
_TITLE = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr|Prof|Professor)\b\.?")
_NEVER = re.compile(
    r"[£€]\s?\d[\d,.]*|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2} (?:January|February|March|August) \d{4}\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b\d\d[:.]\d\d\b(?!\d)"
)


@attrs.frozen
class Passage:
    """A labelled passage: its text, and what of it must go as (kind, start, end)."""

    text: str
    marks: tuple[tuple[str, int, int], ...]

    @classmethod
    def read(cls, line: str) -> Passage:
        """`Call {p|01632 960123}` → the text with the place of the number."""
        text, marks, at = "", [], 0
        line = line.replace("\\n", "\n")
        for match in _MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((match[1], len(text), len(text) + len(match[2])))
            text, at = text + match[2], match.end()
        return cls(text + line[at:], tuple(marks))

    def removed(self) -> set[int]:
        """The positions of all characters that go."""
        return {position for start, end in find_contacts(self.text) for position in range(start, end)}

    def must_go(self, start: int, end: int) -> set[int]:
        """The letters and figures of a mark, without a title before a name."""
        titles = {start + i for match in _TITLE.finditer(self.text[start:end]) for i in range(*match.span())}
        return {i for i in range(start, end) if self.text[i].isalnum()} - titles


def passages() -> list[Passage]:
    """The labelled set."""
    lines = Path(__file__).with_name("contacts.tsv").read_text(encoding="utf-8").splitlines()
    return [Passage.read(line) for line in lines if not line.startswith("#")]


def test_the_labelled_set_is_large_enough() -> None:
    marked = sum(bool(passage.marks) for passage in passages())
    assert marked >= 150
    assert len(passages()) - marked >= 50


def test_of_the_labelled_set_all_addresses_and_numbers_and_nearly_all_names_go() -> None:
    went, there = Counter[str](), Counter[str]()
    for passage in passages():
        removed = passage.removed()
        for kind, start, end in passage.marks:
            there[kind] += 1
            went[kind] += passage.must_go(start, end) <= removed
    print({kind: f"{went[kind]} of {there[kind]}" for kind in there})
    assert (went["e"], went["p"]) == (there["e"], there["p"])
    assert went["n"] >= 0.95 * there["n"]


@pytest.mark.parametrize("passage", [p for p in passages() if not p.marks], ids=lambda passage: passage.text[:40])
def test_a_passage_without_contacts_stays_as_it_is(passage: Passage) -> None:
    assert redact(passage.text) == (passage.text, 0)


def test_pay_dates_times_and_postcodes_are_never_touched() -> None:
    for passage in passages():
        marked = {i for _, start, end in passage.marks for i in range(start, end)}
        kept = {i for match in _NEVER.finditer(passage.text) for i in range(*match.span())} - marked
        assert not kept & passage.removed(), passage.text


_PIECES = "a b.c @ ＠ &#64; .org example.org dot at ' + - % _ é \n [ ] 7 Sam Example contact on 01632 960123".split(" ")


@given(st.text(alphabet="ab@.-+'_ é\n7%", max_size=80) | st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_no_address_that_publishing_would_refuse_survives(text: str) -> None:
    assert not EMAIL.search(redact(text)[0])
    assert not EMAIL.search(redact_emails(text))


@given(st.sampled_from(passages()), st.sampled_from(passages()))
def test_what_is_redacted_once_stays_as_it_is(one: Passage, other: Passage) -> None:
    addresses_gone = redact(f"{one.text}\n{other.text}")[0]
    assert not EMAIL.search(addresses_gone)
    assert redact_emails(addresses_gone) == addresses_gone


@pytest.mark.parametrize(
    "text", ["@" * 20_000, "a" * 20_000 + "@", "0" * 20_000, "01632 " * 4_000, "contact " * 3_000, "Sam " * 5_000]
)
def test_a_hostile_text_ends(text: str) -> None:
    """Here a search in which each place looks at all that follows would take minutes."""
    redact(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Call Sam on 01632 960{:03}.",
        "Tel 960{:03}.",
        "call sam example on 01632 960{:03}.",
        "Sam Example, s.example{:03}@example.org, will answer.",
    ],
)
def test_a_text_with_many_contacts_takes_steps_by_their_number_and_not_its_square(sentence: str) -> None:
    """A page of a megabyte with a number in each line took the better part of an hour."""

    def steps(count: int) -> int:
        text = " ".join(sentence.format(number) for number in range(count))
        return lines_run(lambda: redact(text))

    few, many = steps(200), steps(800)
    assert many < 6 * few  # Four times as many; the square would be 16.


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Contact Jo Doe on 01632 960123. Near Jo Doeville.", f"Contact {REMOVED} on {REMOVED}. Near Jo Doeville."),
        ("Contact Jo Doe. Jo Doe's team is small.", f"Contact {REMOVED}. {REMOVED}'s team is small."),
        ("Contact Sam Doe (example.org/sam/doe).", f"Contact {REMOVED} (example.org/sam/doe)."),
        ("Contact Safe Doe. A doe is safe.", "Contact Safe Doe. A doe is safe."),
    ],
)
def test_a_name_that_was_found_once_goes_elsewhere_as_a_whole(text: str, clean: str) -> None:
    assert redact(text)[0] == clean


def test_a_label_tells_what_its_value_is() -> None:
    raw = RawAdvert(
        source_ref="7", reference="01234 567890", labels={"Contact name": "Sam Example", "Town": "Sam Example"}
    )
    clean, removed = redact_advert(raw)
    assert clean.labels == {"Contact name": REMOVED, "Town": "Sam Example"}
    assert (clean.reference, removed) == ("01234 567890", 1)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Write to jobs@example.org.", "Write to [contact removed]."),
        ("E-mail: sam.example+hr@schools.example.sch.uk", "E-mail: [contact removed]"),
        ("Ring 020 7946 0123 today", "Ring [contact removed] today"),
        ("Ring (01632) 960123 today", "Ring [contact removed] today"),
        ("Ring +44 20 7946 0123 today", "Ring [contact removed] today"),
        ("Ring 07700 900123.", "Ring [contact removed]."),
        ("please contact Sam Example for a chat", "please contact [contact removed] for a chat"),
        ("Contact: Ms Sam Example-Jones", "Contact: [contact removed]"),
        ("an informal discussion with Dr Sam Example", "an informal discussion with [contact removed]"),
        # A cue within the words of another one.
        ("Line manager: Sam Example", "Line manager: [contact removed]"),
        ("Please ask for Sam Example", "Please ask for [contact removed]"),
        ("Line manager for this post: Sam Example (Bursar)", "Line manager for this post: [contact removed] (Bursar)"),
        ("Speak to Abdul-Sampl al-Sampl or Jean d'Exemple", "Speak to [contact removed] or [contact removed]"),
        ("Hi, I'm Sam, the Matron here", "Hi, I'm [contact removed], the Matron here"),
        (
            "Ffoniwch neu tecstiwch Siân ar 01632 960123",
            "Ffoniwch neu tecstiwch [contact removed] ar [contact removed]",
        ),
        (
            "Visits are booked through Sam in the office on 01632 960123",
            "Visits are booked through [contact removed] in the office on [contact removed]",
        ),
    ],
)
def test_contacts_are_removed(text: str, clean: str) -> None:
    assert redact(text)[0] == clean


@pytest.mark.parametrize(
    "text",
    [
        "£34,203 - £37,067",
        "£26927.00 - £31678.00 per annum",
        "0161 is not a number by itself",
        "Closing 29/01/2017 at 09:00, interviews on 2017-02-03",
        "County Hall, LD1 5LG",
        "contact Powys County Council",
        "contact Human Resources",
        "contact the Head Teacher",
        "SCP 18-25, 37 hours, 52.143 weeks",
        "URN 137163, reference WMF2479e 1234567890",
        "speak to Recruitment Team",
    ],
)
def test_what_is_no_contact_stays(text: str) -> None:
    assert redact(text) == (text, 0)


def test_all_contacts_of_an_advert_are_counted() -> None:
    raw = RawAdvert(source_ref="7", title="Planner", description="a@example.org", labels={"note": "b@example.org"})
    clean, removed = redact_advert(raw)
    assert (clean.description, clean.labels, removed) == (REMOVED, {"note": REMOVED}, 2)
    assert clean.title == "Planner"
