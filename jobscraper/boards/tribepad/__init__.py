"""Tribepad."""
