"""What the pages share: asking the snapshot, ways of showing values, templates, and how a page says what it is."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
