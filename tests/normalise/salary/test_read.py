"""What printed pay means: a table for every rule, in the order of `docs/salary.md`."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobscraper.normalise.salary import read_salary


def _ends(text: str) -> tuple[float | None, float | None]:
    salary = read_salary(text)
    low, high = salary.salary_min, salary.salary_max
    return (None if low is None else float(low), None if high is None else float(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("£34,203 - £37,067", 34203, 37067),
        ("£39190 - £41797", 39190, 41797),
        ("£26927.00 - £31678.00 per annum", 26927, 31678),
        ("£46574.0000 - £56027.0000 per annum", 46574, 56027),
        ("£90,347 – £98,135 per annum/y flwyddyn", 90347, 98135),
        ("£29,542 - 32,046", 29542, 32046),
        ("50269 - 53460", 50269, 53460),
        ("19,807 FTE - £20,392 FTE", 19807, 20392),
        ("£31, 537", 31537, 31537),
        ("£47,181 - £50.269", 47181, 50269),
        ("£23.292.45", 23292.45, 23292.45),
        ("£25 000 - £30 000", 25000, 30000),
        ("€3.500,00 per month", 3500, 3500),
        ("CHF 80'000", 80000, 80000),
        ("£29000k", 29000, 29000),
        ("12.90ph", 12.9, 12.9),
        ("12.00 GBP hourly", 12, 12),
        ("65k", 65000, 65000),
        ("£28 000 - £32 000 per annum", 28000, 32000),
        ("28 000 - 32 000 per annum", 28000, 32000),
        ("£5 500 a year", 5500, 5500),
        ("£15 500 hours", 15, 15),
        ("CHF 80'000 - 90'000", 80000, 90000),
        ("Salary: 25,000 Leeds", 25000, 25000),
        ("Details: 25,000 per annum", 25000, 25000),
        ("£31,  537", 31537, 31537),
        ("14,030.00 Leeds", 14030, 14030),
        ("£12.825 per hour", 12.825, 12.825),
        ("£13.015 - £13.400 an hour", 13.015, 13.4),
        ("£112.825 per day", 112.825, 112.825),
        ("£27.752 pa", 27752, 27752),
        ("1285p per hour", 12.85, 12.85),
        ("1285 ceiniog yr awr", 12.85, 12.85),
        ("£12,65 - £13,20 per hour", 12.65, 13.2),
        ("£10. 49 p/h", 10.49, 10.49),
        ("£24907,00 - £30615,00", 24907, 30615),
        ("12.85", 12.85, 12.85),
        ("12.85 - 13.50", 12.85, 13.5),
        ("450 per week", 450, 450),
    ],
)
def test_ways_of_writing_an_amount(text: str, low: float, high: float) -> None:
    assert _ends(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("£30-35k", 30000, 35000),
        ("£65/70k", 65000, 70000),
        ("£35- £38,000", 35000, 38000),
        ("£30k-35 per annum", 30000, 35000),
        ("£26£28,000", 26000, 28000),
        ("£45,000£50,000", 45000, 50000),
        ("£26,000 £27,000", 26000, 27000),
        ("£60,778  68,422 p.a.", 60778, 68422),
        ("$127K?$143K", 127000, 143000),
        ("Between £25,989 and £28,142", 25989, 28142),
        ("£25,000 or £27,000", 25000, 27000),
        ("£22,912 rising to £33,487 per annum", 22912, 33487),
        ("£25,000 rising in annual increments to £30,000", 25000, 30000),
        ("starting at £40,777 rising to £44,075", 40777, 44075),
        ("£22,000 i £25,000 y flwyddyn", 22000, 25000),
        ("£600 - £1,200 per day", 600, 1200),
        ("M1 £31,650 - UPS3 £49,084", 31650, 49084),
        ("£34,981 to £40,180 a year", 34981, 40180),
        ("£13.65/hour - £14.03/hour (CRB18)", 13.65, 14.03),
        ("£32,916 M1 - £45,352 M6", 32916, 45352),
        ("£25,583 - £25,989, 12 hour shifts", 25583, 25989),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert _ends(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("from £25,000", 25000, None, "from"),
        ("£110,000+ per annum", 110000, None, "from"),
        ("£21632 starting salary", 21632, None, "from"),
        ("Starting salary of £46,206 per annum", 46206, None, "from"),
        ("£25,000 rising after probation", 25000, None, "from"),
        ("£50,000 and over", 50000, None, "from"),
        ("£25,000 minimum", 25000, None, "from"),
        ("Salary of upto £28,000 per annum", None, 28000, "up_to"),
        ("Hyd at £30,000", None, 30000, "up_to"),
        ("Up to £500.0000 per day", None, 500, "up_to"),
        ("c£40,000", 40000, 40000, "circa"),
        ("Circa £75,000 - £80,000", 75000, 80000, "circa"),
        ("Approx £25,000.00", 25000, 25000, "circa"),
        ("From £14.54 - £15.20 per hour", 14.54, 15.2, None),
        ("£50,000 £65,000+ per annum", 50000, 65000, None),
        ("£25,000 + 25 days leave rising to 30 days", 25000, 25000, None),
        ("Grade C £25,000 - £27,000", 25000, 27000, None),
        ("to £50,000", None, 50000, "up_to"),
        ("Salary: to £50k plus bonus", None, 50000, "up_to"),
        ("over £28,000", 28000, None, "from"),
        ("not less than £28,000", 28000, None, "from"),
        ("£28,000 plus", 28000, None, "from"),
        ("Up to circa £60,000", None, 60000, "up_to"),
        ("£7.55 per hour then NMW", 7.55, 7.55, "minimum_wage"),
        ("£24,000 then £26,000", 24000, 26000, None),
        ("Under £15,000", None, 15000, "up_to"),
        ("Less than £15,000", None, 15000, "up_to"),
        ("< £20,000", None, 20000, "up_to"),
        ("No more than £20,000", None, 20000, "up_to"),
        ("£15,000 or less", None, 15000, "up_to"),
        ("llai na £20,000", None, 20000, "up_to"),
        ("> £40,000", 40000, None, "from"),
        ("£40k and more", 40000, None, "from"),
        ("£40,000 neu fwy", 40000, None, "from"),
        ("£40,000 + per annum", 40000, None, "from"),
        ("£40,000 + …", 40000, None, "from"),
        ("£40,000 + benefits", 40000, 40000, None),
        ("The starting salary for a newly qualified teacher is £33,075", 33075, None, "from"),
        ("You would start on a salary of £24,350 a year", 24350, None, "from"),
        ("The minimum salary for this post is £19,400", 19400, None, "from"),
        ("The maximum salary for this post is £40,000", None, 40000, "up_to"),
        ("Starting in September with a salary of £30,000", 30000, 30000, None),
        ("Pay under review: £30,000", 30000, 30000, None),
        ("Grade 5 -> £30,000", 30000, 30000, None),
    ],
)
def test_open_ends(text: str, low: float | None, high: float | None, qualifier: str | None) -> None:
    assert _ends(text) == (low, high)
    assert read_salary(text).salary_qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "na",
        "£0",
        "£0.00 - £0.00",
        "Competitive",
        "SCP 18-23",
        "M6 - U1",
        "Grade 5, 12-15",
        "37 hours per week",
        "0.78758 FTE",
        "45p per mile",
        "31/03/2025",
        "2024-25",
        "8.30am",
        "Contact 01234 567890",
        "Ref 34567",
        "MPS/UPS + up to a TLR 2c - £7,017",
        "Per Annum",
        "MPS plus R&R £2,000",
        "Actual pro-rata salary is £27…",
        "£30,00",
        "$70,9374",
        "Teachers' Main Pay Scale (plus TLR2A, £3,391)",
        "TLR2.1 - £3,391",
        "£25,000 (£18,000)",
        "£30,000 per annum £20,000 per annum",
        "16,000 students",
        "Population of 250,000",
        "Ref: 25,000",
        "Post no. 10234",
        "Up to £8,000 relocation",
        "Salary: see advert. Ref: 32145",
        "£500k budget",
        "KR4",
        "£10,001 - £20,000",
        "£25,000 - £29,999 per annum",
        "£0 to £9,999",
        "£0 - £30,000",
        "Grade 5 plus £600 per annum",
        "£60,001 or more",
        "£45.39 to £55,535",
        "£41,000 - £38,000",
        "41,000–38,000",
        "£12.825",
        "Kent Range KR 5",
    ],
)
def test_no_amount_is_invented(text: str) -> None:
    assert _ends(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An enhanced DBS check at a cost of £49.50 will be needed", "other"),
        ("The rent is £450 per calendar month", "other"),
        ("The cost of a consultant is £500 per day", "other"),
        ("Loans of up to £20,000 are available", "benefit"),
        ("Grants of £10,000 to £50,000 awarded to groups", "other"),
        ("Fines of £20,000", "other"),
        ("Household income between £16,000 and £30,000", "other"),
        ("The trust spends £35,000 a year on training", "other"),
        ("Purchase of equipment for our driver £20,000", "other"),
        ("serving a population of around 155,000 with a budget of approximately £290 million", "other"),
        ("The trust has an annual turnover of £2 billion", None),
        ("Flats here sold for an average of £125,500 and terraced houses for £147,000", "other"),
        ("The average price of property in the county stood at £210,500", "other"),
        ("You can claim up to £8k in expenses when moving", "other"),
        ("Relocation packages of up to £8000 for staff", "relocation"),
        ("We will offer a £15,000 recruitment bonus and a relocation allowance", "bonus"),
        ("£250 refer a friend scheme", "other"),
        ("Trainees may have a £1,000 bursary per year for courses", "benefit"),
        ("Save an average of £50 per month with free parking", "other"),
        ("The practice was extended with £505k that it received from the health board", "unclaimed"),
        ("If you are successfully recruited you will receive £2500", "unclaimed"),
        ("£1000 on joining, and £1000 after a year", "unclaimed"),
        ("Mae'r rhent yn £450 y mis", "other"),
        ("There is currently a £5k per year recruitment and retention premium", "supplement"),
    ],
)
def test_money_in_a_sentence_is_not_pay(text: str, kind: str | None) -> None:
    assert _ends(text) == (None, None)
    assert [e.kind for e in read_salary(text).salary_extras][:1] == [kind][: kind is not None]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("New firefighters start on £27,178 and go through a programme of two years", 27178, None),
        ("The council advertises the clerk's job as between £38k and £50k", 38000, 50000),
        ("A basic of up to £90,000 and excellent benefits for the right person in this trust", None, 90000),
        ("You will be paid up to £283 for each meeting of the governing body", None, 283),
        ("The hospital offers up to £40,000pa for this vacancy and a wide range of other things", None, 40000),
        ("ennill hyd at £120,000 y flwyddyn gyda phensiwn hael", None, 120000),
        ("£30,000, relocation package available", 30000, 30000),
        ("Pay is £24,000, and a DBS check is at a cost of £49.50", 24000, 24000),
        ("Grade 6 Project Officer £29,269 - £32,076", 29269, 32076),
        ("The salary for the Project Manager is £40,000", 40000, 40000),
        ("Rent and Income Officer: £27,345", 27345, 27345),
        ("£31,000 Purchase Ledger Clerk", 31000, 31000),
        ("Average 37 hours £30,000", 30000, 30000),
        ("£27,000 season ticket loan", 27000, 27000),
        ("Our new colleagues join us in the heart of the old city £28,000 - £32,000", 28000, 32000),
    ],
)
def test_a_pay_word_claims_its_amount(text: str, low: float | None, high: float | None) -> None:
    assert _ends(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "period", "annual"),
    [
        ("£13.47 per hour", "hour", "25987.55"),
        ("£14.36 per hour, 36 hours per week", "hour", "26955.85"),
        ("£12.60 yr awr", "hour", "24309.07"),
        ("£450 per week", "week", "23464.35"),
        ("£90 per day", "day", "23400.00"),
        ("£2,000 per month", "month", "24000"),
        ("£500 per session", "session", None),
        ("£8092.00", "year", "8092"),
        ("£13.26", "hour", "25582.40"),
        ("£250.00", None, None),
        ("£16,087 per month", None, None),
        ("£30,000 per annum, 37 hours per week", "year", "30000"),
        ("£500pd", "day", "130000.00"),
        ("£3,200 pro rata", "year", "3200"),
        ("£3,200", None, None),
        ("£34,000 - £38,000 pro rata sessional", "year", "38000"),
        ("£84,000 per session", None, None),
        ("Sessional £75.00", "session", None),
        ("£9,500 per session per year", "session", None),
        ("£650 per hour", None, None),
        ("£1,400,000 per annum", None, None),
        ("£13.00 paid weekly", "hour", "25080.78"),
        ("Hourly rate of £22 claimed monthly by timesheet", "hour", "42444.40"),
        ("£30,000 plus monthly bonus", "year", "30000"),
    ],
)
def test_periods(text: str, period: str | None, annual: str | None) -> None:
    salary = read_salary(text)
    assert salary.salary_period == period
    assert salary.salary_annual_max == (None if annual is None else Decimal(annual))


@pytest.mark.parametrize(
    ("text", "low", "actual", "basis"),
    [
        ("£22,673 Annually (Actual) Grade 3 (£25,185 FTE)", 25185, 22673, "fte"),
        ("Scale 3A (£32,597 FTE, ACTUAL £28,883)", 32597, 28883, "fte"),
        ("£13,883 per annum (£25,685 pro rata)", 25685, 13883, "fte"),
        ("£28,792 FTE - £24,750 Pro-rata for TTO", 28792, 24750, "fte"),
        ("£25,989 per annum pro rata | £19,027 per annum", 25989, 19027, "fte"),
        ("Actual £18,500 FTE £25,119", 25119, 18500, "fte"),
        ("£18,500 actual £25,119 FTE", 25119, 18500, "fte"),
        ("£29,269 full time, £17,561 part time", 29269, 17561, "fte"),
        ("£24,500 per annum (0.6 FTE = £14,700)", 24500, 14700, "fte"),
        ("£25,353 per annum pro rata", 25353, None, "pro_rata"),
        ("£83,032 - £98,642 Pro Rata for Part Time", 83032, None, "pro_rata"),
        ("£29,436 fte (subject to pro rata)", 29436, None, "fte"),
        ("Actual pro-rata salary £27,703", 27703, None, "actual"),
        ("£25,485.96 (equated salary quoted)", 25485.96, None, "actual"),
        ("£22,947 (Based on hours/working weeks)", 22947, None, "actual"),
        ("£12.65 per hour (£15,000 per annum)", 15000, None, "actual"),
        ("£30,000 not pro rata", 30000, None, "fte"),
        ("£16,912 (FTE - £25,583)", 25583, 16912, "fte"),
        ("Salary (FTE): £25,583 Salary (Actual): £16,912", 25583, 16912, "fte"),
        ("£25,583 (term time only £22,150)", 25583, 22150, "fte"),
        ("£30,000 (£18,000 for 22 hours)", 30000, 18000, "fte"),
        ("£30,000 (£18,000 for three days)", 30000, 18000, "fte"),
        ("You will receive £24,500 per annum", 24500, None, "fte"),
        ("You will receive £14,000 a year for 18 hours", 14000, None, "actual"),
        ("£24,404 FTE, £987.50 actual", 24404, 987.5, "fte"),
        ("£16,880 - £17,412 (Actual salary); Actual salary: £29,880.00", 29880, 16880, "fte"),
        ("£12,000 actual (15 hours) £24,000 actual (30 hours)", 12000, None, "actual"),
        ("Actual salary £20,000 - £22,000; £19,000 actual", 19000, None, "actual"),
        ("Grade 2 - £25,058 pro rata. £19,275 (0.77 FTE) Leeds", 25058, 19275, "fte"),
        ("£18,005 - £19,337 £9,002 to £9,668 per rota", 18005, 9002, "fte"),
        ("£18,005 - £19,337 £9,002 to £9,668", 18005, 9002, "fte"),
    ],
)
def test_full_time_and_actual_pay(text: str, low: float, actual: float | None, basis: str) -> None:
    salary = read_salary(text)
    assert float(salary.salary_min or 0) == low
    assert salary.salary_basis == basis
    assert salary.salary_actual_min == (None if actual is None else Decimal(actual))
    assert (salary.salary_annual_min is None) == (basis == "actual")


@pytest.mark.parametrize(
    ("text", "low", "high", "kind", "amount"),
    [
        ("£31,342 to £45,954 plus £3,437 London weighting per annum", 31342, 45954, "weighting", 3437),
        ("£57,915 Annually (Actual) Essential car user allowance of £1,460", 57915, 57915, "allowance", 1460),
        ("£21,360 Annually (Actual). Plus SEN Allowance.£1,538.71", 21360, 21360, "allowance", 1538.71),
        ("£45,749 - £49,886 + joining incentive of up to £6,000", 45749, 49886, "bonus", 6000),
        ("£51,356 - £56,494 + Market Rate Supplement of £3000", 51356, 56494, "supplement", 3000),
        ("£15.69 per hour, plus £64.98 per sleep-in shift.", 15.69, 15.69, "sleep_in", 64.98),
        ("£35,000 - £40,000 (OTE £75,000)", 35000, 40000, "ote", 75000),
        ("£33.82 per hour (plus $1.05 per hour industry allowance)", 33.82, 33.82, "allowance", 1.05),
        ("£18,750 plus travel/accommodation/food costs (up to £8700)", 18750, 18750, "allowance", 8700),
        ("Manage a budget of £500,000. Salary £60,000", 60000, 60000, "other", 500000),
        ("£12.60 - £13.05 per hour, £15.00 weekends", 12.6, 13.05, "enhanced_rate", 15),
        ("£24,404 per annum (£12.65 per hour)", 24404, 24404, "rate", 12.65),
        ("£21,220 Apprentice Rate leading to a role with a salary of £25,185", 21220, 21220, "later_pay", 25185),
        ("£25,000 basic - £40,000 OTE", 25000, 25000, "ote", 40000),
        ("£1,000 welcome bonus - £15.20 per hour", 15.2, 15.2, "bonus", 1000),
        ("£28,407 - £34,581 inclusive of 20%, at least £5,132", 28407, 34581, "addition", 5132),
        ("£8,000 relocation package available. £35,000", 35000, 35000, "relocation", 8000),
        ("£28,500, and you can earn up to £36,000", 28500, 28500, "total", 36000),
        ("£13.00 per hour (Mon-Fri) / £13.50 per hour (Sat-Sun)", 13, 13, "enhanced_rate", 13.5),
        ("£14.00 per hour days / £16.00 per hour nights", 14, 14, "enhanced_rate", 16),
        ("£10.12 per hour and £12.65 per hour on Sundays", 10.12, 10.12, "enhanced_rate", 12.65),
        ("£13.20 per hour - Sunday £16.40", 13.2, 13.2, "enhanced_rate", 16.4),
        ("Weekday £12.60 Weekend £14.10", 12.6, 12.6, "enhanced_rate", 14.1),
        ("Nights/Sat: £15.35 Day £13.40", 13.4, 13.4, "enhanced_rate", 15.35),
        ("Rate: £24.20 per hour PAYE / £31.00 per hour Umbrella", 24.2, 24.2, "umbrella_rate", 31),
        ("PAYE £18.50 Umbrella £22.40", 18.5, 18.5, "umbrella_rate", 22.4),
        ("£18.50 PAYE £22.40 Ltd", 18.5, 18.5, "umbrella_rate", 22.4),
        ("£31,365 - £37,890 pa + HCAS £4,704 - £4,8", 31365, 37890, "supplement", 4704),
    ],
)
def test_money_that_is_not_base_pay(text: str, low: float, high: float, kind: str, amount: float) -> None:
    assert _ends(text) == (low, high)
    assert [(e.kind, float(e.amount or 0)) for e in read_salary(text).salary_extras] == [(kind, amount)]


def test_basic_pay_apart_from_pay_with_allowances() -> None:
    text = """The starting salary is £41,400, which includes allowances of £2,900. It is made up of £34,000 basic salary,
        which goes up each year until you reach the top of the scale £37,500. Plus a location allowance of £1,900."""
    assert _ends(text) == (34000, 37500)
    assert ("total", 41400) in [(e.kind, e.amount) for e in read_salary(text).salary_extras]


def test_a_rate_for_nights_alone_is_the_pay() -> None:
    assert _ends("£14.20 per hour, nights") == (14.2, 14.2)


def test_included_weighting_stays_in() -> None:
    salary = read_salary("£39,076 – £43,909 per annum inclusive of London Weighting Allowance")
    assert (salary.salary_min, salary.salary_max, salary.salary_extras) == (39076, 43909, ())


@pytest.mark.parametrize(
    ("text", "low", "high", "parts"),
    [
        ("£36,597 Croydon Salary £40,329", 36597, 40329, 2),
        ("National: £30,000 - £33,000; London: £34,000 - £37,000", 30000, 37000, 2),
        ("£41,064 - £46,049 (Grade 6) or £51,753 - £56,535 (Grade 7)", 41064, 56535, 2),
        ("£69,869 - £77,740 National: £69,869 Min - £77,740 Max.", 69869, 77740, 0),
        ("£24,907 - £30,615 £24,214 - £30,112 pa pro rata", 24214, 30615, 2),
        ("£55k + paid overtime in London, £44k + paid overtime in all other centres", 44000, 55000, 2),
    ],
)
def test_several_rates(text: str, low: float, high: float, parts: int) -> None:
    assert _ends(text) == (low, high)
    assert sum(e.kind == "part" for e in read_salary(text).salary_extras) == parts


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("£130,095 per annum, negotiable based on experience.", "negotiable"),
        ("£65,000 per annum (DOE)", "depends_on_experience"),
        ("£34,981 per annum - dependent on qualification, skill & experience", "depends_on_experience"),
        ("£21.00 per hour depending on shift pattern.", None),
        ("Competitive, current Living Wage plus bonus", "competitive"),
        ("A competitive salary of £40,777", None),
        ("£15,434 per annum NMW in first year", "minimum_wage"),
        ("£30,000 - £50,000, OTE", "ote"),
        ("Voluntary", "unpaid"),
        ("£30,000, hours negotiable", None),
        ("£45,000 basic, £60,000 OTE", None),
    ],
)
def test_qualifiers(text: str, qualifier: str | None) -> None:
    assert read_salary(text).salary_qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("£25,000", "GBP"),
        ("25,000", "GBP"),
        ("€45.000 - €55.000", "EUR"),
        ("Hourly Rate AUD $44.62 - $47.48", "AUD"),
        ("$91,334 per annum (plus Super)", "AUD"),
        ("$50,000", "USD"),
        ("NOK 550 000", "NOK"),
    ],
)
def test_currencies(text: str, currency: str) -> None:
    assert read_salary(text).salary_currency == currency


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("£30,00", "ambiguous_salary"),
        ("£16,087 per month", "ambiguous_period"),
        ("£175.00 to £200.00", "ambiguous_period"),
        ("£13,891 (FTE) Grade 5 (£27,782pa FTE)", "ambiguous_salary"),
        ("£13,883 FTE (£25,685 actual)", "ambiguous_salary"),
        ("£9,920 Term time only", "part_year"),
        ("£17,592 per annum, 38 weeks", "part_year"),
        ("£5,521 to £5,930 p.a.", "small_year"),
        ("£4,000 per annum pro rata", "small_year"),
        ("£28,598 - £31…", "cut_off"),
        ("£25,000 (£18,000)", "ambiguous_salary"),
        ("£45.39 to £55,535", "ambiguous_salary"),
        ("£41,000–£38,000", "ambiguous_salary"),
        ("£12.825", "ambiguous_salary"),
        ("£10,001 - £20,000", "salary_band"),
        ("£650 per hour", "ambiguous_period"),
        ("£28,598 - £31", "cut_off"),
        ("£28,598 - £31,", "cut_off"),
        ("£20,000 - £70,000", "wide_range"),
        ("The practice was extended with £505k that it received from the health board", "unclaimed_amount"),
    ],
)
def test_doubts_are_issues(text: str, kind: str) -> None:
    assert [issue.kind for issue in read_salary(text).issues] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "&pound;25,000 &ndash; &pound;30,000",
        "\\u00a325,000 - \\u00a330,000",
        "Â£25,000 â€“ Â£30,000",
        "<b>£25,000</b> to £30,000",
        "\ufffd25,000 - \ufffd30,000",
    ],
)
def test_broken_text_is_repaired_and_evidence_points_into_what_was_given(text: str) -> None:
    salary = read_salary(text)
    assert (salary.salary_min, salary.salary_max) == (25000, 30000)
    for evidence in salary.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.text


def test_limits_of_an_addition_are_of_its_kind() -> None:
    salary = read_salary("£28,000 - £30,000 (plus 20% HCAS min £5,000 max £8,000)")
    assert (salary.salary_min, salary.salary_max) == (28000, 30000)
    assert [(e.kind, e.amount) for e in salary.salary_extras] == [("addition", 5000), ("addition", 8000)]


def test_a_year_too_small_for_anybody_keeps_its_amounts() -> None:
    salary = read_salary("£5,521 to £5,930 p.a.")
    assert (salary.salary_min, salary.salary_max, salary.salary_period) == (5521, 5930, "year")


@pytest.mark.parametrize("text", ["£5,521 per annum actual", "£7,000 per annum", "HK$6,000 a year", "£650 a month"])
def test_what_can_be_paid_is_not_too_small(text: str) -> None:
    assert "small_year" not in [issue.kind for issue in read_salary(text).issues]
