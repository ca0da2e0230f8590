"""A scraper and archive of UK public-sector job adverts."""

import sys

# Before anything else is imported, which would fail in many ways; written so that an older Python can read it.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("jobscraper needs Python 3.11 or newer, and this is %d.%d" % sys.version_info[:2])  # noqa: UP031

__version__ = "0.2.0"
