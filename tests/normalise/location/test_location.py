"""Printed locations, as boards print them, and the places that they mean."""

from __future__ import annotations

import pytest

from jobscraper.normalise.employer.employer import read_employer
from jobscraper.normalise.location.location import location_columns, read_location

# text, local authorities, regions (with repetition left out), both in printed order
PLACES = [
    ("Northampton", ["E06000062"], ["East Midlands"]),
    ("Kirklees, West Yorkshire", ["E08000034"], ["Yorkshire and The Humber"]),
    ("HD1", ["E08000034"], ["Yorkshire and The Humber"]),
    ("Huddersfield", ["E08000034"], ["Yorkshire and The Humber"]),
    ("Poulton-Le-Fylde, Lancashire", ["E07000128"], ["North West"]),
    ("Middlesbrough, North Yorkshire", ["E06000002"], ["North East"]),
    ("Wembley, London (Greater)", ["E09000005"], ["London"]),
    ("Twickenham. Greater London", ["E09000027"], ["London"]),
    ("England, London, City of London", ["E09000001"], ["London"]),
    ("London (Greater)", [], ["London"]),
    ("London", [], ["London"]),
    ("Cumbria / Various", [], ["North West"]),
    ("Oxfordshire", [], ["South East"]),
    ("Exeter, South West England, EX1 3PB", ["E07000041"], ["South West"]),
    ("Blackburn, BB1 4ED", ["E07000120"], ["North West"]),
    ("Hounslow, TW6 2TA", ["E09000017"], ["London"]),
    ("Doncaster, Yorkshire and the Humber, DN9 1BY", ["E06000013"], ["Yorkshire and The Humber"]),
    ("TR18 2FE, Penzance", ["E06000052"], ["South West"]),
    ("Leith, Scotland, EH6 6QQ", ["S12000036"], ["Scotland"]),
    ("Belfast, BT1 5GS", ["N09000003"], ["Northern Ireland"]),
    ("Edinburgh, Midlothian, United Kingdom", ["S12000036"], ["Scotland"]),
    ("Richmond, North Yorkshire", ["E06000065"], ["Yorkshire and The Humber"]),
    ("Feltham ,London ,Richmond (Greater London)", ["E09000018", "E09000027"], ["London"]),
    ("Lewes, Uckfield,Crowborough", ["E07000063", "E07000065"], ["South East"]),
    ("Croydon, Manchester or Sheffield", ["E09000008", "E08000003", "E08000039"], ["London", "North West", "Yorkshire and The Humber"]),
    ("Bromley, Kent", ["E09000006"], ["London"]),
    ("Piccadilly Gate, Manchester", ["E08000003"], ["North West"]),
    ("Annand House, Meadowfield", ["E06000047"], ["North East"]),
    ("Canterbury Way, Wideopen, Newcastle upon Tyne", ["E08000022"], ["North East"]),
    ("Bury St. Edmunds, Suffolk", ["E07000245"], ["East of England"]),
    ("County Hall MORPETH, United Kingdom", ["E06000057"], ["North East"]),
    ("Bishop Auckland College", ["E06000047"], ["North East"]),
    ("Leeds<br>York", ["E08000035", "E06000014"], ["Yorkshire and The Humber"]),
    ("Bristol Regional Centre - 3 Glass WharfNewcastle Upon Tyne - Benton Park View", ["E06000023", "E08000021"], ["South West", "North East"]),
    ("Abbey Wood: Bristol, AWE Burghfield: Reading", ["E06000025", "E06000037"], ["South West", "South East"]),
    ("You can choose from Bristol or Swansea as your home office.", ["E06000023", "W06000011"], ["South West", "Wales"]),
    ("RAF Wyton", ["E07000011"], ["East of England"]),
    ("Ynys Môn", ["W06000001"], ["Wales"]),
    ("Location: Wembley, London (Greater)", ["E09000005"], ["London"]),
    ("Community sites across Kent and Medway, TN25 4AZ", [], ["South East"]),
    ("Home, TN25 4AZ", [], []),
    ("Penrith or Workington, Cumbria, CA11 8HX", ["E06000064", "E06000063"], ["North West"]),
    ("Stockport and Trafford, SK7 5BW", ["E08000007", "E08000009"], ["North West"]),
    ("Bath/Bristol, BA1 1AA", ["E06000022", "E06000023"], ["South West"]),
    ("Derby, Burton, Lichfield and Tamworth, DE13 0RB", ["E07000193", "E06000015", "E07000194", "E07000199"], ["West Midlands", "East Midlands"]),
    ("Leeds, Reading, Taunton, LS2 7UE", ["E08000035", "E06000038", "E06000066"], ["Yorkshire and The Humber", "South East", "South West"]),
    ("Newcastle, ST5 7NJ", ["E07000195"], ["West Midlands"]),
    ("Southport &amp; Formby, PR8 1AA", ["E08000014"], ["North West"]),
    ("Amersham/Stoke Mandeville, HP21 8AL", ["E06000060"], ["South East"]),
    ("Holy Cross Primary School Linen Road BELFAST BT11 8EG", ["N09000003"], ["Northern Ireland"]),
    ("1 High Street Kilkeel Co Down BT34 4AA", ["N09000010"], ["Northern Ireland"]),
    ("England, Scotland and Wales", [], ["Scotland", "Wales"]),
    ("England, Scotland and Wales, BS34 8YU", [], ["Scotland", "Wales"]),
    ("Nationwide, NG7 1FL", [], []),
    ("Countrywide, LE1 1AA", [], []),
    ("Yr Wyddgrug", ["W06000005"], ["Wales"]),
    ("Doc Penfro neu Aberteifi", ["W06000009", "W06000008"], ["Wales"]),
    ("Caergybi, Y Drenewydd ac yn Y Fenni", ["W06000001", "W06000023", "W06000021"], ["Wales"]),
    ("Grade E5", [], []),
    ("Town Hall", [], []),
    ("New Plymouth", [], []),
    ("New York office", [], []),
    ("Our new Leeds office", ["E08000035"], ["Yorkshire and The Humber"]),
    ("New Malden", ["E09000021"], ["London"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lads", "regions"), PLACES, ids=[row[0] for row in PLACES])
def test_places(text: str, lads: list[str], regions: list[str]) -> None:
    location = read_location(text)
    assert list(dict.fromkeys(p.lad_code for p in location.places if p.lad_code)) == lads
    assert list(dict.fromkeys(p.region for p in location.places if p.region)) == regions
    for evidence in location.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.text


def test_a_postcode_ends_an_address() -> None:
    location = read_location("Romsey, SO51 8EN, Romsey, SO517QN")
    assert [(p.place, p.postcode) for p in location.places] == [("Romsey", "SO51 8EN"), ("Romsey", "SO51 7QN")]


@pytest.mark.parametrize("text", ["Home Based, M1 3BN", "National, SE1 8UG", "Various, WD18 0JP"])
def test_a_head_office_is_not_where_the_job_is(text: str) -> None:
    (place,) = read_location(text).places
    assert place.postcode is not None
    assert place.lad_code is place.region is place.latitude is None


def test_an_ambiguous_name_is_null_and_an_issue_until_something_settles_it() -> None:
    alone = read_location("Newport")
    assert [p.lad_code for p in alone.places] == [None]
    assert [issue.kind for issue in alone.issues] == ["place_ambiguous"]
    assert [p.lad_code for p in read_location("Newport (Isle of Wight)").places] == ["E06000046"]
    settled = read_location("Newport", employer=read_employer("Newport City Council"))
    assert [p.lad_code for p in settled.places] == ["W06000022"]


def test_the_employer_places_a_venue() -> None:
    (place,) = read_location("Town Hall", employer=read_employer("Kirklees Council")).places
    assert (place.lad_code, place.region) == ("E08000034", "Yorkshire and The Humber")
    assert read_location("Town Hall", employer=read_employer("Connect Multi Academy Trust")).places == ()


def test_a_board_that_lists_several_places() -> None:
    location = read_location(None, places=("Leeds", "York, North Yorkshire", "Leeds"))
    assert [p.lad_code for p in location.places] == ["E08000035", "E06000014"]
    assert location.evidence["places.1"].text == "York"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Countywide", "location_wide"),
        ("Not Specified", "location_wide"),
        ("Home-based", "location_wide"),
        ("CETL", "location_unresolved"),
        ("Douglas", "outside_uk"),
    ],
)
def test_what_is_left_open_is_said(text: str, kind: str) -> None:
    assert kind in [issue.kind for issue in read_location(text).issues]


ABROAD = [
    "Boston, MA", "Boston, MA 02118", "Boston, Massachusetts, United States", "Perth, Australia", "Perth, WA",
    "Cambridge, Ontario, Canada", "London, Ontario, CA", "Newcastle, South Africa", "Newcastle, NSW, AU", "Wellington, NZ",
    "Kingston, Jamaica", "Washington, DC, US", "Lincoln, NE", "Dover, DE", "Melbourne, Victoria", "Seoul, South Korea",
    "United States, Massachusetts, Boston", "Georgia", "New York", "Dublin, Ireland", "St Helier, Jersey", "JE2 3AB",
    "Douglas, Isle of Man, IM1 1AA", "Dundalk, Co Louth", "Ashford, Co. Wicklow", "County Donegal",
]  # fmt: skip


@pytest.mark.parametrize("text", ABROAD)
def test_a_country_or_state_at_the_end_leaves_nothing_british(text: str) -> None:
    location = read_location(text)
    assert [issue.kind for issue in location.issues] == ["outside_uk"]
    for place in location.places:
        assert place.lad_code is place.region is place.nation is place.latitude is None
    for evidence in location.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    ("text", "lad_code"),
    [
        ("Washington, Tyne and Wear", "E08000024"),
        ("Sunderland, Washington", "E08000024"),
        ("Carlisle, CA", "E06000063"),
        ("Warrington, WA", "E06000007"),
        ("Belfast, BT", "N09000003"),
        ("Lisburn, Co Antrim, BT", "N09000007"),
        ("Cornwall, TR", "E06000052"),
        ("Kent, ME", None),
        ("London, SE", None),
        ("London, Victoria", "E09000033"),
        ("Cardiff, Wales", "W06000015"),
        ("Belfast, Ireland", "N09000003"),
        ("Belfast, NI", "N09000003"),
        ("Louth", "E07000137"),
        ("Kilkeel, Co Down", "N09000010"),
        ("Leeds, GB", "E08000035"),
        ("Leeds, LS1 4AP, United Kingdom", "E08000035"),
    ],
)
def test_what_only_looks_like_a_state_is_british(text: str, lad_code: str | None) -> None:
    location = read_location(text)
    assert location.places[0].lad_code == lad_code
    assert location.places[0].nation
    assert "outside_uk" not in [issue.kind for issue in location.issues]


