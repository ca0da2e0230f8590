"""How captures are named: by these endings they are found in folders and stores, and nowhere by others."""

from __future__ import annotations

ENDINGS = (".warc", ".warc.gz", ".warc.zst")
"""Of a WARC file, plain or packed."""

WITH_WACZ = (*ENDINGS, ".wacz")
"""Of whatever WARC files are read from."""


def without_ending(name: str) -> str:
    """The name of a WARC file without its ending: of one of ours, the run and its part."""
    return next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)
