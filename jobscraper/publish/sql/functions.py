"""Functions of SQL that the site has in place of SQLite's own, or beside them.

SQLite looks at the clock between its steps, and one call of a function is one step: its own `replace` and `instr` take
seconds for long texts (quadratic), its `printf` makes gigabytes before it looks at any limit. Ours take no longer than
reading, and make nothing longer than a value may be.
"""

from __future__ import annotations

import math
import re
import sqlite3
from array import array
from collections.abc import Iterator
from typing import Any

from jobscraper.publish.limits import LONGEST_VALUE
from jobscraper.publish.quantiles import quantile

MOST_VALUES = 2_000_000
"""Numbers of one group that `median` and `quantile` keep, eight bytes each."""

_WIDEST = 1000
"""Characters to which `printf` fills up a value, and digits that it prints after the point."""

Value = str | bytes | int | float | None


def add_to(connection: sqlite3.Connection) -> None:
    """Make these functions known to a connection, in place of SQLite's own of these names."""
    for name, arguments, function in (
        ("replace", 3, replace),
        ("instr", 2, instr),
        ("printf", -1, printf),
        ("format", -1, printf),
    ):
        connection.create_function(name, arguments, function, deterministic=True)
    # typeshed takes methods for attributes that may be set.
    aggregate: Any = _Quantile
    connection.create_window_function("median", 1, aggregate)
    connection.create_window_function("quantile", 2, aggregate)


def replace(text: Value, old: Value, new: Value) -> Value:
    """`text` with each `old` in it made `new`; unchanged where `old` is empty, NULL where anything is.

    :raises OverflowError: the result is longer than a value may be.
    """
    if text is None or old is None or new is None:
        return None
    whole, gone, put = as_text(text), as_text(old), as_text(new)
    if not gone:
        return whole
    times = whole.count(gone)
    if len(whole) + times * (len(put) - len(gone)) > LONGEST_VALUE:
        raise OverflowError("string or blob too big")
    return whole.replace(gone, put)


def instr(text: Value, part: Value) -> int | None:
    """Where `part` first stands in `text`, counted from 1; 0 where it does not; in bytes if both are binary."""
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return as_text(text).find(as_text(part)) + 1


