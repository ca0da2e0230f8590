"""A scraper and archive of UK public-sector job adverts."""

__version__ = "0.1.0"
