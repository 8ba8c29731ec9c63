"""A mail server for tests, which keeps what it gets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What was delivered, and the settings by which an application finds the server."""

    def __init__(self, port: int) -> None:
        self.got: list[Any] = []
        self.settings = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": port,
            "MAIL_USE_TLS": False,
            "MAIL_DEFAULT_SENDER": "Heed <heed@example.org>",
        }

    async def handle_DATA(self, _server, _session, envelope):
        """Take a letter."""
        self.got.append(envelope)
        return "250 OK"


@contextmanager
def postbox() -> Iterator[Postbox]:
    """Run a mail server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Postbox(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.settings["MAIL_PORT"])
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
