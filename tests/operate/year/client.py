"""Asks the crawler for one crawl: `python -S client.py SOCKET JSON`. Only the standard library, so that it starts at once."""

import socket
import sys

with socket.socket(socket.AF_UNIX) as crawler:
    crawler.connect(sys.argv[1])
    crawler.sendall(sys.argv[2].encode() + b"\n")
    told = b""
    while more := crawler.recv(65536):
        told += more
said, _, code = told.rpartition(b"\n")
sys.stdout.buffer.write(said)
sys.exit(int(code) if code.isdigit() else 1)
