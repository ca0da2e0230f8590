"""Captures: every response as received, in WARC files (ISO 28500). The evidence that everything else is read from."""
