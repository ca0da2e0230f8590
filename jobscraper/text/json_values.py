"""JSON as boards send it: a figure that no machine holds is kept as it is printed, and costs neither its page nor a fold."""

from __future__ import annotations

import codecs
import json
import math
from typing import Any

_LONGEST_INT = 18  # Digits that fit 64 bits, whatever they are.


def whole_or_text(printed: str) -> int | str:
    """A whole number; of more than 64 bits its digits: Python refuses to read thousands of them, and SQLite to store them."""
    return int(printed) if len(printed) <= _LONGEST_INT else printed


def finite_or_text(printed: str) -> float | str:
    """A number, or how it is printed where it is none that can be counted with: `1e999`."""
    number = float(printed)
    return number if math.isfinite(number) else printed


def parsed(text: str | bytes) -> Any:
    """The value of a JSON text; `NaN` and `Infinity`, which is no JSON, are texts. A control character in a string, or a byte of an
    old encoding, is that string's.

    :raises ValueError: it is none, or it is cut off.
    :raises RecursionError: it is nested without end.
    """
    if isinstance(text, bytes):
        text = _decoded(text)
    return json.loads(text, parse_int=whole_or_text, parse_float=finite_or_text, parse_constant=str, strict=False)


def _decoded(body: bytes) -> str:
    """The text of a body. One that begins as JSON may hold bytes of Windows-1252 here and there; any other is decoded strictly."""
    encoding = json.detect_encoding(body)
    if encoding != "utf-8" or body.lstrip()[:1] not in (b"{", b"["):
        return body.decode(encoding)
    codecs.register_error("single bytes", _as_windows)
    return body.decode("utf-8", "single bytes")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    return byte.decode("windows-1252", "replace"), error.start + 1
