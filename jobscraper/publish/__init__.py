"""Publish: build a snapshot of the archive that anybody may see, check it, swap it in, and serve it with Datasette."""
