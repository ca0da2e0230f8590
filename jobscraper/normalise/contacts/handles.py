"""Pages and handles of people: booking links, profiles, `@name`. Those of bodies stay: `Follow us @ExampleCouncil`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobscraper.normalise.contacts.spans import Span

# Services at which an address is a person's own: diaries, and profiles where companies have another path.
_OWN_PAGE = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{1,40}\.){0,3}(?:(?:calendly|zcal|tidycal|koalendar|savvycal|cal|meetings\.hubspot)\.com/"
    r"|youcanbook\.me\b/?|doodle\.com/(?:bp|mm)/|outlook\.office(?:365)?\.com/(?:owa/calendar|bookwithme|book)/"
    r"|linkedin\.com/(?:in|pub)/|wa\.me/|t\.me/|join\.skype\.com/)(?:[\w@%~.+/=?&#:-]{0,198}[\w/=])?",
    re.IGNORECASE,
)
_MAY_HAVE_OWN_PAGE = (
    "calend",
    "cal.com",
    "linkedin.com/",
    "hubspot",
    "canbook",
    "doodle",
    "outlook.office",
    "wa.me",
    "t.me",
    "skype",
)
# Of the hosts of all these pages; most texts name none, and need no further look.
_ENDS = (".com/", ".net/", ".me")
_SHARED = ("twitter", "x.com", "instagram", "facebook", "threads", "tiktok")
_SHARED_PAGE = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{1,20}\.)?(?:twitter|x|instagram|facebook|threads|tiktok)\.(?:com|net)/@?(?P<name>[\w.]{3,40})",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@(?<![\w.@/%\"']@)(?P<name>[A-Za-z]\w{2,29})\b(?!\.\w)")
_SOCIAL = re.compile(
    r"\b(?:twitter|tweet\w*|insta(?:gram)?|threads|tiktok|bluesky|mastodon|dms?|message|handle|follow|skype|telegram)\b",
    re.IGNORECASE,
)
_OF_A_BODY = re.compile(
    r"(?-i:[A-Z]{3})|nhs|council|trust|school|academ|college|uni|hospital|gov|career|jobs|team|recruit|police|fire|ambul|health"
    r"|hr_?dept|city|county|borough|museum|librar|care|service|uk$|official|news|office|intent|share|hashtag|search",
    re.IGNORECASE | re.ASCII,
)
_PERSONAL = re.compile(r"\b(?:me|my|his|her|dms?|message)\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:us|we|search|(?:our|the)(?: \w+)? (?:page|account|feed|channel|twitter|facebook|instagram|trust|team))\b\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_NEAR = 40


def find_handles(text: str) -> list[Span]:
    """Where links to people's own pages and their handles stand.

    >>> find_handles("Follow us @ExampleCouncil, or message Sam on Twitter: @sam_e")
    [(54, 60)]
    """
    handles = _handles(text) if "@" in text else ()
    return [*_pages(text), *handles]


def _pages(text: str) -> Iterator[Span]:
    low = text.lower()
    if not any(end in low for end in _ENDS):
        return
    if any(hint in low for hint in _MAY_HAVE_OWN_PAGE):
        yield from (page.span() for page in _OWN_PAGE.finditer(text))
    if any(name in low for name in _SHARED):
        yield from _shared(text)


def _shared(text: str) -> Iterator[Span]:
    """Most pages there are bodies'; a person's has two words in its name, or says whose it is."""
    for page in _SHARED_PAGE.finditer(text):
        before = text[max(0, page.start() - _NEAR) : page.start()]
        if ("_" in page["name"] or _PERSONAL.search(before)) and not _is_of_a_body(text, page):
            yield page.span()


def _handles(text: str) -> Iterator[Span]:
    for handle in _HANDLE.finditer(text):
        around = text[max(0, handle.start() - _NEAR) : handle.end() + _NEAR]
        if ("_" in handle["name"] or _SOCIAL.search(around)) and not _is_of_a_body(text, handle):
            yield handle.span()


def _is_of_a_body(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _NEAR) : found.start()]
    return bool(re.search(_OF_A_BODY, found["name"]) or _THEIRS.search(before))
