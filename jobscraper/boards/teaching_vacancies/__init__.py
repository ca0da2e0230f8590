"""Teaching Vacancies."""