def as_text(value: Value) -> str:
    """A value as SQLite casts it to text."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return _real(value) if isinstance(value, float) else str(value)


def _real(value: float) -> str:
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    text = f"{value:.15g}"
    if "e" in text:
        head, _, power = text.partition("e")
        return f"{head if '.' in head else head + '.0'}e{power}"
    return text if "." in text else text + ".0"


_CONVERSION = re.compile(
    r"%(?P<flags>[-+ 0#,!]*)(?P<width>\d+|\*)?(?:\.(?P<precision>\d+|\*))?l{0,2}(?P<kind>.)", re.DOTALL
)
_NUMBER = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\s*([+-]?\d+)", re.ASCII)
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_UNSIGNED = 2**64 - 1


def printf(*arguments: Value) -> str | None:
    """The first argument with the others in its places (sqlite.org/printf.html): `printf('%,d', 1234567)` is `1,234,567`.

    Widths and precisions end at a thousand; the flags `#` and `!` change nothing. NULL without a format.

    :raises OverflowError: the result is longer than a value may be.
    """
    if not arguments or arguments[0] is None:
        return None
    form, given = as_text(arguments[0]), iter(arguments[1:])
    pieces: list[str] = []
    done = length = 0
    for found in _CONVERSION.finditer(form):
        pieces += [form[done : found.start()], _converted(found, given)]
        done, length = found.end(), length + len(pieces[-1]) + len(pieces[-2])
        if length > LONGEST_VALUE:
            raise OverflowError("string or blob too big")
    return "".join([*pieces, form[done:]])


def _converted(found: re.Match[str], given: Iterator[Value]) -> str:
    flags, kind = found["flags"], found["kind"]
    if kind == "%":
        return "%"
    width = _size(found["width"], given)
    precision = _size(found["precision"], given)
    if (width or 0) < 0:
        flags += "-"
    value = next(given, None)
    if kind in "di":
        text = _signed(_integer(value), flags, abs(precision or 0))
    elif kind == "u":
        text = _signed(_integer(value) & _UNSIGNED, flags.replace("+", "").replace(" ", ""), abs(precision or 0))
    elif kind in "feEgG":
        text = _decimal(value, flags, kind, precision)
    elif kind in "xXo":
        text = format(_integer(value) & _UNSIGNED, kind)
    else:
        text = _words(value, kind, None if precision is None else abs(precision))
    return _filled(text, abs(width or 0), flags, numeric=kind in "diufeEgGxXo")


def _size(printed: str | None, given: Iterator[Value]) -> int | None:
    """A width or precision, from the format or from the arguments."""
    if printed is None:
        return None
    size = _integer(next(given, None)) if printed == "*" else int(printed[:9])
    return max(-_WIDEST, min(size, _WIDEST))


def _integer(value: Value) -> int:
    """A whole number of 64 bits as SQLite casts it: what a text begins with, else 0."""
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if _LOWEST <= value < _HIGHEST else _LOWEST if value < 0 else _HIGHEST
    found = _WHOLE_NUMBER.match(as_text(value)[:_WIDEST])
    return max(_LOWEST, min(int(found[1]), _HIGHEST)) if found else 0


def _float(value: Value) -> float:
    """A number as SQLite casts it: what a text begins with, else 0."""
    if isinstance(value, int | float):
        return float(value)
    found = _NUMBER.match(as_text(value))
    return float(found[1]) if found else 0.0


def _signed(number: int, flags: str, digits: int) -> str:
    """A whole number with at least so many digits."""
    return _sign(number < 0, flags) + (f"{abs(number):,}" if "," in flags else str(abs(number)).zfill(digits))


def _decimal(value: Value, flags: str, kind: str, precision: int | None) -> str:
    number = _float(value)
    if math.isinf(number):
        return _sign(number < 0, flags) + "Inf"
    group = "," if "," in flags and kind == "f" else ""
    places = 6 if precision is None else abs(precision)
    return _sign(number < 0, flags) + format(abs(number), f"{group}.{places}{kind}")


def _sign(negative: bool, flags: str) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _words(value: Value, kind: str, precision: int | None) -> str:
    """Text, of at most so many characters; of `%c` the first one, so many times."""
    if kind == "c":
        return as_text(value)[:1] * (precision or 1)
    if kind in "qQw":
        return _quoted(value, kind, precision)
    return as_text(value)[:precision]


def _quoted(value: Value, kind: str, precision: int | None) -> str:
    if value is None:
        return "NULL" if kind == "Q" else "(NULL)"
    mark = '"' if kind == "w" else "'"
    text = as_text(value)[:precision].replace(mark, mark * 2)
    return f"'{text}'" if kind == "Q" else text


def _filled(text: str, width: int, flags: str, *, numeric: bool) -> str:
    if "-" in flags:
        return text.ljust(width)
    if "0" in flags and numeric:
        return text.zfill(width)
    return text.rjust(width)


class _Quantile:
    """`quantile(x, q)`: what a share `q` of the numbers lies below, in proportion between two of them; NULL for none.

    Also over a window. Text and NULL do not count. What a method raises is no more than an error of SQL.
    """

    def __init__(self) -> None:
        self._numbers = array("d")
        self._share = 0.5

    def step(self, value: Value, share: Value = 0.5) -> None:
        """One more row.

        :raises ValueError: `share` is no number from 0 to 1.
        :raises OverflowError: more numbers than are kept.
        """
        if not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ValueError("quantile needs a share from 0 to 1")
        self._share = share
        if isinstance(value, int | float):
            if len(self._numbers) >= MOST_VALUES:
                raise OverflowError("too many values")
            self._numbers.append(float(value))

    def inverse(self, value: Value, _share: Value = 0.5) -> None:
        """One row less, at the other end of a window."""
        if isinstance(value, int | float):
            self._numbers.remove(float(value))  # Beyond 2 to the 53rd a whole number is not equal to what was kept.

    def value(self) -> float | None:
        """What it is so far."""
        if not self._numbers:
            return None
        return quantile(sorted(self._numbers), self._share)

    def finalize(self) -> float | None:
        """What it is in the end."""
        return self.value()
