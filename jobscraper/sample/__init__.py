"""The bundled sample: pages in the shape of the real boards, as a WARC that `jobscraper demo` crawls."""

from importlib import resources
from pathlib import Path


def sample_warc() -> Path:
    """The bundled WARC file."""
    return Path(str(resources.files(__name__) / "sample.warc.gz"))
