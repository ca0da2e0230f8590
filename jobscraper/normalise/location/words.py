"""The words around a place's name that tell how it stands: tables for location_text.

All folded. What is in here follows from how boards write locations, see docs/registers.md.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name after one of these stands alone.
BEFORE = _words(
    """
    in at near around across from between based locations location following either or and including includes covering
    yn ym yng ac neu serving for to of hubs sites offices bases covers are is close central nr throughout
    """
)
# A name before one of these stands alone.
AFTER = _words(
    """
    and or ac neu area areas region office offices hub hubs based but with however plus only city town borough district sites
    county uk england scotland wales home hybrid remote see where working surrounding as
    """
)
# A name before one of these is that of a body or building of the town, which tells the town.
VENUES = _words(
    """
    college school academy council hall depot hospital station court courts university airport library museum prison
    centre infirmary civic town general magistrates crown business campus job jobcentre office offices hub fire police
    ambulance county high primary regional community leisure health building buildings house
    """
)
# A name before one of these is that of a street: `Bath Road` is everywhere but in Bath.
STREETS = _words("road street lane avenue way drive close crescent terrace place square house gate row grove view")
# Settlements whose names are words of addresses and adverts: they count only where they stand alone.
COMMON = _words(
    """
    street park hall church hill bank green cross grove ford sale over hook battle march central eastern international
    overseas other wing moor mill bridge cliff lane end ware hope eye ash wool deal beer flint hale mall port ham chapel
    broadway stone settle lea seal well rose kings norton europe upper lower work north south
    """
)
# Words that a full stop shortens and does not end.
SHORTENED = _words("st gt co nr n s e w")
