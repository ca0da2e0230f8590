"""How many texts of about 1 kB are redacted in a second, against phonenumbers' own matcher: `python -m bench.contacts`."""

from __future__ import annotations

import time
from collections.abc import Callable

import phonenumbers

from jobscraper.normalise.contacts import redact

PARAGRAPH = (
    "You will join a friendly team that works across the district to improve services for residents. We offer a generous "
    "pension, flexible working and 26 days of annual leave. The successful candidate will have experience of Planning and "
    "Building Control, excellent communication skills by telephone and email, and a commitment to equality. Closing date "
    "12/03/2027. Salary £34,203 - £37,067. "
)
CONTACT = (
    "For an informal chat please contact Sam Example, Head of Planning, on 01632 960{:03} or sam{:03}@example.org. "
)
TEXTS = [PARAGRAPH * 2 + CONTACT.format(number % 1000, number % 1000) for number in range(2_000)]


def per_second(read: Callable[[str], object]) -> float:
    """How many of the texts are read in a second of this process's own time."""
    start = time.process_time()
    for text in TEXTS:
        read(text)
    return len(TEXTS) / (time.process_time() - start)


if __name__ == "__main__":
    redact(TEXTS[0])  # The registers are loaded.
    ours = per_second(redact)
    theirs = per_second(lambda text: list(phonenumbers.PhoneNumberMatcher(text, "GB")))
    print(f"{ours:,.0f} texts a second, {ours / theirs:.2f} times the baseline's {theirs:,.0f}")
