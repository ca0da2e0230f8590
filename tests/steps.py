"""How much work an action does, counted so that no other load of the machine changes it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

_Trace = Callable[[FrameType, str, Any], Any]


def lines_run(action: Callable[[], object]) -> int:
    """How many lines of Python an action runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _: object) -> _Trace:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
