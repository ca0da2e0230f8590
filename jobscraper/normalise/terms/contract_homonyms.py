"""Words of contracts that mean something else beside other words: `Bank Holiday`, `permanent way`, `to cover the ward`.

Two kinds: a word that means a contract nearly everywhere has the words beside which it does not; one that mostly means
something else (`training`, `cover`) is believed only where nothing else stands between the same commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# Word → the words that follow it where it means something else.
_FOLLOWED: Mapping[str, str] = {
    "bank": "holiday|holidays|hol|hols|account|accounts|details|statement|statements|reconciliation|reconciliations|"
    "transfer|transfers|balance|balances|loan|loans|of",
    "permanent": "way|residence|residency|resident|secretary|secretaries|exclusion|exclusions|magnet|magnets|address|"
    "home|homes|site|base|members|recruitment|placement|placements|night|nights|days|health|make up",
    "temporary": "structure|structures|accommodation|housing|staffing|works|traffic|building|buildings|classrooms|"
    "event|events|registration|closure|closures|signage|storage|exclusion|exclusions|residence|visa|repairs|promotions|"
    "recruitment|members|stop|stopping|licence|licences",
    "temp": "agency|agencies|control",
    "short term": "break|breaks|goal|goals|objectives|care|assessment|intervention|interventions|let|lets|planning|"
    "priorities|memory|loan|loans|lending|rehabilitation|support",
    "seasonal": "affective|flu|fluctuation|fluctuations|variation|variations|demand|demands|pressures|produce|vaccination|"
    "vaccinations|campaign|campaigns|events|influenza|planting|menus|bedding",
    "interim": "report|reports|review|reviews|payment|payments|order|orders|accounts|storage|care",
    "casual": "dress|clothing|clothes|wear|conversation",
    "supply": "chain|chains|of|network|networks|side|and demand",
    "apprenticeship": "levy|administration|provider|providers|provision|standard|standards|training|assessor|coordinator|"
    "team|delivery|manager|officer|schemes|programmes",
    "locum": "agency|agencies",
    "night": "shelter|shelters|time economy|club|clubs",
    "flexible": "approach|attitude|and willing|and adaptable|benefits|retirement|pension",
    "variable": "pay|data",
    "shift": "left|allowance|culture",
}
# Word → the words that stand before it where it means something else.
_PRECEDED: Mapping[str, str] = {
    "bank": "food|blood|tissue|milk|item|data|world|river|south|north|west|east|eye|brain|toy",
    "supply": "water|power|energy|gas|electricity|food|heat",
    "casual": "smart|business",
    "shift": "channel|modal|paradigm|digital|culture",
    "ft": "nhs|hospitals|hospital",
    "permanent": "become|becoming|made|going|potentially|possibly|eventually|to|view to|lead to a|leading to a|possible",
}
# Believed only alone between commas, brackets, strokes and dashes, or beside other kinds and words such as `post`.
ALONE = frozenset(
    """cover|fixed|training|placement|rotational|voluntary|volunteer|volunteers|agency|contractor|consultancy|
    as required|ad hoc|relief|loan|indefinite|open ended|openended|honorary|work experience|interim|seasonal|
    short term|variable""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
JOB = frozenset(
    """contract|contracts|contracted|post|posts|position|positions|job|jobs|role|roles|employment|basis|type|and|or|a|an|on|
    the|only|for|up to|month|months|year|years|weeks|initial|initially|full time|part time|term time|job share|gontract|
    swydd""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""What may stand beside a word that is believed only alone."""
NOT = frozenset({"no", "not", "non", "without", "never", "nor"})
"""Words that deny what follows them."""


def phrases() -> Iterator[str]:
    """The phrases in which such a word means something else."""
    for word, others in _FOLLOWED.items():
        yield from (f"{word} {other}" for other in others.split("|"))
    for word, others in _PRECEDED.items():
        yield from (f"{other} {word}" for other in others.split("|"))
