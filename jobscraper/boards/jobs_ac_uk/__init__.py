"""jobs.ac.uk."""
