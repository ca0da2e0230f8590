"""From printed strings to values that can be compared: pure functions, no clock, no network, no database."""
