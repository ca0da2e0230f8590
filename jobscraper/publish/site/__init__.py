"""The site over a snapshot: Datasette with pages of our own, and processes apart for what visitors ask."""
