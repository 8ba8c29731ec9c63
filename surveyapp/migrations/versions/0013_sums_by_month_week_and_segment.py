"""Rollups summed by month and week, of everybody and of each group of customers; imported columns that tell groups apart."""

from collections import Counter
from datetime import date

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UNDATED = date(1, 1, 1)
SOME = 5_000


def _tally(name: str, *, segment: bool) -> sa.Table:
    columns = [
        sa.Column("fact", types.Words(12), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("purpose", types.Words(36), nullable=False),
        sa.Column("key", types.Words(80), nullable=False),
    ]
    columns += [sa.Column("segment", types.Words(120), nullable=False)] if segment else []
    keys = [column.name for column in columns]
    return op.create_table(
        name, *columns, sa.Column("n", types.Whole(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_tally_service_id_service")),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_tally")),
    )  # fmt: skip


def _tally_again(*, segment: bool) -> None:
    """Make the table of tallies anew with, or without, the group as part of its key."""
    names = ("fact", "service_id", "day", "purpose", "key", "n")
    old = sa.table("tally", *(sa.column(name, sa.Date() if name == "day" else None) for name in (*names, "segment")))
    wanted = sa.select(*(old.c[name] for name in names))
    rows = [row._asdict() for row in op.get_bind().execute(wanted if segment else wanted.where(old.c.segment == ""))]
    op.drop_table("tally")
    made = _tally("tally", segment=segment)
    for start in range(0, len(rows), SOME):
        some = rows[start : start + SOME]
        op.bulk_insert(made, [{**row, "segment": ""} if segment else row for row in some])


def _sum(made: sa.Table) -> None:
    """Sum what has been counted by day. The groups are counted when the clock first comes by."""
    columns = [
        sa.column(name, sa.Date() if name == "day" else None)
        for name in ("fact", "service_id", "day", "purpose", "key", "n")
    ]
    summed: Counter[tuple] = Counter()
    for fact, service, day, purpose, key, n in op.get_bind().execute(
        sa.select(*columns).select_from(sa.table("rollup"))
    ):
        month = 0 if day == UNDATED else day.year * 12 + day.month - 1
        summed[(fact, "month", "", purpose, service, month, key)] += n
        summed[(fact, "week", "", purpose, service, (day.toordinal() - 1) // 7, key)] += n
    names = ("fact", "grain", "segment", "purpose", "service_id", "period", "key")
    rows = [{**dict(zip(names, what, strict=True)), "n": n} for what, n in summed.items()]
    for start in range(0, len(rows), SOME):
        op.bulk_insert(made, rows[start : start + SOME])


def upgrade() -> None:
    """Make the sums from the days; what was imported to tell groups apart does so from now on."""
    made = op.create_table(
        "period_rollup",
        sa.Column("fact", types.Words(12), nullable=False),
        sa.Column("grain", types.Words(5), nullable=False),
        sa.Column("segment", types.Words(120), nullable=False),
        sa.Column("purpose", types.Words(36), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("period", types.Whole(), nullable=False),
        sa.Column("key", types.Words(80), nullable=False),
        sa.Column("n", types.Whole(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_period_rollup_service_id_service")),
        sa.PrimaryKeyConstraint(
            "fact", "grain", "segment", "purpose", "service_id", "period", "key", name=op.f("pk_period_rollup")
        ),
        sqlite_with_rowid=False,
    )
    _sum(made)
    _tally_again(segment=True)
    op.execute(
        "UPDATE question SET purpose = 'segment' WHERE kind = 'text' AND purpose IS NULL AND version_id IN (SELECT v.id FROM"
        " survey_version v JOIN survey s ON s.id = v.survey_id WHERE s.imported)"
    )
    op.execute("INSERT INTO counter (name, value) SELECT 'recount', 1 WHERE EXISTS (SELECT 1 FROM response)")


def downgrade() -> None:
    """Take the sums and the groups away again."""
    op.execute("DELETE FROM counter WHERE name = 'recount'")
    op.execute(
        "UPDATE question SET purpose = NULL WHERE kind = 'text' AND purpose = 'segment' AND version_id IN (SELECT v.id FROM"
        " survey_version v JOIN survey s ON s.id = v.survey_id WHERE s.imported)"
    )
    _tally_again(segment=False)
    op.drop_table("period_rollup")
