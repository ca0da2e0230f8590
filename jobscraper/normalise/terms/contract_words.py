"""The words of boards for kinds of contract and working patterns, and finding them in a text.

Values are schema.org's words where it has them (FULL_TIME, PART_TIME, TEMPORARY, CONTRACTOR, VOLUNTEER, INTERN); words
of boards are given as `fold_name` folds them. The lists are those of the data dictionary.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from jobscraper.normalise.terms.contract_homonyms import ALONE, JOB, NOT, phrases
from jobscraper.text.fold import fold_name

CONTRACT_TYPES: Mapping[str, str] = {
    "permanent": "permanent|parhaol|open ended|openended|substantive|indefinite|perm|permanent full year|permanent contract",
    "fixed_term": "fixed term|fixedterm|fixed term contract|fixed term appointment|ftc|cover|maternity cover|"
    "maternity leave|paternity cover|adoption cover|adoption leave|parental cover|leave cover|absence cover|sickness cover|"
    "secondment cover|cover maternity|covering maternity|cover for maternity|covering a maternity|cover a maternity|"
    "fixed contract|fixed period|fixed appointment|fixed length|fixed duration|cyfnod penodol|tymor penodol|temporary fixed term|fixed",
    "temporary": "temporary|temp|dros dro|short term|seasonal|seasonal worker|seasonal workers|interim|acting up|short notice appointment|"
    "temporary not fair and open",
    "casual": "casual|relief worker|relief workers|ad hoc basis|zero hours|zero hour|relief|sessional|supply|per diem|as and when|as and when required|as required|"
    "permanently variable hours|annualised casual|achlysurol|supply casual relief|ad hoc",
    "bank": "bank|staff bank|banc",
    "secondment": "secondment|secondments|secondee|secondiad|loan|assisted transfer",
    "apprenticeship": "apprenticeship|apprenticeships|apprentice|prentisiaeth|degree apprenticeship|modern apprenticeship",
    "training": "training|training contract|trainee|traineeship|graduate scheme|graduate trainee|rotational|specialty training",
    "intern": "intern|internship|internships|placement|industrial placement|work experience|sandwich placement",
    "volunteer": "volunteer|volunteers|voluntary|volunteer role|volunteer position|voluntary role|voluntary position|"
    "honorary contract|honorary position|honorary appointment|gwirfoddol|honorary|unpaid volunteer",
    "contractor": "contractor|agency|agency worker|agency workers|agency contract|agency post|freelance|self employed|consultancy|locum|office holder",
}
WORKING_PATTERNS: Mapping[str, str] = {
    "full_time": "full time|fulltime|full-time|llawn amser|amser llawn|ft|full time hours|whole time|wholetime",
    "part_time": "part time|parttime|rhan amser|pt|part time hours|reduced hours|less than full time",
    "term_time": "term time|termtime|term time only|term time working|tto|during term time|yn ystod y tymor|"
    "term time plus specified days|term only|part year|tto plus inset|term time plus inset days",
    "job_share": "job share|job shares|jobshare|job sharing|rhannu swydd",
    "flexible": "flexible|flexible working|flexible hours|flexi time|flexitime|variable|variable hours|hyblyg|"
    "flexible working hours|agile working",
    "compressed": "compressed|compressed hours|compressed week|condensed hours|nine day fortnight|9 day fortnight",
    "annualised": "annualised|annualised hours|annualized hours|annual hours|averaged hours|oriau blynyddol",
    "shift": "shift|shifts|shift working|shift work|rota|rota basis|rotating shifts|rotational shifts|roster|patrwm shifft",
    "evening": "evening|evenings|evening work",
    "night": "night|nights|night shift|night shifts|night work|waking nights|sleep in|sleep ins",
    "weekend": "weekend|weekends|weekend working|weekend work",
    "on_call": "on call|oncall|standby|on call rota",
    "other": "other|arall",
}
# What is understood and is neither: places of work, requests to read on, words between the others.
_IGNORED = """home working|homeworking|home worker|contracted home worker|home based|remote|remote working|hybrid|
hybrid working|office based|work from home|overseas|returner|please see advert text|please see advert|see advert|
see advert text|see job description|see below|various|not specified|not applicable|tbc|n a|employee|employment|contract|
contracts|contracted|post|posts|position|positions|job|jobs|role|roles|hours|hour|hrs|working|work|pattern|basis|time|only|
and|or|to|with|for|a|an|the|of|up|up to|in|on|at|is|be|will|per|week|weekly|weeks|pw|year|annum|months|month|years|plus|
specified|days|day|inset days|inset|probation|probationary period|notice|approx|approximately|average|around|type|status|length|duration|initial|initially|
until|from|available|considered|options|option|opportunities|would be|may be|possible|possibility|extension|possibility of extension|
with possibility of extension|permanence|subject to funding|funding|subject|further|extend|being extended|also|both|either|
all|any|this|we|offer|our|your|required|minimum|maximum|max|min|total|fte|wte|ph|exc|inc|excluding|including|breaks|gontract|
swydd|oriau|yr wythnos|wythnos|a a|covering|january|february|march|april|may|june|july|august|september|october|november|
december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|
tues|wed|thu|thur|thurs|fri|sat|sun|am|pm|noon|between|hpw|p w|p a|pa|hr|wk|wks|awr|munud|mins|minutes"""


def _phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a phrase → (column, value); the column is empty for what is understood and says nothing."""
    otherwise = "|".join([_IGNORED, *phrases()])
    tables = (("contract_type", CONTRACT_TYPES), ("working_pattern", WORKING_PATTERNS), ("", {"": otherwise}))
    return {
        tuple(fold_name(phrase).split()): (column, value)
        for column, words in reversed(tables)
        for value, phrases in words.items()
        for phrase in phrases.split("|")
    }


