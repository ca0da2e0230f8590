"""Pay that stands in a sentence of an advert's text, where no label names it."""

from __future__ import annotations

import re

from parsel import Selector

from jobscraper.model.reading import Problem
from jobscraper.read.markup import text_of
from jobscraper.text.lines import breaks_mended

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_PAY = re.compile(
    r"\b(?:salary|salaries|pay|paid|remuneration|cyflog)\b[^£]{0,80}£\s?\d"
    r"|£\s?\d[\d,.]*(?:\s?k)?(?:\s?(?:-|–|to|i)\s?£?\s?\d[\d,.]*(?:\s?k)?)?\s?(?:p\.?\s?a\.?|per (?:annum|year|hour|day)|a year|an hour|y flwyddyn)\b",
    re.IGNORECASE,
)
# Money that is not this post's pay, whatever else the sentence says.
_OF_OTHERS = re.compile(
    r"\b(?:budget|turnover|million|bn|bonus|grant|fund(?:ing)?|portfolio|save|voucher|lump sum)\b", re.IGNORECASE
)
# What may be reached later is no pay of the post.
_LATER = re.compile(
    r",?\s+(?:with|and)\s+(?:the\s+)?(?:potential|possible|possibility|scope|opportunit\w+|further|discretionary)\b.*",
    re.DOTALL,
)
_LONGEST = 300


def pay_sentence(markup: str | None) -> tuple[str | None, tuple[Problem, ...]]:
    """The one sentence of a text that tells the pay, up to what may be reached later; a problem where there are several, or
    one that is no sentence.

    A text that prints two such sentences may speak of two posts, or of a supplement: nobody chooses for it.
    """
    if not markup or "£" not in markup:
        return None, ()
    text = text_of(Selector(f"<div>{breaks_mended(markup)}</div>")) or ""
    sentences = [part.strip() for part in _SENTENCE.split(text)]
    found = list(dict.fromkeys(part for part in sentences if _PAY.search(part) and not _OF_OTHERS.search(part)))
    if len(found) == 1 and len(found[0]) <= _LONGEST:
        return _LATER.sub("", found[0]), ()
    if found:
        told = f"pay without a label, in {len(found)} sentences: {found[0][:150]}"
        return None, (Problem(kind="pay_unlabelled", field="salary", text=told),)
    return None, ()
