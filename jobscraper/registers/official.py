"""The official lists that `update-registers` fetches: where they are, and how their bytes become rows.

In: the body of a response. Out: rows of the shape of employers.csv, and the address of the next page, if there is one.
Every reader is a pure function and raises ValueError where the body is not what the publisher describes: an error page, a
list cut off half way, other columns. Formats: NHS ODS "ORD" 2-0-0 (JSON), DfE Get Information About Schools (CSV in
Windows-1252), GOV.UK organisations API (JSON), ONS Open Geography (ArcGIS JSON). All under the OGL v3.0.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import attrs

Row = Mapping[str, str]


@attrs.frozen
class Page:
    """What one response holds. `following` is the address of the next page."""

    rows: tuple[Row, ...]
    following: str | None = None


@attrs.frozen(kw_only=True)
class OfficialList:
    """`urls` are all fetched, `{date}` in them is a day; `known` is how many rows the project knows the list to have."""

    name: str
    title: str
    urls: tuple[str, ...]
    read: Callable[[bytes], Page]
    known: int


def _row(identity: str, name: str, kind: str, source: str, **more: str | None) -> Row:
    return {"id": identity, "name": " ".join(name.split()), "kind": kind, "source": source} | {
        column: value or "" for column, value in more.items()
    }


def _json(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def _objects(found: Mapping[str, Any], key: str, *needed: str) -> list[dict[str, Any]]:
    """Return the objects listed under `key`, if all have what is `needed`."""
    listed = found.get(key)
    if not isinstance(listed, list):
        raise ValueError(f"no list {key!r}")
    wrong = [entry for entry in listed if not isinstance(entry, dict) or any(entry.get(k) is None for k in needed)]
    if wrong:
        raise ValueError(f"an entry of {key!r} without {', '.join(needed)}: {str(wrong[0])[:80]}")
    return listed


# --- NHS ODS -----------------------------------------------------------------------------------------------------------

_ODS_LIMIT = 1000
_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "upon", "with", "by"})


def in_lower_case(name: str) -> str:
    """Return a name that a register prints in capitals as people write it.

    >>> in_lower_case("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST")
    "Guy's and St Thomas' NHS Foundation Trust"
    """
    words = [word if word in {"NHS", "UK"} else word.lower() for word in name.split()]
    return " ".join(
        word if i and word in _SMALL else re.sub(r"(?:^|(?<=[-(&]))[a-z]", lambda letter: letter[0].upper(), word)
        for i, word in enumerate(words)
    )


def read_ods(body: bytes) -> Page:
    """Read organisations of the ODS "ORD" search: trusts, health boards, and of the strategic partnerships the ICBs."""
    entries = _objects(_json(body), "Organisations", "OrgId", "Name", "Status")
    if len(entries) >= _ODS_LIMIT:
        raise ValueError(f"{_ODS_LIMIT} entries or more: the list is longer than one answer")
    rows = []
    for entry in entries:
        partnership = entry.get("PrimaryRoleId") == "RO261"
        if entry["Status"] != "Active" or (partnership and "INTEGRATED CARE BOARD" not in entry["Name"].upper()):
            continue
        name = in_lower_case(entry["Name"])
        rows.append(_row(f"ods:{entry['OrgId']}", name, "agency" if partnership else "nhs_trust", "ods"))
    return Page(tuple(rows))


# --- Get Information About Schools -------------------------------------------------------------------------------------


def _table(body: bytes, *needed: str) -> list[dict[str, str]]:
    """Return the rows of a CSV that has the `needed` columns; the last line must be as long as the first."""
    reader = csv.DictReader(io.StringIO(body.decode("cp1252", errors="replace")))
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}")
    rows = list(reader)
    if any(None in row.values() for row in rows):
        raise ValueError("a row that is too short: the list was cut off")
    return rows


def _day(text: str) -> str:
    return datetime.strptime(text, "%d-%m-%Y").date().isoformat() if re.fullmatch(r"\d\d-\d\d-\d{4}", text) else ""


def read_schools(body: bytes) -> Page:
    """Read `edubasealldata`: every school and college of England, open and closed, by URN; its UKPRN is an alias."""
    columns = ("URN", "EstablishmentName", "TypeOfEstablishment (name)", "OpenDate", "CloseDate")
    rows = []
    for entry in _table(body, *columns, "DistrictAdministrative (code)", "GOR (name)", "UKPRN"):
        region = entry["GOR (name)"]
        wales = "Wales" in region
        lad = entry["DistrictAdministrative (code)"]
        rows.append(
            _row(
                f"urn:{entry['URN']}",
                entry["EstablishmentName"],
                "university" if entry["TypeOfEstablishment (name)"] == "Higher education institutions" else "school",
                "gias",
                nation="Wales" if wales else "England",
                region="Wales" if wales else ("" if "Not" in region else region),
                lad_code=lad if re.fullmatch(r"[EW]0\d{7}", lad) else "",
                aliases=f"ukprn:{entry['UKPRN']}" if entry["UKPRN"] else "",
                valid_from=_day(entry["OpenDate"]),
                valid_to=_day(entry["CloseDate"]),
            )
        )
    return Page(tuple(rows))


def read_trusts(body: bytes) -> Page:
    """Read `allgroupsdata`: academy trusts, other trusts and federations by group UID; TR number and UKPRN are aliases."""
    rows = []
    for entry in _table(body, "Group UID", "Group ID", "Group Name", "Group Type", "UKPRN", "Closed Date"):
        if re.search(r"trust|federation", entry["Group Type"], re.IGNORECASE):
            numbers = (entry["Group ID"], f"ukprn:{entry['UKPRN']}" if entry["UKPRN"] else "")
            rows.append(
                _row(
                    f"trust:{entry['Group UID']}",
                    entry["Group Name"],
                    "school",
                    "gias",
                    nation="England",
                    aliases="|".join(number for number in numbers if number),
                    valid_to=_day(entry["Closed Date"]),
                )
            )
    return Page(tuple(rows))


# --- GOV.UK ------------------------------------------------------------------------------------------------------------


def read_govuk(body: bytes) -> Page:
    """Read one page of `/api/organisations`: departments, agencies and public bodies, by the slug of their page."""
    found = _json(body)
    rows = []
    for entry in _objects(found, "results", "title", "format", "details"):
        details = entry["details"]
        if not isinstance(details, dict) or not details.get("slug"):
            raise ValueError(f"an organisation without a slug: {entry['title'][:80]}")
        rows.append(
            _row(
                f"govuk:{details['slug']}",
                entry["title"],
                "department" if entry["format"].lower().endswith("ministerial department") else "agency",
                "govuk-api",
                aliases=(details.get("abbreviation") or "").replace("|", " "),
                valid_to=(details.get("closed_at") or "")[:10],
            )
        )
    return Page(tuple(rows), found.get("next_page_url"))


# --- ONS ---------------------------------------------------------------------------------------------------------------

_NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


def read_authorities(body: bytes) -> Page:
    """Read "LAD names and codes in the UK", of any year (`LAD25CD`, `LAD26CD`…); Welsh names are aliases.

    The list names areas; every one of them has a council, which is called by its name.
    """
    found = _json(body)
    if found.get("exceededTransferLimit"):
        raise ValueError("the list is longer than one answer")
    rows = []
    for feature in _objects(found, "features", "attributes"):
        values = {key[:3] + key[5:]: value for key, value in feature["attributes"].items() if key[:3] == "LAD"}
        if not values.get("LADCD") or not values.get("LADNM"):
            raise ValueError("no columns LAD..CD and LAD..NM")
        code, name = values["LADCD"], values["LADNM"].strip()
        nation = _NATIONS.get(code[0], "")
        region = "" if nation == "England" else nation
        aliases = "|".join(alias for alias in (name, (values.get("LADNMW") or "").strip()) if alias)
        more = {"nation": nation, "region": region, "lad_code": code, "aliases": aliases}
        rows.append(_row(f"gss:{code}", f"{name} Council", "council", "ons-lad", **more))
    return Page(tuple(rows))


_ODS = "https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations?Status=Active&Limit=1000&PrimaryRoleId="
_GIAS = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"
_ONS = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/LAD_APR_2025_UK_NC_v2/FeatureServer/0/query"

LISTS: Mapping[str, OfficialList] = {
    entry.name: entry
    for entry in (
        OfficialList(
            name="nhs",
            title="NHS trusts and boards",
            # NHS trusts, care trusts, strategic partnerships, Welsh local health boards: the roles of ODS.
            urls=tuple(f"{_ODS}{role}" for role in ("RO197", "RO107", "RO261", "RO144")),
            read=read_ods,
            known=230,
        ),
        OfficialList(
            name="schools",
            title="schools",
            urls=(f"{_GIAS}edubasealldata{{date}}.csv",),
            read=read_schools,
            known=50_000,
        ),
        OfficialList(
            name="trusts",
            title="school trusts",
            urls=(f"{_GIAS}allgroupsdata{{date}}.csv",),
            read=read_trusts,
            known=2_500,
        ),
        OfficialList(
            name="govuk",
            title="government organisations",
            urls=("https://www.gov.uk/api/organisations?page=1",),
            read=read_govuk,
            known=1_200,
        ),
        OfficialList(
            name="authorities",
            title="local authorities",
            urls=(f"{_ONS}?where=1%3D1&outFields=*&returnGeometry=false&f=json",),
            read=read_authorities,
            known=361,
        ),
    )
}


def days_back(today: date, days: int) -> Iterable[str]:
    """Yield the last days as GIAS writes them in its addresses, today first: a day's file comes in the morning."""
    return (date.fromordinal(today.toordinal() - back).strftime("%Y%m%d") for back in range(days))