_MEANING = _phrases()
_MOST_WORDS = max(map(len, _MEANING))
_OF_TIME = {"full": ("working_pattern", "full_time"), "part": ("working_pattern", "part_time")}
_BETWEEN = frozenset({"or", "and", "to"})
# `Fixed termLoanSecondment`: a page whose line breaks were lost.
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = re.compile(r"[.,;:/|()\[\]\n•*]|\s[-–—]+\s|[-–—]{2,}|[–—]")
_NUMBER = re.compile(r"\d+(?:h|hrs?|hours?|hpw|pw|mins?|wks?|weeks?|mths?|months?|yrs?|fte|wte)?")
_DENIED_WITHIN = 2
"""Words between `not` and what it denies (`not a permanent role`), it included."""


@attrs.frozen
class Word:
    """A word or phrase of a list, `value` of `column`, where it is printed; `printed` is folded."""

    column: str
    value: str
    start: int
    end: int
    printed: str


def find_words(text: str) -> tuple[list[Word], list[str]]:
    """Return the words of the lists in printed order, and the runs of words that are in no list.

    The longest phrase is taken first; `annualised casual hours` is casual before it is annualised.
    """
    spans = [span for match in _WORD.finditer(text) for span in _unglued(match)]
    folded = [fold_name(text[start:end]) for start, end in spans]
    found: list[tuple[int, Word]] = []
    unknown: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    position = 0
    while position < len(folded):
        length, meaning = _longest(folded, position)
        start, end = spans[position][0], spans[position + length - 1][1]
        printed = " ".join(folded[position : position + length])
        column = meaning[0] if meaning else None
        if meaning is None and not _NUMBER.fullmatch(printed) and printed not in NOT:
            unknown.append((start, end))
        elif meaning and column:
            found.append((position, Word(*meaning, start, end, printed)))
        if not printed.isdigit() and printed not in JOB and column != "contract_type":
            others.append((start, end))
        position += length
    words = _affirmed(found, folded, spans, text)
    return list(_believed(words, others, text)), [text[start:end] for start, end in _runs(unknown, text)]


def _affirmed(
    found: Iterable[tuple[int, Word]], folded: Sequence[str], spans: Sequence[tuple[int, int]], text: str
) -> list[Word]:
    """Without what is denied (`not a permanent role`, `no nights or weekends`)."""
    words: list[Word] = []
    denied_until = -1
    for position, word in found:
        near = range(max(0, position - _DENIED_WITHIN), position)
        goes_on = denied_until >= 0 and set(folded[denied_until:position]) <= _BETWEEN
        if goes_on or any(folded[i] in NOT and not _STOP.search(text, spans[i][1], word.start) for i in near):
            denied_until = position + len(word.printed.split())
        else:
            words.append(word)
    return words


def _believed(words: Iterable[Word], others: Sequence[tuple[int, int]], text: str) -> Iterable[Word]:
    """Without the words that mean something else where one of `others` stands in the same part of the text."""
    stops = [0, *(stop.start() for stop in _STOP.finditer(text)), len(text)]
    for word in words:
        first = max(stop for stop in stops if stop <= word.start)
        last = min(stop for stop in stops if stop >= word.end)
        if word.printed not in ALONE or not any(
            first <= start and end <= last and start != word.start for start, end in others
        ):
            yield word


def _unglued(match: re.Match[str]) -> list[tuple[int, int]]:
    cuts = [match.start(), *(match.start() + cut.start() for cut in _GLUED.finditer(match[0])), match.end()]
    return list(itertools.pairwise(cuts))


def _longest(folded: list[str], position: int) -> tuple[int, tuple[str, str] | None]:
    for length in range(min(_MOST_WORDS, len(folded) - position), 0, -1):
        meaning = _MEANING.get(tuple(folded[position : position + length]))
        if meaning is not None:
            return length, meaning
    return 1, _shortened(folded, position)


def _shortened(folded: list[str], position: int) -> tuple[str, str] | None:
    """The meaning of the first word of `full or part time`, whose `time` is printed once for both."""
    word, following = folded[position], folded[position + 1 : position + 4]
    if following[:1] and following[0] in _BETWEEN:
        del following[0]
    if word not in _OF_TIME or not following or word == following[0].removesuffix("time"):
        return None
    said = " ".join(following)
    return _OF_TIME[word] if re.match(r"(?:full|part) ?time\b", said) else None


def _runs(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Unknown words that stand side by side are one unknown thing."""
    runs: list[tuple[int, int]] = []
    for start, end in spans:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
