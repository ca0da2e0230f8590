"""People's contact details are taken out; pay, dates, postcodes and bodies stay."""

import pytest

from jobscraper.items import RawAdvert
from jobscraper.normalise.contacts import REMOVED, redact, redact_advert


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
