"""Fact tables (one row a fact, each with its source) and their look-up, loaded once."""
