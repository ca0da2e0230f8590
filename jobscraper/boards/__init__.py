"""The software that boards run on: one module per platform, with its base spider and its page objects."""

import jobscraper.text.suffixes  # noqa: F401 - Before any rule for URLs asks for public suffixes.
