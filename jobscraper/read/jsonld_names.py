"""The names of schema.org as a page spells them in JSON-LD: bare, with a prefix (`schema:title`), or as addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jobscraper.read.jsonld_values import listed

_VOCABULARY = re.compile(r"https?://(?:www\.)?schema\.org/?#?")
_SPELLED = re.compile(r"(?P<prefix>https?://(?:www\.)?schema\.org/#?|[\w.-]+:)(?P<name>[A-Za-z]\w*)")
_OF_SCHEMA_ORG = {"schema": "https://schema.org/"}
"""What schema.org's own context calls itself, so that it may be said without being told."""


def spell_plainly(nodes: Iterable[dict[str, Any]]) -> None:
    """Take the prefixes of schema.org off the names of a block's objects; of two that come to one, the bare one stays.

    What a prefix means is told by the `@context` of any of them: others' prefixes (`dc:title`) stay as they are.
    """
    found = list(nodes)
    told = {**_OF_SCHEMA_ORG, **{name: iri for node in found for name, iri in _prefixes(node.get("@context"))}}
    prefixes = {f"{name}:" for name, iri in told.items() if _VOCABULARY.fullmatch(iri)}
    for node in found:
        for spelled in [name for name in node if ":" in name]:
            parts = _SPELLED.fullmatch(spelled)
            if parts and (parts["prefix"] in prefixes or _VOCABULARY.fullmatch(parts["prefix"])):
                value = node.pop(spelled)
                node.setdefault(parts["name"], value)


def _prefixes(context: object) -> Iterator[tuple[str, str]]:
    for part in listed(context):
        for name, meaning in part.items() if isinstance(part, dict) else ():
            iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(iri, str):
                yield name, iri
