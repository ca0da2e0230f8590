"""Jobtrain."""
