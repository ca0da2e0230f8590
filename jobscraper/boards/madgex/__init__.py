"""Madgex."""
