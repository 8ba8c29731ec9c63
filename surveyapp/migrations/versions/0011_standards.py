"""Standards: their versions, agreement, judged months, corrective actions."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0011"
down_revision = "0010"

TABLES = ("raise_put_away", "corrective_action", "judgement", "agreement", "standard_version", "standard")


def _to(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def _id() -> sa.Column:
    return sa.Column("id", types.Whole(), nullable=False)


def _whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, types.Whole(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, types.UTCTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _declared()
    _judged()


def _declared() -> None:
    op.create_table(
        "standard",
        _id(),
        _whole("service_id"),
        sa.Column("gauge", types.Words(12), nullable=False),
        _whole("measure_id", nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        _whole("retired_from", nullable=True),
        _whole("created_by", nullable=True),
        _moment("created_at"),
        _to("standard", "service_id", "service"),
        _to("standard", "measure_id", "measure"),
        _to("standard", "created_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
    )
    op.create_index("ix_standard_service_id", "standard", ["service_id"])
    op.create_table(
        "standard_version",
        _id(),
        _whole("standard_id"),
        _whole("number"),
        _whole("from_month"),
        sa.Column("sentence", types.Words(200), nullable=False),
        sa.Column("looks_like", types.Words(300), nullable=False),
        sa.Column("not_like", types.Words(300), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("at_most", sa.Boolean(), nullable=False),
        _whole("days", nullable=True),
        sa.Column("why", types.Words(400), nullable=False),
        _whole("by", nullable=True),
        _moment("at"),
        _moment("taken_back_at", nullable=True),
        _to("standard_version", "standard_id", "standard"),
        _to("standard_version", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_version")),
        sa.UniqueConstraint("standard_id", "number", name=op.f("uq_standard_version_standard_id")),
    )
    op.create_table(
        "agreement",
        _whole("version_id"),
        _whole("person_id"),
        _moment("at"),
        _to("agreement", "version_id", "standard_version"),
        _to("agreement", "person_id", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "person_id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_person_id", "agreement", ["person_id"])


def _judged() -> None:
    op.create_table(
        "judgement",
        _id(),
        _whole("standard_id"),
        _whole("version_id"),
        _whole("service_id"),
        _whole("month"),
        _whole("number"),
        sa.Column("verdict", types.Words(8), nullable=False),
        _whole("n"),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("value", "low", "high")),
        _moment("at"),
        _to("judgement", "standard_id", "standard"),
        _to("judgement", "version_id", "standard_version"),
        _to("judgement", "service_id", "service"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("standard_id", "service_id", "month", "number", name=op.f("uq_judgement_standard_id")),
    )
    op.create_index("ix_judgement_service_id_month", "judgement", ["service_id", "month"])
    op.create_table(
        "corrective_action",
        _id(),
        _whole("standard_id"),
        _whole("service_id"),
        _whole("month"),
        sa.Column("what", types.Words(600), nullable=False),
        _whole("owner_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        _whole("done_by", nullable=True),
        _whole("by", nullable=True),
        _moment("at"),
        _moment("taken_back_at", nullable=True),
        _to("corrective_action", "standard_id", "standard"),
        _to("corrective_action", "service_id", "service"),
        *(_to("corrective_action", name, "person") for name in ("owner_id", "done_by", "by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
    )
    op.create_index("ix_corrective_action_owner_id", "corrective_action", ["owner_id"])
    op.create_index("ix_corrective_action_standard_id_service_id", "corrective_action", ["standard_id", "service_id"])
    op.create_table(
        "raise_put_away",
        _id(),
        _whole("version_id"),
        _whole("month"),
        sa.Column("why", types.Words(400), nullable=False),
        _whole("by", nullable=True),
        _moment("at"),
        _moment("taken_back_at", nullable=True),
        _to("raise_put_away", "version_id", "standard_version"),
        _to("raise_put_away", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raise_put_away")),
    )
    op.create_index("ix_raise_put_away_version_id", "raise_put_away", ["version_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
