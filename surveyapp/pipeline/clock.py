"""The clock: what is due is run, each job under a lease, and its last and next run stand on the jobs page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from surveyapp.accounts import outbox
from surveyapp.backlog import reminding
from surveyapp.db import Database, now
from surveyapp.hooks import sending
from surveyapp.models import Job
from surveyapp.pipeline import backup, lease, recounting, retention
from surveyapp.quality import sampling
from surveyapp.recovery import urgent
from surveyapp.searching import tidy
from surveyapp.sharing import digests, helped
from surveyapp.standards import judging
from surveyapp.trends import closing, computing, letters, monthly

log = structlog.get_logger()
Work = Callable[[Database, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Task:
    """Something the clock does: how often, and the work, which returns what the jobs page shows of it."""

    every: timedelta
    work: Work


TASKS: dict[str, Task] = {
    "retention": Task(timedelta(days=1), retention.run),
    "search": Task(timedelta(days=1), tidy.run),
    "backup": Task(timedelta(days=1), backup.run),
    "check 20": Task(timedelta(hours=6), sampling.run),
    "charts": Task(timedelta(hours=1), computing.run),
    "closed months": Task(timedelta(hours=12), closing.run),
    "standards": Task(timedelta(hours=6), judging.run),
    "early warning": Task(timedelta(days=1), letters.warn),
    "weekly digest": Task(timedelta(hours=3), digests.run),
    "it helped": Task(timedelta(days=1), helped.run),
    "monthly page": Task(timedelta(hours=6), monthly.run),
    "reminders": Task(timedelta(hours=6), reminding.run),
    "webhook log": Task(timedelta(hours=1), sending.watch),
    "urgent": Task(timedelta(seconds=30), urgent.run),
    "recount": Task(timedelta(minutes=5), recounting.run),
    "mail": Task(timedelta(minutes=1), outbox.run),
    "webhooks": Task(timedelta(minutes=1), sending.run),  # last: what others take their time over keeps nothing waiting
}


def tick(
    database: Database, config: Mapping[str, Any], *, holder: str, tasks: Mapping[str, Task] | None = None
) -> list[str]:
    """Run every task that is due and that nobody else is running; return their names. Running it twice does nothing twice."""
    done = []
    for name, task in (TASKS if tasks is None else tasks).items():
        if _start(database, name, holder):
            _run(database, config, name, task)
            with database.write() as session:
                lease.give_back(session, f"job {name}", holder)
            done.append(name)
    return done


def _start(database: Database, name: str, holder: str) -> bool:
    moment = now()
    with database.read() as session:
        job = session.get(Job, name)
        if job is not None and job.next_due_at is not None and job.next_due_at > moment:
            return False
    with database.write() as session:
        if not lease.take(session, f"job {name}", holder, seconds=3600):
            return False
        job = session.get(Job, name) or Job(name=name)
        if job.next_due_at is not None and job.next_due_at > moment:  # somebody ran it between the look and the lease
            lease.give_back(session, f"job {name}", holder)
            return False
        job.last_started_at = moment
        session.add(job)
    return True


def _run(database: Database, config: Mapping[str, Any], name: str, task: Task) -> None:
    error, detail = "", {}
    try:
        detail = task.work(database, config)
    except Exception as fault:
        log.exception("a job failed", job=name)
        error = f"{type(fault).__name__}: {fault}"[:1000]
    with database.write() as session:
        job = session.get_one(Job, name)
        job.last_finished_at, job.error, job.detail = now(), error, detail
        job.next_due_at = _next(job.last_started_at or now(), task.every, failed=bool(error))


def _next(started: datetime, every: timedelta, *, failed: bool) -> datetime:
    """Say when it is due again; what failed is tried sooner."""
    return started + (min(every, timedelta(minutes=15)) if failed else every)
