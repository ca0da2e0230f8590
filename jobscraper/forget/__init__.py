"""A publisher's wish: an advert's text removed from the captures and the archive, with a tombstone in its place.

A joint like the rebuild: it looks to the right (the archive) and to the left (captures, readers).
"""
