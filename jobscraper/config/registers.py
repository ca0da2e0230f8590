"""Where the registers lie that a user has fetched."""

from __future__ import annotations

import os
from pathlib import Path

from jobscraper.config.read import config


def registers_folder() -> Path:
    """The folder of the setting `registers`, else `jobscraper/registers` where a user's data belong."""
    if chosen := config().registers:
        return chosen
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "jobscraper" / "registers"
