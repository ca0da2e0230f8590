"""What `jobscraper normalise KIND` prints for one string: the columns of `advert`, by kind of string."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jobscraper.normalise.employer import employer_columns, read_employer
from jobscraper.normalise.location import location_columns, read_location
from jobscraper.normalise.salary import read_salary, salary_columns

COLUMNS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "salary": lambda text: salary_columns(read_salary(text)),
    "employer": lambda text: employer_columns(read_employer(text)),
    "location": lambda text: location_columns(read_location(text)),
}
