"""What kind of body a name says it is, for bodies that no register holds.

In: a name. Out: a kind, or None where the words do not tell. There are 24,000 schools, 10,000 parish councils and
7,000 practices: they are too many to carry, but their names say what they are.
"""

from __future__ import annotations

import re

from jobscraper.text.fold import fold_name

# The first rule whose words occur decides; the kind of the head word comes before that of the words around it.
_RULES: tuple[tuple[str, str], ...] = (
    ("other", r"students? union|union of students|students association|alumni"),
    (
        "other",
        r"surgery|surgeries|meddygfa|medical (?:practice|centre|group)|health (?:centre|centres)|practice|dental care|dentists?",
    ),
    ("police", r"police and crime commissioner|police|constabulary"),
    ("fire", r"fire and rescue|fire service|fire authority|fire brigade"),
    (
        "agency",
        r"general \w+(?: and \w+)? council|(?:midwifery|professions|teaching|legal services) council|integrated care (?:board|system)",
    ),
    ("agency", r"icb|ccg|clinical commissioning group|commissioning support unit|ombudsman|inspectorate|regulator"),
    (
        "nhs_trust",
        r"nhs (?:foundation )?trust|nhs ft|university health board|health board|health and social care trust",
    ),
    (
        "housing",
        r"housing (?:association|trust|society|group|partnership|co operative|cooperative|company)|homes (?:group|association)",
    ),
    (
        "school",
        r"school|schools|academy|academies|infants?|primary|juniors?|ysgol|sixth form|multi academy trust|mat|nursery school",
    ),
    (
        "school",
        r"(?:education|learning|schools?|catholic|diocesan|academy) trust|federation|grammar|high|pupil referral unit|pru|montessori",
    ),
    (
        "council",
        r"(?:town|parish|community|county|borough|district|city|metropolitan) council|cyngor (?:tref|cymuned|sir|dinas|bwrdeistref)",
    ),
    ("council", r"london borough of|royal borough of|combined (?:county )?authority"),
    (
        "university",
        r"university(?! of the third age)|prifysgol|conservatoire|royal (?:academy|college) of (?:music|art|dramatic art)",
    ),
    ("other", r"(?:royal )?college of \w+|college of (?:physicians|surgeons)"),
    ("school", r"college|colleges|coleg"),
    ("department", r"ministry of|department (?:for|of)"),
    (
        "agency",
        r"national park authority|commission for|(?:regulatory|standards|enforcement) (?:authority|agency)|development corporation",
    ),
    (
        "other",
        r"ltd|limited|plc|llp|llc|inc|cic|cio|company|group|holdings|solutions|consult\w*|recruitment|resourcing|careers|associates|partners",
    ),
    (
        "other",
        r"hospice|museums?|gallery|theatre|church|diocese|cathedral|charity|charitable|foundation|society|association|union|legion|fund",
    ),
    (
        "other",
        r"care|carers|healthcare|housing|support|homes?|community|centre|enterprises?|institute|federation|services?|trust|friends|network",
    ),
)
_COMPILED = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _RULES)


def kind_of_words(name: str) -> str | None:
    """Return the kind that the words of a name tell.

    >>> kind_of_words("Prudhoe Town Council"), kind_of_words("General Optical Council"), kind_of_words("Valour")
    ('council', 'agency', None)
    """
    folded = fold_name(name)
    return next((kind for kind, words in _COMPILED if words.search(folded)), None)
