"""The labels that the feed and an advert's own page print."""

from __future__ import annotations

from jobscraper.read.labels import Labels

LABELS = Labels.of(
    {
        "Contract Type": "contract",
        "Working Pattern": "working_pattern",
        "Hours": "hours",
        "Salary": "salary",
        "Advert Start Date": "posted",
        "Advert End Date": "closes",
        "Closing date": "closes",
        "Job Category": "category",
        "Vacancy ID": "reference",
        "Employment Location": "location",
        "Job Description": "description",
    },
    kept=("Post Number", "Number of posts", "Interview Date", "DBS"),
)
