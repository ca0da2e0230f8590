"""Oleeo, formerly WCN."""
