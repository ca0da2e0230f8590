"""What is told of a page (issues, logs, notices, the screen): without the people whom the page names.

A message may quote an entry as its board sent it, `{"contactPoint": {"name": "Jane Doe", "telephone": …}}`: there the key
says that a name follows.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from jobscraper.normalise.contacts import REMOVED, find_contacts, replaced
from jobscraper.normalise.contacts.spans import Span, merged
from jobscraper.normalise.contacts.words import BODIES, ROLES
from jobscraper.text.credentials import without_credentials

# Keys of entries behind which a person stands, in the spelling of any board: `contactName`, `given_name`, `Line manager`.
_PERSONAL_KEY = re.compile(
    r"""(?:["'](?=[^"']{1,60}["']\s{0,3}[:=])|<(?=[^<>/]{1,60}>))(?P<key>name"""
    r"""|[\w :.-]{0,30}(?:contact|person|recruiter|manager|author|editor|signatory|posted_?by|created_?by)[\w :.-]{0,20}"""
    r"""|(?:full|first|last|given|family|additional|middle|sur|fore)[ _-]?names?|telephone|phone|mobile|fax(?:number)?|e-?mail)"""
    r"""(?:["']\s{0,3}[:=]\s{0,3}["']|>\s{0,3})(?P<value>[^"<>{}\[\]]{2,80}?)(?=["'<]|$)""",
    re.IGNORECASE,
)
_MAY_HAVE_KEY = re.compile(r"""["'>]\s{0,3}:|</""")
_WORD = re.compile(r"[^\W\d_]+")
_NO_PERSONS_KEY = re.compile(r"contact_?(?:type|option)|(?:type|url|id|reference)$", re.IGNORECASE)


def private(text: str) -> str:
    """The text without contact details, also where they stand behind a key.

    >>> private('{"hiringOrganization": {"name": "Example Council"}, "contactPoint": {"name": "Jo Doe", "telephone": "960123"}}')
    '{"hiringOrganization": {"name": "Example Council"}, "contactPoint": {"name": "[contact removed]", "telephone": "[contact removed]"}}'
    """
    named = list(_behind_keys(text)) if _MAY_HAVE_KEY.search(text) else []
    return replaced(text, merged([*find_contacts(text), *named]))[0]


def _behind_keys(text: str) -> Iterator[Span]:
    for found in _PERSONAL_KEY.finditer(text):
        words = {word.lower() for word in _WORD.findall(found["value"])}
        of_a_body = found["key"].lower() == "name" and words & (BODIES | ROLES)
        if not (of_a_body or _NO_PERSONS_KEY.search(found["key"]) or REMOVED in found["value"]):
            yield found.span("value")


class PrivateFormatter(logging.Formatter):
    """A formatter of log lines without credentials and contact details."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return private(without_credentials(super().format(record)))
