"""What waits, for how long, and when the clock last ran: read from the database at each scrape, so every process says the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import HookDelivery, HookEndpoint, Job, Letter, Response, Rollup

QUEUES: dict[str, tuple[Any, ColumnElement[bool]]] = {
    "responses": (Response.received_at, Response.state == "pending"),
    "letters": (Letter.created_at, Letter.state == "waiting"),
    "letters handed over": (Letter.handed_over_at, Letter.state == "handed over"),
    "deliveries": (
        HookDelivery.created_at,
        HookDelivery.state.in_(("waiting", "handed over"))
        & HookDelivery.endpoint_id.in_(
            select(HookEndpoint.id).where(HookEndpoint.paused_for == "", HookEndpoint.removed_at.is_(None))
        ),
    ),
}
"""What waits -> (since when, which rows). What waits for a webhook that is paused is nobody's alarm."""


class Figures:
    """What prometheus_client collects from one session; no label holds anything that a person wrote."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        yield self._responses()
        yield from self._queues()
        yield self._ended()
        yield from self._jobs()

    def _responses(self) -> Metric:
        found = CounterMetricFamily("heed_responses", "Responses heard, those erased since too.", labels=["channel"])
        counted = select(Rollup.key, func.sum(Rollup.n)).where(Rollup.fact == "response").group_by(Rollup.key)
        for channel, n in self.session.execute(counted.order_by(Rollup.key)):
            found.add_metric([channel], int(n))
        return found

    def _queues(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily("heed_waiting", "Rows that wait.", labels=["queue"])
        age = GaugeMetricFamily("heed_waiting_age_seconds", "How long the oldest of them has waited.", labels=["queue"])
        moment = now()
        for name, (since, where) in QUEUES.items():
            n, oldest = self.session.execute(select(func.count(), func.min(since)).where(where)).one()
            waiting.add_metric([name], n)
            age.add_metric([name], max(0.0, (moment - oldest).total_seconds()) if oldest else 0.0)
        yield from (waiting, age)

    def _ended(self) -> Metric:
        found = GaugeMetricFamily(
            "heed_failed", "Letters and deliveries that failed and that nobody has dealt with.", labels=["queue"]
        )
        for name, model, state in (("letters", Letter, "failed"), ("deliveries", HookDelivery, "given up")):
            counted = select(func.count()).select_from(model).where(model.state == state)
            found.add_metric([name], self.session.scalar(counted) or 0)
        return found

    def _jobs(self) -> Iterator[Metric]:
        jobs = self.session.scalars(select(Job).order_by(Job.name)).all()
        ended = GaugeMetricFamily("heed_job_finished_timestamp_seconds", "When a job last ended.", labels=["job"])
        failed = GaugeMetricFamily("heed_job_failed", "Whether its last run failed.", labels=["job"])
        for job in jobs:
            ended.add_metric([job.name], _stamp(job.last_finished_at))
            failed.add_metric([job.name], float(bool(job.error)))
        ran = max((job.last_started_at for job in jobs if job.last_started_at), default=None)
        clock = GaugeMetricFamily(
            "heed_clock_timestamp_seconds", "When the clock last began a job; 0 for never.", _stamp(ran)
        )
        yield from (ended, failed, clock)


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
