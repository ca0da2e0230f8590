"""Which runs were captured with a wrong clock, and what is done with them: a list beside the captures, which stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from jobscraper.capture.warc import CaptureError
from jobscraper.files.private import make_private_file

LIST = "misdated.txt"
"""In the folder of the captures: a run and what is done with it, a line each."""

Remedy = Literal["board-time", "set-aside"]
"""Its times are those that the boards told in their answers; or, where they do not tell, it is left out."""


def misdated(captures: Path) -> dict[str, Remedy]:
    """The runs of a folder of captures that a clock misdated, by id.

    :raises CaptureError: the list cannot be understood.
    """
    path = captures / LIST
    found: dict[str, Remedy] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        run_id, _, remedy = line.partition(" ")
        if remedy not in get_args(Remedy):
            raise CaptureError(f"{path}: {line!r} is not a run and one of {', '.join(get_args(Remedy))}; correct it")
        found[run_id] = remedy  # type: ignore[assignment]
    return found


def note_misdated(captures: Path, runs: Mapping[str, Remedy]) -> None:
    """Write the list anew, with these runs in it too; it is on the disk, whole, when this returns."""
    path = captures / LIST
    new = path.with_name(f"{LIST}.new")
    make_private_file(new)
    new.write_text("".join(f"{run} {how}\n" for run, how in sorted({**misdated(captures), **runs}.items())), "utf-8")
    new.replace(path)
