"""What a source should give, and whether a run gave it."""
