"""The clock runs what is due, once; backups can be restored; words go when their time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveyapp import rollups
from surveyapp.db import Database, now
from surveyapp.errors import Invalid
from surveyapp.models import Job, Organisation, Response, Rollup
from surveyapp.pipeline import backup, lease, recounting
from surveyapp.pipeline.clock import Task, tick
from surveyapp.pipeline.hear import Hearing
from surveyapp.pipeline.retention import last_kept_day, run
from tests.support import make


def test_what_is_due_runs_once(database: Database) -> None:
    """A second tick, also from elsewhere, does nothing; the jobs page knows when the next run is."""
    runs: list[int] = []
    tasks = {"count": Task(timedelta(hours=1), lambda _database, _config: {"run": runs.append(1) or len(runs)})}
    assert tick(database, {}, holder="a", tasks=tasks) == ["count"]
    assert tick(database, {}, holder="b", tasks=tasks) == []
    with database.read() as session:
        job = session.get_one(Job, "count")
        assert (job.detail, job.error) == ({"run": 1}, "")
        assert job.next_due_at is not None
        assert job.next_due_at > now()
    assert runs == [1]


def test_a_failing_job_says_why_and_is_tried_again_sooner(database: Database) -> None:
    """The error stands on the jobs page; other jobs run all the same."""

    def fail(_database: Database, _config: object) -> dict[str, object]:
        raise OSError("disk full")

    tasks = {"bad": Task(timedelta(days=1), fail), "good": Task(timedelta(days=1), lambda _d, _c: {})}
    assert tick(database, {}, holder="a", tasks=tasks) == ["bad", "good"]
    with database.read() as session:
        job = session.get_one(Job, "bad")
        assert job.error == "OSError: disk full"
        assert job.next_due_at is not None
        assert job.next_due_at < now() + timedelta(hours=1)


def test_a_lease_is_one_holders_until_its_time_is_over(database: Database) -> None:
    """Renewed by its holder, refused to others, free when given back or run out."""
    with database.write() as session:
        assert lease.take(session, "x", "a", seconds=60)
        assert not lease.take(session, "x", "b", seconds=60)
        assert lease.take(session, "x", "a", seconds=-1)
        assert lease.take(session, "x", "b", seconds=60)
        lease.give_back(session, "x", "a")
        assert not lease.take(session, "x", "a", seconds=60)
        lease.give_back(session, "x", "b")
        assert lease.take(session, "x", "a", seconds=60)


@pytest.mark.parametrize(("today", "months", "day"), [
    (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2026, 3, 15), 24, date(2024, 3, 15)), (date(2026, 1, 1), 1, date(2025, 12, 1)),
])  # fmt: skip
def test_the_oldest_day_that_is_kept(today: date, months: int, day: date) -> None:
    """Months have different lengths."""
    assert last_kept_day(Organisation(name="x", retention_months=months), today) == day


def test_words_go_when_their_time_is_over(database: Database) -> None:
    """What is past the term is erased, the totals stay, the rest is not touched."""
    with database.write() as session:
        make.organisation(session, retention_months=12)
        survey = make.survey(session)
        old = datetime.now(UTC) - timedelta(days=800)
        make.response(session, survey, suggestion="Please open earlier.", received_at=old, day=old.date())
        make.response(session, survey, suggestion="Please open later.")
    Hearing(database, holder="a").hear_all()
    assert run(database, {}) == {"erased": 1}
    assert run(database, {}) == {"erased": 0}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1
        assert session.scalar(select(func.sum(Rollup.n)).where(Rollup.fact == "response")) == 2
        assert rollups.differences(session) == {}


class TestBackups:
    """Backups of SQLite; PostgreSQL is pointed to its own tools."""

    def test_a_backup_brings_back_what_was_there(self, database: Database, tmp_path: Path) -> None:
        """What came after the backup is in the file that was put aside."""
        config = {"INSTANCE": str(tmp_path), "BACKUP_KEEP": 2}
        with database.write() as session:
            make.service(session, "Before")
        made = backup.run(database, config)
        if not database.is_sqlite:
            assert "pg_dump" in made["skipped"]
            return
        with database.write() as session:
            make.service(session, "After")
        aside = backup.restore(database, tmp_path / "backups" / made["file"])
        assert aside.exists()
        again = Database(str(database.engine.url))
        with again.read() as session:
            assert make.root(session).name == "Before"
            assert session.scalar(select(func.count()).select_from(make.Service)) == 1
        again.dispose()

    def test_only_the_newest_are_kept(self, database: Database, tmp_path: Path) -> None:
        """The folder does not grow for ever."""
        if database.is_sqlite:
            for _each in range(4):
                backup.run(database, {"INSTANCE": str(tmp_path), "BACKUP_KEEP": 2})
            assert len(list((tmp_path / "backups").iterdir())) == 2

    @pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 500])
    def test_a_bad_file_is_refused_and_nothing_touched(
        self, database: Database, tmp_path: Path, content: bytes
    ) -> None:
        """The message says what is wrong; the live file is as it was."""
        if not database.is_sqlite:
            return
        bad = tmp_path / "bad.sqlite"
        bad.write_bytes(content)
        live = Path(database.engine.url.database or "")
        before = live.read_bytes()
        with pytest.raises(Invalid, match=r"bad\.sqlite"):
            backup.restore(database, bad)
        assert live.read_bytes() == before


def test_a_recount_that_was_asked_for_happens_once(database: Database, tmp_path: Path) -> None:
    """A migration asks; the clock counts, and next time it does not. Pictures of data that are no more go."""
    with database.write() as session:
        make.response(session, make.survey(session), state="heard")
        rollups.bump(session, recounting.ASKED)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "1.1.0-ab").write_bytes(b"drawn long ago")
    assert recounting.run(database, {"INSTANCE": str(tmp_path)}) == {"rollups": 2, "pictures": 1}
    assert recounting.run(database, {"INSTANCE": str(tmp_path)}) == {"rollups": 0, "pictures": 0}
