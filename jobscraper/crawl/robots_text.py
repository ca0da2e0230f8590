"""What stands in the bytes of a robots.txt, whatever its encoding. Pure.

RFC 9309 wants UTF-8. Editors put a byte order mark before it, or write UTF-16, and a parser that does not know reads no rule
where there are some: what cannot be read for sure is an error, never a file without rules.
"""

from __future__ import annotations

import codecs
import html
import re

from jobscraper.text.fold import fold_space

# The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TAG = re.compile(r"<[^>]*>")
_ENDLESS = re.compile(
    r"^(\s*crawl[- ]delay\s*:\s*)(?:\+?inf(?:inity)?|[\d.]+e\+?\d{3,})\b.*$", re.IGNORECASE | re.MULTILINE
)


class UnreadableRobotsError(ValueError):
    """A robots.txt that cannot be decoded: its rules are not known."""


def robots_text(body: bytes) -> str:
    """The lines of a robots.txt, without marks that nobody sees and with plain blanks.

    Of a page of HTML, which some sites send in its place, the text: browsers save the rules so, and most have none.

    :raises UnreadableRobotsError: they cannot be decoded.
    """
    text = _decoded(body)
    if text.lstrip().startswith("<"):
        text = html.unescape(_TAG.sub("\n", text))
    text = "\n".join(map(fold_space, text.splitlines()))
    # The parser takes an endless delay for a slip of the pen, and keeps none.
    return _ENDLESS.sub(r"\g<1>1e300", text)


def _decoded(body: bytes) -> str:
    mark, encoding = next((it for it in _MARKS if body.startswith(it[0])), (b"", _encoding(body)))
    try:
        text = body[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or not _is_plain_but_for_comments(body):
            raise UnreadableRobotsError(f"it is not the {encoding.upper()} that it should be") from None
        text = body.decode("utf-8", "replace")
    if "\0" in text:
        raise UnreadableRobotsError("it is not text")
    return text


def _encoding(body: bytes) -> str:
    """UTF-8 where no mark says otherwise; where every second byte is NUL it is the one or the other UTF-16."""
    high, low = body[0::2], body[1::2]
    if low and not any(low) and all(high):
        return "utf-16-le"
    return "utf-16-be" if high and not any(high) and all(low) else "utf-8"


def _is_plain_but_for_comments(body: bytes) -> bool:
    """Whether all rules are ASCII, so that every encoding in which a comment may be written has the same ones."""
    return all(line.split(b"#", 1)[0].isascii() for line in re.split(rb"[\r\n]", body))
