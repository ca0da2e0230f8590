"""Civil Service Jobs."""
