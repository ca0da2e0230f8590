"""Errors that a user can mend: one line that names the thing, the place and the remedy."""


class JobscraperError(Exception):
    """Anything that ends a command with exit code 1 and one line on stderr, never a traceback."""
