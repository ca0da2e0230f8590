"""Where a job is that prints no place: in the region of its employer, if that works in one region only."""

from __future__ import annotations

import attrs

from jobscraper.normalise.employer.employer import Employer
from jobscraper.normalise.location.location import Location, Place
from jobscraper.registers.employers import by_number

# Bodies that work where they have their seat. A health body, a department or a housing association may work anywhere.
_OF_ONE_AREA = frozenset({"council", "fire", "police", "university"})


def with_seat(location: Location, employer: Employer) -> Location:
    """The location, with the region of the employer's seat (and no finer place) where the advert prints none that is known.

    Only where the register gives the body one region; not for work from home, nor for what is printed as wide (`Nationwide`).
    The evidence is that of the employer, with the rule `employer_seat`.
    """
    if location.places or location.workplace == "remote" or any(it.kind == "location_wide" for it in location.issues):
        return location
    row = by_number(employer.employer_id) if employer.employer_id else None
    proof = employer.evidence.get("employer_id")
    if row is None or proof is None or row.region is None or row.kind not in _OF_ONE_AREA:
        return location
    place = Place(text=proof.text, region=row.region, nation=row.nation)
    seat = attrs.evolve(proof, rule="employer_seat")
    evidence = {**location.evidence, "region": seat, "nation": seat}
    return attrs.evolve(location, places=(place,), evidence=evidence)
