"""What kind of body a name says it is, for bodies that no register holds.

In: a name. Out: a kind, or None where the words do not tell. There are 24,000 schools, 10,000 parish councils and
7,000 practices: they are too many to carry, but their names say what they are.
"""

from __future__ import annotations

import re

from jobscraper.registers.kinds import kind_named
from jobscraper.text.fold import fold_name

# The first rule of which some words occur decides. Words are regular expressions between word boundaries.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Bodies beside a public one that bear its name.
    ("other", ("students? (?:union|association|guild)", "(?:union|guild) of students", "university union", "alumni")),
    (
        "other",
        (
            "charit(?:y|ies)$",
            "enterprises$",
            "enterprises (?:ltd|limited)",
            "university press",
            "friends of",
            "league of friends",
        ),
    ),
    ("other", ("(?:welfare|benevolent) fund", "academy of (?:medical|social|sciences|engineering)", "clubs?", "a?fc$")),
    ("other", ("(?:police|gp|health|healthcare|practices?|care) federation", "police federation", "federated gps?")),
    ("other", ("states of (?:guernsey|jersey)", "(?:guernsey|jersey|isle of man) government", "government of jersey")),
    # Charities with a branch in every town: the brand tells.
    (
        "other",
        ("age (?:uk|concern|cymru|scotland)", "citizens advice", "home start", "healthwatch", "groundwork", "ymca"),
    ),
    (
        "other",
        ("^.+ mind$", "mind (?:in|cymru)", "womens aid", "rape crisis", "relate", "samaritans", "wildlife trust"),
    ),
    ("other", ("surgery", "surgeries", "meddygfa", "medical (?:practice|centre|group|partnership)", "health centres?")),
    ("other", ("practices?", "dental(?! council)", "dentists?", "gps?", "doctors", "drs", "medics", "hospices?")),
    ("other", ("pcns?", "primary care (?:networks?|services|partnership|alliance|hub)")),
    ("police", ("police and crime commissioner", "opf?cc", "pcc", "police", "constabulary")),
    ("fire", ("fire and rescue", "fire service", "fire authority", "fire brigade")),
    ("agency", (r"general \w+(?: and \w+)? council", "(?:midwifery|professions|teaching|legal services) council")),
    (
        "agency",
        ("integrated care (?:board|system)", "icbs?", "ccgs?", "clinical comm?issioning groups?", "nhs commissioners"),
    ),
    (
        "agency",
        ("commissioning support unit", "ombudsman", "inspectorate", "regulator", "deanery", "^health education"),
    ),
    ("nhs_trust", ("nhs (?:foundation )?trust", "nhs ft", "health board", "uhb", "health and social care trust")),
    ("nhs_trust", ("(?<!nhs )foundation trust$", "(?:hospitals?|healthcare|ambulance service|mental health) trust$")),
    ("housing", ("housing (?:association|trust|society|group|partnership|co operative|cooperative|company)",)),
    ("housing", ("homes (?:group|association)", "(?:council )?housing$", "^cartrefi", "^tai (?!chi)")),
    ("school", ("schools?", "academy", "academies", "infants?", "primary(?! care)", "juniors?", "ysgol", "sixth form")),
    (
        "school",
        ("multi academy trust", "mat", "(?:education(?:al)?|learning|schools?|catholic|diocesan|academy) trust"),
    ),
    # A further education college with degree courses is no university.
    ("school", ("(?:college|coleg) .*university centre", "university centre .+ (?:college|coleg)")),
    (
        "school",
        (
            "federation",
            "grammar",
            "high(?: for (?:girls|boys))?$",
            "pupil referral unit",
            "pru",
            "montessori",
            "utc",
            "secondary(?! care)",
        ),
    ),
    (
        "school",
        (
            "nursery",
            "nurseries",
            "pre ?school",
            "playgroup",
            "kindergarten",
            "learning (?:village|campus)",
            "(?:girls|boys)$",
        ),
    ),
    ("school", ("(?:education|learning) (?:group|partnership|federation|community)", "community learning")),
    ("school", ("(?<!for )(?<!in )(?<!health )education$", "partnership learning")),
    ("council", ("(?:town|parish|community|county|borough|district|city|metropolitan) council",)),
    (
        "council",
        (r"(?<!of )(?:town|parish|borough|district|city|county) councils", r"^(?!.*association).+ and .+ councils$"),
    ),
    ("council", ("cyngor (?:tref|cymuned|sir|dinas|bwrdeistref)", "(?:london|royal) borough of")),
    ("council", ("combined (?:county )?authority",)),
    ("university", ("university(?! of the third age)", "prifysgol", "conservatoire", "college (?:cambridge|oxford)")),
    ("university", ("royal (?:academy|college) of (?:music|art|dramatic art)",)),
    ("other", (r"royal college of \w+", "college of (?:physicians|surgeons)")),
    ("school", ("colleges?", "coleg")),
    ("department", ("ministry of", "department (?:for|of)")),
    ("agency", ("park authority", "commission for", "development corporation")),
    ("agency", ("(?:regulatory|regulation|standards|enforcement) (?:authority|agency|board)",)),
    (
        "other",
        ("ltd", "limited", "plc", "llp", "llc", "inc", "cic", "cio", "company", "group", "holdings", "solutions"),
    ),
    ("other", (r"consult\w*", "recruitment", "resourcing", "careers", "associates", "partners", "training", "supply")),
    (
        "other",
        ("air ambulance", "charities", "hospice", "museums?", "gallery", "theatre", "church", "diocese", "abbey"),
    ),
    (
        "other",
        ("cathedral", "charity", "charitable", "foundation", "society", "association", "union", "legion", "fund"),
    ),
    ("other", ("care", "carers", "healthcare", "housing", "support", "homes?", "community", "centre", "institute")),
    ("other", ("services?", "friends", "network", "enterprises?", "leisure", "co op(?:eratives?)?", "alliance")),
    (
        "other",
        ("health", "medical$", r"pharmac\w+", "psychiatry", r"psycho\w+", "counselling", "diagnostics", "wellbeing"),
    ),
    (
        "other",
        ("(?:disabilit(?:y|ies)|wildlife|heritage|sports?|football|arts|land|rivers?|cancer|autism|childrens) trust",),
    ),
    (
        "other",
        ("(?:conservation|preservation|development|culture|cultural|national|community|woodland|charitable) trust",),
    ),
    # What else is called a trust and nothing more is the trust of some schools, on the boards that are read here.
    ("school", ("trust$", "trust (?:ltd|limited)$")),
    ("other", ("trust", "partnership$")),
    ("other", ("airport", "port", "harbour", "volunt(?:ary|eer|eering)")),
    ("other", ("womens", "refuge", "advocacy", "advice", "law centre", "staffing", "recruit", "clinic", "physio")),
)
_COMPILED = tuple((kind, re.compile(rf"\b(?:{'|'.join(words)})\b")) for kind, words in _RULES)


def kind_of_words(name: str) -> str | None:
    """Return the kind that a name is known to have, or that its words tell.

    >>> kind_of_words("Prudhoe Town Council"), kind_of_words("General Optical Council"), kind_of_words("Valour")
    ('council', 'agency', None)
    """
    folded = fold_name(name)
    return kind_named(folded) or next((kind for kind, words in _COMPILED if words.search(folded)), None)
