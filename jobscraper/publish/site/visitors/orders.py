"""What the server orders of the process that forks the others: five bytes, the order and the number of a process."""

from __future__ import annotations

import enum
import struct

_FORM = struct.Struct("!cI")
ORDER_BYTES = _FORM.size


class Order(enum.Enum):
    """`FORK`, with a socket for the new process, is answered with its number; `END` kills one."""

    FORK = b"f"
    END = b"e"


def order_of(order: Order, process: int = 0) -> bytes:
    """An order as bytes."""
    return _FORM.pack(order.value, process)


def order_from(data: bytes) -> tuple[Order, int]:
    """The order that the bytes are."""
    order, process = _FORM.unpack(data)
    return Order(order), process
