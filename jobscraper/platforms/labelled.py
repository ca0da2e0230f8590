"""An advert whose fields a board prints under labels, so that one way of reading gives them all."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from web_poet import field

from jobscraper.platforms.conscience import Labelled
from jobscraper.platforms.entry import Entry, Node


class LabelledEntry(Entry[Node]):
    """A platform says how its labels are found (`printed`) and what the reference is; the rest follows from the labels."""

    @property
    @abstractmethod
    def printed(self) -> Labelled:
        """What the entry labels, sorted by field."""

    @field
    def title(self) -> str | None:
        return self.printed.values.get("title")

    @field
    def employer(self) -> str | None:
        return self.printed.values.get("employer")

    @field
    def department(self) -> str | None:
        return self.printed.values.get("department")

    @field
    def location(self) -> str | None:
        return self.printed.values.get("location")

    @field
    def salary(self) -> str | None:
        return self.printed.values.get("salary")

    @field
    def grade(self) -> str | None:
        return self.printed.values.get("grade")

    @field
    def description(self) -> str | None:
        return self.printed.values.get("description")

    @field
    def contract(self) -> str | None:
        return self.printed.values.get("contract")

    @field
    def working_pattern(self) -> str | None:
        return self.printed.values.get("working_pattern")

    @field
    def hours(self) -> str | None:
        return self.printed.values.get("hours")

    @field
    def posted(self) -> str | None:
        return self.printed.values.get("posted")

    @field
    def closes(self) -> str | None:
        return self.printed.values.get("closes")

    @field
    def reference(self) -> str | None:
        return self.printed.values.get("reference")

    @field
    def workplace(self) -> str | None:
        return self.printed.values.get("workplace")

    @field
    def category(self) -> str | None:
        return self.printed.values.get("category")

    @field
    def labels(self) -> Mapping[str, str]:
        return self.printed.labels
