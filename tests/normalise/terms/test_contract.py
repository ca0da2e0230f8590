"""Contract, pattern and hours: controlled lists; an unknown word is an issue."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.normalise.terms.contract import Terms, read_contract_type, read_hours, read_terms, read_working_pattern


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Permanent", "permanent"),
        ("TEMPORARY", "temporary"),
        ("Fixed-term", "fixed_term"),
        ("Fixed Term Contract", "fixed_term"),
        ("Secondment", "secondment"),
        ("Zero hours", "casual"),
        ("Bank", "bank"),
    ],
)
def test_contract_type(printed: str, value: str) -> None:
    assert read_contract_type(printed).value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("FULL_TIME", "full_time"),
        ("FULL_TIME, PART_TIME", "full_time, part_time"),
        ("Part-time or Job share", "part_time, job_share"),
        ("Term time only", "term_time"),
        ("Full time, Full Time", "full_time"),
    ],
)
def test_working_pattern(printed: str, value: str) -> None:
    assert read_working_pattern(printed).value == value


def test_an_unknown_word_is_an_issue_and_the_known_ones_are_kept() -> None:
    found = read_working_pattern("Full time, Moonlight")
    assert found.value == "full_time"
    assert [(issue.kind, issue.field) for issue in found.issues] == [("working_pattern_unknown", "working_pattern")]
    assert "Moonlight" in found.issues[0].text


@pytest.mark.parametrize(("printed", "hours"), [("37", 37.0), ("37.5 hours per week", 37.5), ("18.5 hours", 18.5)])
def test_hours(printed: str, hours: float) -> None:
    assert read_hours(printed).value == hours


@pytest.mark.parametrize("printed", ["Between 16 and 37 hours", "Flexible"])
def test_hours_that_are_not_one_number_are_an_issue(printed: str) -> None:
    assert read_hours(printed).value is None
    assert read_hours(printed).issues


def values(terms: Terms) -> dict[str, object]:
    """What was read, without what is not printed."""
    return {name: found.value for name, found in attrs.asdict(terms, recurse=False).items() if found.value is not None}


# What a field prints → contract type, working pattern, hours a week; None where it says nothing of it.
MEANT: list[tuple[str, str | None, str | None, float | None]] = [
    # A shift, a service, a journey are no week.
    ("Working 12-hour shifts", None, "shift", None),
    ("12 hour long days, 37.5 hours per week", None, None, 37.5),
    ("37.5 hours a week worked in 12 hour shifts", None, "shift", 37.5),
    ("Shifts of 11.5 hours", None, "shift", None),
    ("A service of 24 hours a day, 7 days a week", None, None, None),
    ("The ward offers 24 hour care", None, None, None),
    ("24 hours, seven days", None, None, None),
    ("7.5 hours a day", None, None, None),
    ("75 hours per fortnight", None, None, None),
    ("1.5 hours from London", None, None, None),
    ("48 hours notice", None, None, None),
    ("15 hours of free childcare, 30 hours weekly", None, None, 30),
    ("Part time post, 24 hours", None, "part_time", 24),
    ("A 30 hour post", None, None, 30),
    ("37 hour working week", None, None, 37),
    # Forms.
    ("Permanent, 36 hpw", "permanent", None, 36),
    ("22.5 hrs/wk", None, None, 22.5),
    ("37.5 hrs p/w", None, None, 37.5),
    ("37½ hours", None, None, 37.5),
    ("Hours per week –37.5", None, None, 37.5),
    ("Hours: 37.5 – job share considered", None, "job_share", 37.5),
    ("Hours of work 37", None, None, 37),
    ("Hours:37.5 per week", None, None, 37.5),
    ("From 8:30 hours to 17:00 hours", None, None, None),
    ("Hours: 9 - 5.30pm", None, None, None),
    ("Hours: 8.30am to 5pm", None, None, None),
    ("Hours: 0.8 WTE", None, None, None),
    ("37 awr yr wythnos", None, None, 37),
    ("36 o oriau yr wythnos", None, None, 36),
    ("Oriau: 18.5", None, None, 18.5),
    # Verbs and other homonyms.
    ("You will cover a flexible shift pattern", None, "flexible, shift", None),
    ("Hours will cover 10pm to 7am", None, None, None),
    ("Maternity cover", "fixed_term", None, None),
    ("To cover maternity leave", "fixed_term", None, None),
    ("Part-time cover", "fixed_term", "part_time", None),
    ("Cover Supervisor", None, None, None),
    ("Bank Holiday working", None, None, None),
    ("Food bank", None, None, None),
    ("Staff bank", "bank", None, None),
    ("Bank Nurse", "bank", None, None),
    ("Contract Manager", None, None, None),
    ("Permanent way", None, None, None),
    ("Temporary structures", None, None, None),
    ("Temporary accommodation officer, permanent", "permanent", None, None),
    ("Seasonal fluctuations", None, None, None),
    ("Seasonal", "temporary", None, None),
    ("Supply chain", None, None, None),
    ("Supply teacher", "casual", None, None),
    ("Full training provided", None, None, None),
    ("Training post", "training", None, None),
    ("Fixed shift pattern", None, "shift", None),
    ("Fixed, 6 months", "fixed_term", None, None),
    ("Season ticket loan", None, None, None),
    ("On loan", "secondment", None, None),
    ("Multi-agency working", None, None, None),
    ("Agency worker", "contractor", None, None),
    ("Voluntary sector", None, None, None),
    ("This is not a permanent role", None, None, None),
    ("Full time, no nights or weekends", None, "full_time", None),
    ("Fixed term, may become permanent", "fixed_term", None, None),
]


@pytest.mark.parametrize(("printed", "contract", "pattern", "hours"), MEANT)
def test_a_word_or_a_number_is_what_it_means_beside_the_others(
    printed: str, contract: str | None, pattern: str | None, hours: float | None
) -> None:
    terms = read_terms(printed, None, None)
    assert (terms.contract_type.value, terms.working_pattern.value, terms.hours_per_week.value) == (
        contract,
        pattern,
        hours,
    )


@pytest.mark.parametrize(
    "printed", ["37 or 45 hours per week", "Full time 37 hours, part time 20 hours", "Hours: 22.5 - 28"]
)
def test_of_several_weeks_none_is_taken(printed: str) -> None:
    found = read_terms(printed, None, None).hours_per_week
    assert (found.value, [issue.kind for issue in found.issues]) == (None, ["hours_per_week_unreadable"])


@pytest.mark.parametrize(
    ("printed", "months"),
    [
        ("Fixed term, 26 weeks", 6.0),
        ("Temporary, 39 weeks per year", None),
        ("Term time only, 39 weeks", None),
        ("Term time only, 39 weeks, fixed term for 12 months", 12.0),
        ("Temporary, 6 weeks annual leave", None),
        ("Casual, on a 4-week rolling rota", None),
        ("Fixed term for 2 years, 2 years experience required", 24.0),
        ("Bank, 2 weeks in 4", None),
    ],
)
def test_the_length_of_a_contract_is_no_other_length(printed: str, months: float | None) -> None:
    assert read_terms(printed, None, None).fixed_term_months.value == months


@pytest.mark.parametrize("printed", ["Permanent, 37.5hrs p.w.", "36.5hpw, permanent", "Parhaol, 18.5 awr yr wythnos"])
def test_a_number_with_its_unit_is_no_unknown_word(printed: str) -> None:
    assert doubts(read_terms(printed, None, None)) == []


def doubts(terms: Terms) -> list[str]:
    """The kinds of all issues."""
    return [issue.kind for found in attrs.asdict(terms, recurse=False).values() for issue in found.issues]


# Contract, working pattern, hours as boards print them → what they say.
PRINTED: list[tuple[str | None, str | None, str | None, dict[str, object]]] = [
    ("Term-time only (Permanent)", "Full time - term time plus specified days", None,
     {"contract_type": "permanent", "working_pattern": "full_time, term_time"}),
    ("Permanent, full time", None, None, {"contract_type": "permanent", "working_pattern": "full_time"}),
    ("Open-Ended", None, "Full Time", {"contract_type": "permanent", "working_pattern": "full_time"}),
    ("Part Time", None, None, {"working_pattern": "part_time"}),
    (None, "Casual, Term-time only", None, {"contract_type": "casual", "working_pattern": "term_time"}),
    ("Temporary", "As and when required", None, {"contract_type": "temporary"}),
    ("Supply/Casual/Relief", "Supply/Casual/Relief", None, {"contract_type": "casual"}),
    ("Temporary (Not fair and open)", None, None, {"contract_type": "temporary"}),
    ("Short notice appointment", None, None, {"contract_type": "temporary"}),
    ("Parhaol", "Llawn amser", None, {"contract_type": "permanent", "working_pattern": "full_time"}),
    (None, "['FULL_TIME']", "37", {"working_pattern": "full_time", "hours_per_week": 37.0}),
    (None, "Flexible working, Full time, Job-share, Part time", None,
     {"working_pattern": "flexible, full_time, job_share, part_time"}),
    (None, "Annualised hours, Compressed Hours, Shift Working, Part Year", None,
     {"working_pattern": "annualised, compressed, shift, term_time"}),
    (None, None, "Variable/Flexible", {"working_pattern": "flexible"}),
    ("Please See Advert Text", "Please see advert text", None, {}),
    ("Contracted Home Worker", "Homeworking", None, {}),
    ("Fixed term - 6 months - maternity cover", None, None, {"contract_type": "fixed_term", "fixed_term_months": 6.0}),
    ("Fixed Term for up to 2 years", None, None, {"contract_type": "fixed_term", "fixed_term_months": 24.0}),
    ("12 month FTC", None, None, {"contract_type": "fixed_term", "fixed_term_months": 12.0}),
    ("Fixed-Term until 31 March 2027", None, None, {"contract_type": "fixed_term"}),
    ("Permanent (6 month probation)", None, None, {"contract_type": "permanent"}),
    (None, "Part time", "13 hours per week (0.4 FTE)",
     {"working_pattern": "part_time", "hours_per_week": 13.0, "fte": 0.4}),
    (None, None, "37 hours 30 minutes per week, 39 weeks per year", {"hours_per_week": 37.5, "weeks_per_year": 39.0}),
    (None, "Term time only, 39 weeks", "22.2 hours/week",
     {"working_pattern": "term_time", "weeks_per_year": 39.0, "hours_per_week": 22.2}),
    (None, None, "30 hours per week TTO plus 5 INSET days", {"hours_per_week": 30.0, "working_pattern": "term_time"}),
    (None, "37 hours per week", None, {"hours_per_week": 37.0}),
    (None, None, "Full time (36 hrs pw)", {"hours_per_week": 36.0, "working_pattern": "full_time"}),
    (None, None, "37:30", {"hours_per_week": 37.5}),
    (None, None, "60% FTE", {"fte": 0.6}),
    (None, None, "FTE 0.6", {"fte": 0.6}),
    (None, None, "Full or part time", {"working_pattern": "full_time, part_time"}),
    (None, None, "Hours of work: Full or part time", {"working_pattern": "full_time, part_time"}),
    (None, None, "Full/Part-time", {"working_pattern": "full_time, part_time"}),
    (None, "Part or full time", None, {"working_pattern": "part_time, full_time"}),
    (None, None, "Full and parttime", {"working_pattern": "full_time, part_time"}),
    (None, None, "Full or part time, to be agreed with your manager", {"working_pattern": "full_time, part_time"}),
    (None, None, "Casual, as the school needs", {"contract_type": "casual"}),
    ("Permanent, full or part time", None, None,
     {"contract_type": "permanent", "working_pattern": "full_time, part_time"}),
]  # fmt: skip


@pytest.mark.parametrize(("contract", "pattern", "hours", "wanted"), PRINTED)
def test_terms_stand_in_each_others_fields(
    contract: str | None, pattern: str | None, hours: str | None, wanted: dict[str, object]
) -> None:
    terms = read_terms(contract, pattern, hours)
    assert (values(terms), doubts(terms)) == (wanted, [])


@pytest.mark.parametrize(
    ("contract", "hours", "wanted", "doubt"),
    [
        ("Fixed termLoanSecondment", None, {"contract_type": "fixed_term"}, "contract_type_several"),
        (
            "Casual / Seasonal / Bank / Permanently Variable hours",
            None,
            {"contract_type": "casual"},
            "contract_type_several",
        ),
        ("6-12 months fixed term", None, {"contract_type": "fixed_term"}, "fixed_term_months_unreadable"),
        ("Permanent Moonlight", None, {"contract_type": "permanent"}, "contract_type_unknown"),
        (None, "25 - 37 hours per week", {}, "hours_per_week_unreadable"),
        (None, "100 hours per week", {}, "hours_per_week_unreadable"),
        (None, "7.4 hours per day", {}, "hours_unreadable"),
        (None, "soon", {}, "hours_unreadable"),
        (None, "Full, please", {}, "hours_unreadable"),
        (None, "Part time, thirty hours agreed", {"working_pattern": "part_time"}, "hours_unreadable"),
        (None, "Part time, 3 mornings", {"working_pattern": "part_time"}, "hours_unreadable"),
    ],
)
def test_what_is_not_one_value_is_a_doubt(
    contract: str | None, hours: str | None, wanted: dict[str, object], doubt: str
) -> None:
    terms = read_terms(contract, None, hours)
    assert (values(terms), doubts(terms)) == (wanted, [doubt])


def test_the_length_may_have_a_label_of_its_own() -> None:
    labels = {"Length of employment": "Two years, with the possibility of extension or permanence"}
    assert read_terms("Fixed Term", None, None, labels).fixed_term_months.value == 24.0
    assert read_terms("Permanent", None, None, labels).fixed_term_months.value is None


_PIECES = (
    "37 0.4 FTE hours per week - to 6 months years Permanent Loan FullTime part_time TTO 39 weeks % / , ( ’s £".split()
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))
def test_no_text_raises_and_evidence_is_what_is_printed(text: str) -> None:
    for found in attrs.asdict(read_terms(text, text, text), recurse=False).values():
        assert found.evidence is None or text[found.evidence.start : found.evidence.end] == found.evidence.text
