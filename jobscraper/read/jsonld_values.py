"""The values of schema.org objects as boards print them: a text where an object should be, a list where one should be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from jobscraper.read.markup import unescaped

Node = Mapping[str, object]

_NUMBER = re.compile(r"£?\s*\d[\d,]*(?:\.\d+)?")
_TAG = re.compile(r"</?[a-zA-Z]")
_HOURS = re.compile(r"full|part|term.?time|flexible|share|shift|zero|per.?diem|other", re.IGNORECASE)
_UK = frozenset({"gb", "uk", "gbr", "united kingdom", "great britain"})


def is_a(node: Node, name: str) -> bool:
    """Whether `@type` (a string, a list, or the full URL) names the class `name` of schema.org."""
    kinds = node.get("@type", node.get("type"))
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and re.split(r"[/#:]", kind.rstrip("/#"))[-1] == name for kind in listed)


def markup_of(value: object) -> str | None:
    """The HTML of a description, also where it was escaped once or twice."""
    text = value
    for _ in range(3):
        if not isinstance(text, str) or _TAG.search(text):
            break
        text = unescaped(text)
    return text if isinstance(text, str) else text_of_value(text)


def kinds(value: object, *, of_hours: bool) -> str | None:
    """Those kinds of an `employmentType` that speak of hours (FULL_TIME, Term Time), or those that speak of the contract.

    A list that was printed as a string (`['FULL_TIME']`) is a list.
    """
    texts = (text_of_value(kind) or "" for kind in listed(value))
    parts = (part.strip(" '\"[]") for text in texts for part in text.split(","))
    return ", ".join(dict.fromkeys(part for part in parts if part and bool(_HOURS.search(part)) is of_hours)) or None


def listed(value: object) -> list[object]:
    """`value` as a list; nothing is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text_of_value(value: object, *names: str) -> str | None:
    """The first text in a value: a string, a number, an object's `names` (or `value`, `name`), or a list of those."""
    for item in listed(value):
        if isinstance(item, dict):
            keys = names or ("value", "@value", "name", "title")
            item = next((item[key] for key in keys if isinstance(item.get(key), str | int | float)), None)
        if isinstance(item, bool):
            item = str(item).lower()
        if isinstance(item, str | int | float) and (text := unescaped(str(item)).strip()):
            return text
    return None


def all_text(value: object) -> str | None:
    """The texts of all items of a value, joined by a comma."""
    return ", ".join(dict.fromkeys(text for item in listed(value) if (text := text_of_value(item)))) or None


def place_text(place: object) -> str | None:
    """Town, region and postcode of a Place on one line (`Reading, South East, RG1 5SL`), its name or its street if it has
    none; a country only where it is not ours, or all that is said.
    """
    node = place if isinstance(place, dict) else {}
    address = next(iter(listed(node.get("address", place))), None)
    if not isinstance(address, dict):
        return text_of_value(address) or text_of_value(node.get("name"))
    parts = [text_of_value(address.get(name)) for name in ("addressLocality", "addressRegion", "postalCode")]
    if not any(parts):
        parts = [text_of_value(node.get("name")), text_of_value(address.get("streetAddress"))]
    country = text_of_value(address.get("addressCountry"), "name", "identifier")
    if country and (country.casefold() not in _UK or not any(parts)):
        parts.append(country)
    return ", ".join(dict.fromkeys(part.strip(" ,") for part in parts if part)) or None


def _number(value: object) -> str | int | float | None:
    """A number, or a string that is nothing else, as it is printed; None for 0, which means unknown."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = unescaped(str(value)).strip()
    if not _NUMBER.fullmatch(text) or not _size(text):
        return None
    return text if isinstance(value, str) else value if math.isfinite(value) else None


_NAMES = {"minValue": ("minValue", "minPrice"), "maxValue": ("maxValue", "maxPrice"), "value": ("value", "price")}


def pays(printed: object) -> list[object]:
    """The pays of a `baseSalary`: several objects or sentences are as many, a list of plain numbers is one."""
    return [printed] if _several(printed) else listed(printed)


def has_amount(printed: str) -> bool:
    """Whether there is a number in what is printed that is not 0, which means unknown."""
    return re.search(r"[1-9]", printed) is not None


def _several(value: object) -> list[str | int | float]:
    """The numbers of a list that holds nothing else, the lowest first: in JSON-LD a list has no order."""
    numbers = [number for item in value if (number := _number(item))] if isinstance(value, list) else []
    return sorted(numbers, key=_size) if numbers and len(numbers) == len(listed(value)) else []


def _size(number: str | int | float) -> float:
    return float(str(number).strip("£ ").replace(",", ""))


def _layers(pay: object) -> list[Node]:
    """The objects of a `baseSalary`, the innermost first: QuantitativeValue, then MonetaryAmount.

    Several QuantitativeValues of one unit are one with several values; of those of other units the first counts.
    """
    outer: Node = pay if isinstance(pay, dict) else {"value": pay}
    inner = [item for item in listed(outer.get("value")) if isinstance(item, dict)]
    if len({text_of_value(item.get("unitText")) for item in inner}) == 1 < len(inner):
        values = [item.get(name) for item in inner for name in ("minValue", "maxValue", "value")]
        inner[0] = {"value": [value for value in values if value], "unitText": inner[0].get("unitText")}
    return [*inner[:1], outer]


def pay_text(pay: object) -> str | None:
    """Pay that is printed as words: the object as a string, or words where a number should be."""
    printed = (layer.get(name) for layer in _layers(pay) for names in _NAMES.values() for name in names)
    found = [item for value in printed if not _several(value) for item in listed(value)]
    words = [
        text for value in found if isinstance(value, str) and not _number(value) and (text := unescaped(value).strip())
    ]
    return ", ".join(dict.fromkeys(text for text in words if text.strip("0.,£ "))) or None


def amounts(pay: object, currency: str | None) -> Node | None:
    """Pay as numbers, under schema.org's names; None where there is no number."""
    layers = _layers(pay)
    value = {
        name: number
        for name, names in _NAMES.items()
        if (number := next((got for layer in layers for key in names if (got := _number(layer.get(key)))), None))
    }
    if not value and (ends := next((found for layer in layers if (found := _several(layer.get("value")))), None)):
        value = {"minValue": ends[0], "maxValue": ends[-1]}
    if not value:
        return None
    unit = next(
        (text for layer in layers for key in ("unitText", "unitCode") if (text := text_of_value(layer.get(key)))), None
    )
    currency = next((text for layer in layers if (text := text_of_value(layer.get("currency")))), currency)
    amounts = {"@type": "QuantitativeValue", **value, **({"unitText": unit} if unit else {})}
    return {"@type": "MonetaryAmount", **({"currency": currency} if currency else {}), "value": amounts}