def test_a_list_may_lie_partly_abroad() -> None:
    location = read_location("Leeds; Paris, France")
    assert [p.lad_code for p in location.places] == ["E08000035", None]
    assert [issue.kind for issue in location.issues] == ["partly_outside_uk"]


@pytest.mark.parametrize(
    ("text", "lad_code", "kinds"),
    [
        ("Salisbury, WC1H 9LT", "E09000007", ["postcode_contradicts"]),
        ("Chester, CW2 1BQ", None, ["postcode_unknown"]),
        ("Blackburn, BB1 4ED", "E07000120", []),
        ("Birmingham, Leeds, London, E14 4PU", "E09000030", []),
    ],
)
def test_a_postcode_that_contradicts_its_town_is_doubted(text: str, lad_code: str | None, kinds: list[str]) -> None:
    location = read_location(text)
    assert location.places[0].lad_code == lad_code
    assert [issue.kind for issue in location.issues] == kinds


def test_coordinates_are_of_the_finest_place_known() -> None:
    assert read_location("Leeds").evidence["latitude"].rule == "name: alone; precision place"
    assert read_location("Kirklees").evidence["latitude"].rule == "name: alone; precision lad"
    by_code = read_location("Leeds, LS1 4AP")
    assert by_code.evidence["latitude"].rule == "postcode; precision postcode"
    assert by_code.places[0].latitude == pytest.approx(53.80, abs=0.02)


def test_nothing_printed_is_nothing_read() -> None:
    assert read_location(None).places == ()
    assert read_location(" ").issues == ()


def test_columns_are_plain() -> None:
    columns = location_columns(read_location("Leeds (hybrid)"))
    assert {"location_text", "lad_code", "region", "postcode", "places", "workplace", "evidence", "issues"} <= set(
        columns
    )
    assert columns["lad_code"] == "E08000035"
    assert columns["workplace"] == "hybrid"
    assert columns["places"][0]["lad_code"] == "E08000035"
