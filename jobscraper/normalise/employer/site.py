"""Sites and local offices that name the body they belong to: a prison, and an office of a national body in a town.

In: a printed employer. Out: the row of the body, and the characters that tell it, or None. `HMP Leeds` is a prison of HM
Prison and Probation Service, not a part of Leeds City Council; `HMRC Leeds` is HMRC. Prisons that companies run are none of
the service's: which company employs there changes with the contract, so they stay what is printed.
"""

from __future__ import annotations

import datetime
import re

from jobscraper.normalise.employer.proof import is_other_nation, is_signed
from jobscraper.registers.employers import EmployerRow, by_id, find
from jobscraper.registers.places import is_place
from jobscraper.text.fold import fold_name

_PRISON = re.compile(
    r"\s*(?:(?:HM\s*Prisons?|HMP)(?:\s*(?:/|&|and)?\s*(?:HM)?\s*YOI)?|HM\s*YOI)\s+([A-Z][\w' -]+?)\s*$"
    r"|\s*([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2})\s+(?:Prison|YOI)\s*$"
)
_BY_COMPANIES = frozenset(
    "altcourse,ashfield,bronzefield,doncaster,dovegate,five wells,forest bank,fosse way,northumberland,oakwood,parc"
    ",peterborough,rye hill,thameside,addiewell".split(",")
)
_SCOTLAND = frozenset(
    "barlinnie,castle huntly,dumfries,edinburgh,glenochil,grampian,greenock,inverness,kilmarnock,low moss,perth,polmont"
    ",shotts,stirling".split(",")
)
_NORTHERN_IRELAND = frozenset({"maghaberry", "magilligan", "hydebank wood"})
_NO_PRISON = frozenset({"prison and", "scottish", "northern ireland", "hm"})
_NATIONAL = frozenset({"agency", "department"})


def site_of(text: str, start: int, end: int, on: datetime.date | None) -> tuple[EmployerRow, int, int] | None:
    """Return the body of a prison or of a local office, with the characters that name it, or None."""
    return _prison(text, start, end) or _office(text, start, end, on)


def _prison(text: str, start: int, end: int) -> tuple[EmployerRow, int, int] | None:
    match = _PRISON.match(text[start:end])
    name = fold_name(match[1] or match[2] or "") if match else ""
    # `Service` and the like make it the name of a body, which the register knows or does not.
    if not name or name in _BY_COMPANIES | _NO_PRISON or "service" in name.split():
        return None
    if name in _NORTHERN_IRELAND:
        row = by_id().get("govuk:northern-ireland-prison-service")
    else:
        row = by_id().get(
            "name:scottish-prison-service" if name in _SCOTLAND else "govuk:hm-prison-and-probation-service"
        )
    return (row, start, end) if row else None


def _office(text: str, start: int, end: int, on: datetime.date | None) -> tuple[EmployerRow, int, int] | None:
    """Read `HMRC Leeds`, `Environment Agency - Exeter`: a national body and then nothing but a place.

    One word is no national body (`Tate Southampton`), unless its letters say whose it is; nor is a nation its office.
    """
    for match in re.finditer(r"[\s,(-]+(?=[A-Z])", text[start:end]):
        place = text[start + match.end() : end].strip(" )")
        name = text[start : start + match.start()]
        if not (is_signed(name) and is_place(place)):
            continue
        if (row := find(name, on)) and row.kind in _NATIONAL and not is_other_nation(place, row):
            return row, start, start + match.start()
    return None
