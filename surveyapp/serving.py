"""How gunicorn serves Heed: `gunicorn -c python:surveyapp.serving wsgi:app`.

The master starts the background analyser beside the web workers, and starts it again if it dies; the workers never analyse.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from typing import Any

from surveyapp.config import read_env_file

read_env_file()
bind = os.environ.get("HEED_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("HEED_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("HEED_THREADS", "4"))
timeout = 60
graceful_timeout = 20
control_socket_disable = True
accesslog = None  # addresses are not stored, and a code stands in a path
forwarded_allow_ips = os.environ.get("HEED_PROXIES", "127.0.0.1")

_stop = threading.Event()
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
if any(os.environ.get(f"HEED_METRICS_{each}") for each in ("ALLOW", "TOKEN")) and _FOLDER not in os.environ:
    os.environ[_FOLDER] = tempfile.mkdtemp(
        prefix="heed-metrics-"
    )  # where web processes leave their timings for each other
    _made = os.environ[_FOLDER]
else:
    _made = ""


def when_ready(server: Any) -> None:
    """Keep a background analyser running for as long as the master lives."""
    if os.environ.get("HEED_ANALYSER", "embedded") == "embedded":
        threading.Thread(target=_supervise, args=(server.log,), daemon=True).start()


def on_exit(_server: Any) -> None:
    """Let the background analyser end with the master, and take away the folder of timings if it is ours."""
    _stop.set()
    if _made:
        shutil.rmtree(_made, ignore_errors=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Let what a dead web process measured stand in the sums, and nothing that was true of it alone."""
    if os.environ.get(_FOLDER):
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - only where somebody monitors

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _supervise(log: Any) -> None:
    while not _stop.is_set():
        command = [sys.executable, "-m", "surveyapp.pipeline.background", str(os.getpid())]
        child = subprocess.Popen(command)  # noqa: S603 - nothing in it comes from outside
        while child.poll() is None and not _stop.wait(0.5):
            pass
        if _stop.is_set():
            child.terminate()
            return
        log.warning("the background analyser ended with %s; starting it again", child.returncode)
        _stop.wait(1.0)
