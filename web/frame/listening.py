"""The socket the portal listens on."""

from __future__ import annotations

import socket

WAITING = 2048
"""How many may knock at once before they are turned away."""


def listen(host: str, port: int) -> socket.socket:
    """Take a port (0: any free one); raises OSError where that cannot be.

    A server that is given its socket leaves it as it is: without this, the end of each answer waits 40 ms for
    the other side's acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=WAITING)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened
