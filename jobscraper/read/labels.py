"""The labels of a board: each label is read, known to be of no interest, or told as an issue.

A reader that looks only for the labels it knows loses a field in silence on the day the board renames one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from jobscraper.model.columns import column_printed_as
from jobscraper.model.reading import Problem
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import field_of_label


@attrs.frozen
class Labels:
    """The labels of a platform: `fields` are those with a field of `RawAdvert` (label → field), `kept` go into its
    `labels`, as what is printed as a column has it (`model/columns.py`) does on every board, `ignored` are read by nobody.
    Spelling is compared as `fold_name` has it.
    """

    fields: Mapping[str, str]
    kept: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, fields: Mapping[str, str], kept: Iterable[str] = (), ignored: Iterable[str] = ()) -> Labels:
        """Labels as a platform's module writes them."""
        folded = {fold_name(label): field for label, field in fields.items()}
        return cls(folded, frozenset(map(fold_name, kept)), frozenset(map(fold_name, ignored)))

    def ignores(self, label: str) -> bool:
        """Whether nobody reads what stands behind a label."""
        return fold_name(label) in self.ignored

    def sort(self, printed: Iterable[tuple[str, str]], board: str) -> Labelled:
        """Sort what a page labels; of a field that is printed twice, the first print is taken.

        :param board: what to call the page in an issue: `Madgex advert`.
        """
        values: dict[str, str] = {}
        rest: dict[str, str] = {}
        problems: list[Problem] = []
        for label, value in printed:
            name, key = fold_space(label).rstrip(" :"), fold_name(label)
            field = self.fields.get(key)
            if field is None and key not in self.kept and key not in self.ignored and not column_printed_as(label):
                field = field_of_label(name)
                if field is None:
                    problems.append(unknown_label(board, name))
            if key in self.ignored or not fold_space(value):
                continue
            if field is None or values.setdefault(field, value) != value:
                rest.setdefault(name, value)
        return Labelled(values, rest, tuple(problems))


@attrs.frozen
class Labelled:
    """`values` by field of `RawAdvert`, `labels` for what has none, and a problem for each label that nobody knows."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def unknown_label(board: str, label: str) -> Problem:
    """The issue that a label makes which no list of the platform has."""
    return Problem(kind="label_unknown", text=f"{board}: the label {label!r} is not known", of_the_board=True)
