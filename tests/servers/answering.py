"""How the HTTP servers of the tests answer: whatever is written is sent at once.

A handler of the standard library writes an answer's head and its body apart. The kernel then keeps the body back until
the head is acknowledged, which the other side puts off for some 40 ms (RFC 896; RFC 1122, 4.2.3.2): a scan that asks
fifty times would wait for seconds in which neither side does anything.
"""

from __future__ import annotations


class AtOnce:
    """What a handler is besides `BaseHTTPRequestHandler`: it keeps nothing of an answer back, and writes no log."""

    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
