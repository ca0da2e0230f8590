"""What `jobscraper normalise KIND` prints for one string: the columns of `advert`, by kind of string.

Contacts have no column: of them it prints the text without them, and what was taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jobscraper.normalise.contacts import contacts_columns
from jobscraper.normalise.employer.employer import employer_columns, read_employer
from jobscraper.normalise.location.location import location_columns, read_location
from jobscraper.normalise.salary import read_salary, salary_columns

COLUMNS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "salary": lambda text: salary_columns(read_salary(text)),
    "employer": lambda text: employer_columns(read_employer(text)),
    "contacts": contacts_columns,
    "location": lambda text: location_columns(read_location(text)),
}
