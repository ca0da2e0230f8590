"""Eploy."""
