"""The background analyser: one process, elected by a lease, that hears responses and keeps the clock.

Run with `python -m surveyapp.pipeline.background [PARENT]`. The server starts it and starts it again if it dies; a second one stands by
until the first one's lease runs out. It ends when its parent does; the server says which process that is, because it may be gone before
this one has come to look.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

import structlog

from surveyapp.db import Database
from surveyapp.hooks import noticing
from surveyapp.pipeline import lease
from surveyapp.pipeline.clock import tick
from surveyapp.pipeline.hear import Hearing

log = structlog.get_logger()
IDLE = 0.5
CLOCK = 60.0


class Background:
    """The loop; `stop` is an event that ends it."""

    def __init__(
        self,
        database: Database,
        config: Mapping[str, Any],
        *,
        stop: threading.Event | None = None,
        parent: int | None = None,
    ) -> None:
        self.database, self.config, self.stop = database, config, stop or threading.Event()
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]
        self.lease = float(config.get("LEASE_SECONDS", 30))
        noticing.install(database)
        self.hearing = Hearing(database, holder=self.holder, lease=self.lease)
        self._parent = os.getppid() if parent is None else parent
        self._renew_at = 0.0

    def run(self) -> None:
        """Hear until told to stop, or until the parent is gone."""
        clock = threading.Thread(target=self._keep_time, daemon=True)
        clock.start()
        while not self.stop.is_set() and os.getppid() == self._parent:
            self.stop.wait(self._once())
        self.stop.set()
        self._resign()
        clock.join(timeout=5)

    def _once(self) -> float:
        """Do one round; return how long to wait before the next."""
        try:
            if not self._elected():
                return self.lease / 10
            return 0.0 if self.hearing.hear_batch() else IDLE
        except Exception:
            log.exception("hearing failed; trying again")
            return 2.0

    def _elected(self) -> bool:
        if time.monotonic() < self._renew_at:  # every renewal is a durable write that customers would wait behind
            return True
        with self.database.write() as session:
            mine = lease.take(session, "analyser", self.holder, seconds=self.lease)
        self._renew_at = time.monotonic() + self.lease / 3 if mine else 0.0
        return mine

    def _resign(self) -> None:
        with self.database.write() as session:
            lease.give_back(session, "analyser", self.holder)

    def _keep_time(self) -> None:
        while not self.stop.is_set():
            try:
                tick(self.database, self.config, holder=self.holder)
            except Exception:
                log.exception("the clock failed; trying again")
            self.stop.wait(CLOCK)


def main() -> None:
    """Run the background analyser on the configured database until a signal."""
    from surveyapp import config  # noqa: PLC0415

    settings = config.load()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    parent = int(sys.argv[1]) if sys.argv[1:] else None
    Background(Database(settings["DATABASE_URL"]), settings, stop=stop, parent=parent).run()


if __name__ == "__main__":
    main()
