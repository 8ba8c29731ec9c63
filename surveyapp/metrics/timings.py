"""How long requests take, by route: never by path, because a customer's code stands in one.

With several web processes each writes its timings into files of a folder that the server makes (PROMETHEUS_MULTIPROC_DIR, see
surveyapp.serving), and a scrape of any of them adds all up.
"""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def install(app: Flask) -> None:
    """Time every request of the app."""
    own = CollectorRegistry()
    taken = Histogram(
        "heed_http_request_seconds", "Time from the request to the answer's head.", ["method", "route", "status"],
        registry=own, buckets=BUCKETS,
    )  # fmt: skip

    def begin() -> None:
        g.began = time.perf_counter()

    def end(answer: Response) -> Response:
        if "began" in g:
            route = request.url_rule.rule if request.url_rule else "none"
            method = request.method if request.url_rule else "other"  # or strangers could make up labels without end
            taken.labels(method, route, f"{answer.status_code // 100}xx").observe(time.perf_counter() - g.began)
        return answer

    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)
    app.extensions["heed_timings"] = own


def registry(app: Flask) -> CollectorRegistry:
    """Return what a scrape reads the timings from: this process's own, or the sum of all processes'."""
    if not os.environ.get(FOLDER):
        own: CollectorRegistry = app.extensions["heed_timings"]
        return own
    whole = CollectorRegistry()
    MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
    return whole
