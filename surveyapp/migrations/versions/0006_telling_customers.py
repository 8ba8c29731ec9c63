"""Telling customers: replies, verdicts, letters told of once, who wants none, and what is said in public."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0006"
down_revision = "0005"

TOLD = ("verdict", "unsubscribed", "you_said", "notice", "reply")


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.add_column("response", sa.Column("read_at", types.UTCTime(timezone=True), nullable=True))
    op.add_column("comment", sa.Column("may_quote", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("letter", sa.Column("unsubscribe", types.Words(400), nullable=False, server_default=""))
    _replies()
    _notices()
    _you_said()


def _replies() -> None:
    op.create_table(
        "reply",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("response_id", types.BigId, nullable=False),
        sa.Column("number", types.Whole(), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("text", types.Words(1000), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        _to("reply", "response_id", "response", "CASCADE"),
        _to("reply", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_reply_response_id")),
    )
    op.create_table(
        "verdict",
        sa.Column("response_id", types.BigId, nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=False),
        sa.Column("says", types.Words(8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _to("verdict", "response_id", "response", "CASCADE"),
        _to("verdict", "improvement_id", "improvement"),
        sa.PrimaryKeyConstraint("response_id", "improvement_id", name=op.f("pk_verdict")),
    )


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=False),
        sa.Column("state", types.Words(12), nullable=False),
        sa.Column("person", types.Words(64), nullable=False),
        sa.Column("response_id", types.BigId, nullable=True),
        sa.Column("letter_id", types.Whole(), nullable=True),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        _to("notice", "improvement_id", "improvement"),
        _to("notice", "response_id", "response", "SET NULL"),
        _to("notice", "letter_id", "letter", "SET NULL"),
        _to("notice", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("improvement_id", "state", "person", name=op.f("uq_notice_improvement_id")),
    )
    for column in ("person", "response_id", "letter_id"):
        op.create_index(f"ix_notice_{column}", "notice", [column])
    op.create_table(
        "unsubscribed",
        sa.Column("person", types.Words(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_unsubscribed")),
    )


def _you_said() -> None:
    op.create_table(
        "you_said",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=False),
        sa.Column("said", types.Words(300), nullable=False),
        sa.Column("did", types.Words(600), nullable=False),
        sa.Column("quoted_id", types.BigId, nullable=True),
        sa.Column("state", types.Words(12), nullable=False),
        sa.Column("written_by", types.Whole(), nullable=True),
        sa.Column("written_at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("decided_by", types.Whole(), nullable=True),
        sa.Column("decided_at", types.UTCTime(timezone=True), nullable=True),
        _to("you_said", "improvement_id", "improvement"),
        _to("you_said", "quoted_id", "mention", "SET NULL"),
        _to("you_said", "written_by", "person"),
        _to("you_said", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_you_said")),
        sa.UniqueConstraint("improvement_id", name=op.f("uq_you_said_improvement_id")),
    )
    op.create_index("ix_you_said_quoted_id", "you_said", ["quoted_id"])


def downgrade() -> None:
    for table in TOLD:
        op.drop_table(table)
    for table, column in (("letter", "unsubscribe"), ("comment", "may_quote"), ("response", "read_at")):
        op.drop_column(table, column)
