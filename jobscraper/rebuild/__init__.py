"""Rebuilding: the archive again from its captures, without asking a board for anything.

A joint like the pipeline of a crawl: it looks to the right (fold) and to the left (capture, read), and nothing knows it.
"""
