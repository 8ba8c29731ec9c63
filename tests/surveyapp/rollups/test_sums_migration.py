"""A database that holds data comes to its sums by month and week: everybody's at once, each group's when the clock comes by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import select

from surveyapp import migrations, rollups
from surveyapp.db import UNDATED, Database
from surveyapp.models import Answer, PeriodRollup, Response, Tally
from surveyapp.pipeline import recounting
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make

COLUMNS = tuple(PeriodRollup.__table__.columns)


def downgrade(database: Database, revision: str) -> None:
    with database.writer.begin() as connection:
        config = migrations._config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def sums(database: Database, **where: str) -> list[Any]:
    with database.read() as session:
        return session.execute(select(*COLUMNS).filter_by(**where).order_by(*COLUMNS)).all()


def test_what_was_counted_is_summed_and_the_groups_follow(database: Database, tmp_path: Path) -> None:
    """An imported column tells groups apart after the upgrade; a tally of somebody erased keeps its place in the totals."""
    imported = ({"kind": "text", "purpose": "segment", "texts": {"en": {"label": "Age"}}},)
    with database.write() as session:
        survey = make.survey(session, questions=(*make.QUESTIONS, *imported), imported=True)
        for day in (make.DAY, make.DAY.replace(day=28), UNDATED):
            made = make.response(session, survey, day=day, rating=5, suggestion="More chairs, please.")
            made.answers.append(Answer(question=survey.published.questions[-1], words="25-34"))
    Hearing(database, holder="test").hear_all()
    with database.write() as session:
        erase(session, session.scalars(select(Response).order_by(Response.id)).first())
    before = sums(database, segment="")
    downgrade(database, "0012")
    migrations.upgrade(database)
    everybody = [row for row in sums(database) if row.fact != "segment"]
    assert everybody == [row for row in before if row.fact != "segment"] != []
    recounting.run(database, {"INSTANCE": str(tmp_path)})
    with database.read() as session:
        assert rollups.differences(session) == {}
        assert session.scalars(select(Tally.n)).all()
    assert [row for row in sums(database) if row.segment.endswith(":25-34")]
