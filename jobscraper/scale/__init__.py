"""The same rooms on many machines: files in a store, read by the workers of a cluster, folded by one writer.

An extra: nothing of the base install imports it, and only it imports Dask and fsspec. A joint like `rebuild`, which it plugs
into: it reads by the same code, and hands what was read to the same fold.
"""
