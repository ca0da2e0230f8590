"""Zstandard (RFC 8878), bounded: a megabyte of it may hold gigabytes, so nothing is unpacked whole before it is counted.

In a `.warc.zst` each record is a frame of its own. A frame that readers skip may stand before them all, with the
dictionary by which the others were packed (IIPC, "Use of Zstandard in WARC files").
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
ZstdError: type[Exception] = zstd.ZstdError

_CHUNK = 1 << 16


def unpacked(packed: bytes, most: int) -> bytes:
    """All frames of a body.

    :raises ValueError: they hold more than `most` bytes.
    :raises EOFError, ZstdError: the last one is cut off, or it is none.
    """
    with zstd.ZstdFile(BytesIO(packed)) as file:
        content = file.read(most + 1)
    return _bounded(content, most, most)


def frames(file: BinaryIO, most: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (offset, length, content) of each frame from where a file stands; its dictionary is looked up at its beginning.

    :raises ValueError: a frame, or the dictionary, holds more than `most` bytes.
    :raises EOFError, ZstdError: one is cut off, or makes no sense.
    """
    offset = file.tell()
    file.seek(0)
    dictionary = _dictionary(file, most)
    file.seek(offset)
    rest = file.read(_CHUNK)
    while rest:
        unpack = zstd.ZstdDecompressor(zstd_dict=dictionary)
        pieces: list[bytes] = []
        size = taken = 0
        while not unpack.eof:
            if not rest:
                raise EOFError("cut off")
            pieces.append(_bounded(unpack.decompress(rest, most - size + 1), most - size, most))
            size += len(pieces[-1])
            taken += len(rest)
            rest = unpack.unused_data if unpack.eof else file.read(_CHUNK)
        length = taken - len(rest)
        yield offset, length, b"".join(pieces)
        offset += length
        rest = rest or file.read(_CHUNK)


def _bounded(content: bytes, left: int, most: int) -> bytes:
    if len(content) > left:
        raise ValueError(f"a body of more than {most >> 20} MiB")
    return content


def _dictionary(file: BinaryIO, most: int) -> zstd.ZstdDict | None:
    """The dictionary at the beginning of a file, packed or not; None where there is none."""
    head = file.read(8)
    if head[:4] != DICTIONARY_MAGIC or len(head) < 8:
        return None
    (size,) = struct.unpack("<I", head[4:])
    content = file.read(min(size, most))
    if len(content) < size:
        raise EOFError("cut off in its dictionary")
    return zstd.ZstdDict(unpacked(content, most) if content.startswith(MAGIC) else content)
