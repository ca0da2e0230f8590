"""The labels of Oleeo's feeds, boards and advert pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jobscraper.read.labels import Labels
from jobscraper.text.fold import fold_name

# What the system writes where a tenant's form has no such field, or nobody filled it in.
_NOTHING = frozenset({"item not found", "not found", "null", "none", "undefined"})

LABELS = Labels.of(
    {
        "Vacancy Title": "title",
        "Title": "title",
        "Job Title": "title",
        "Vacancy Id": "reference",
        "ID": "reference",
        "Opportunity ID": "reference",
        "Reference Number": "reference",
        "Role Type": "category",
        "Job Category": "category",
        "Business Area": "category",
        "Salary": "salary",
        "Salary Range": "salary",
        "Location": "location",
        "Location(s)": "location",
        "City/Town": "location",
        "City": "location",
        "Closing Date": "closes",
        "Application Deadline": "closes",
        "Application Closing Date": "closes",
        "Advertising Date": "posted",
        "Organisation": "employer",
        "Department/Organisation": "employer",
        "Business Unit": "department",
        "Business unit(s)": "department",
        "Division": "department",
        "Team": "department",
        "Grade": "grade",
        "Contract Type": "contract",
        "Job Type": "contract",
        "Vacancy Type": "contract",
        "Working Pattern": "working_pattern",
        "Hours": "hours",
        "Job description": "description",
        "Job Description": "description",
        "Program description": "description",
    },
    kept=(
        "Salary Minimum",
        "Building/Site",
        "Geographical Region(s)",
        "Number of positions available",
        "Job description Additional Information",
        "Additional Information",
        "Country",
        "Region",
        "Program type",
        "Program",
        "Job Level",
        "Event Date",
        "Registration Deadline",
    ),
    ignored=("Apply", "Status"),
)


def merged(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Labelled values, those of a label that is printed again and again (a town each) put together."""
    values: dict[str, list[str]] = {}
    for label, value in pairs:
        values.setdefault(label, []).append("" if fold_name(value) in _NOTHING else value)
    for label, printed in values.items():
        yield label, " ,".join(dict.fromkeys(printed))
