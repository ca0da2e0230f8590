"""Jobiqo."""
