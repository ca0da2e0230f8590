"""How boards say that an advert is over, in English and Welsh: on a page in the place of the advert's own, with status 200.

One list for all boards: whoever meets another wording adds it here. The words must speak of an advert (`this job has expired`); a
session that has expired, or a page that is not there, is another matter.
"""

from __future__ import annotations

import re

from parsel import Selector

from jobscraper.text.fold import fold_space

_ADVERT = r"(?:job|vacancy|role|post|position|posting|advert(?:isement)?|listing|opportunity|opening|requisition)"
_OVER = r"(?:expired|closed|ended|finished|passed|withdrawn|removed|filled|archived|deleted|taken down|cancelled)"
_ANY_WORDS = r"(?:[\w'’,()-]+ ){0,8}?"
_OPEN = r"(?:available|active|live|open|accepting|advertised|being advertised|on offer|listed)"
# `This post is not open to job share` says nothing of its end.
_TO_SOME = r" (?:to|for|on|as|with)\b(?! (?:new |further |any )?(?:applica|view))"
_SAYINGS = (
    rf"\b{_ADVERT} {_ANY_WORDS}(?:has|have|is|was) (?:now |already |been |since ){{0,3}}{_OVER}\b",
    rf"\b{_ADVERT} {_ANY_WORDS}(?:is|are) (?:no longer|unfortunately no longer) {_OPEN}\b",
    rf"\b{_ADVERT} {_ANY_WORDS}(?:is|are) (?:not|not currently|currently not) {_OPEN}\b(?!{_TO_SOME})",
    rf"\b{_ADVERT} {_ANY_WORDS}(?:is|are) (?:now )?unavailable\b",
    rf"\b(?:expired|closed|withdrawn) {_ADVERT}\b",
    r"^\W*(?:sorry\W+)?(?:this |it )?(?:has )?(?:now )?(?:expired|wedi dod i ben)\W*$",
    rf"\b{_ADVERT} (?:closed|expired|withdrawn|unavailable|not found|no longer (?:available|exists))\b",
    rf"\b{_ADVERT} {_ANY_WORDS}(?:no longer exists?|(?:could|can)(?:not| not|n['’]t) be found|does not exist)\b",
    rf"\b(?:could not|couldn['’]t|cannot|can['’]t|unable to) find (?:the|this|that) {_ADVERT}\b",
    r"\bno longer (?:accepting|taking) applications\b",
    r"\bapplications (?:are|have|for this \w+ (?:are|have)) (?:now )?(?:been )?closed\b",
    r"\b(?:closing date|deadline)(?: for [\w ]{1,40})? has (?:now )?passed\b",
    # Welsh: the job, post or advert has closed, come to an end, been filled or withdrawn; is (no longer) available.
    r"\b(?:swydd|swydd wag|hysbyseb|rôl|cyfle)(?: wag)?(?: hon| hwn| yma)? (?:bellach )?wedi(?: ei| i|['’]i)?"
    r" (?:cau|chau|dod i ben|dirwyn i ben|gorffen|llenwi|thynnu|tynnu|dileu)\b",
    r"\b(?:swydd|swydd wag|hysbyseb|rôl|cyfle)(?: wag)?(?: hon| hwn| yma)? (?:bellach )?ar gau\b",
    r"\bnid yw['’]?r? (?:swydd|hysbyseb|rôl|cyfle)(?: wag)?(?: hon| hwn| yma)? (?:bellach )?(?:ar gael|ar agor|yn fyw)\b",
    r"\bdyddiad cau(?: [\w ]{1,40})? wedi (?:bod|pasio|mynd heibio)\b",
)
_SAYS = re.compile("|".join(_SAYINGS), re.IGNORECASE)
_SESSION = re.compile(r"\b(?:session|link|token|password|cookie)\b[^.]{0,40}\bexpired", re.IGNORECASE)
_HEADINGS = (
    "//title | //h1 | //h2 | //h3 | //*[@role='alert' or contains(@class, 'alert') or contains(@class, 'notice')]"
)
_SHORT = 1500
"""Characters of a page that says little else: then all of it is looked at. The text of an advert may speak of posts filled."""


def ended_words(markup: str) -> str | None:
    """The words by which a page says that its advert is over; None where it says nothing of the kind."""
    page = Selector(markup) if markup.strip() else None
    if page is None or page.type != "html":
        return None
    heads = [fold_space(" ".join(node.xpath(".//text()").getall())) for node in page.xpath(_HEADINGS)]
    shown = fold_space(" ".join(page.xpath("//body//text()[not(ancestor::script or ancestor::style)]").getall()))
    for text in (*(head for head in heads if len(head) < _SHORT), *((shown,) if len(shown) < _SHORT else ())):
        found = _SAYS.search(text)
        if found and not _SESSION.search(text):
            return found[0]
    return None
