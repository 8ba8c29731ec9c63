"""Sentences drawn to be checked."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "quality_check",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("month", types.Whole(), nullable=False),
        sa.Column("place", types.Whole(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("start", types.Whole(), nullable=False),
        sa.Column("end", types.Whole(), nullable=False),
        sa.Column("said", types.Words(12), nullable=False),
        sa.Column("analyser", types.Words(60), nullable=False),
        sa.Column("verdict", types.Words(5), nullable=True),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("drawn_at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("answered_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_quality_check_by_person")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_quality_check_comment_id_comment"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_check")),
        sa.UniqueConstraint("month", "place", name=op.f("uq_quality_check_month")),
    )
    op.create_index("ix_quality_check_comment_id", "quality_check", ["comment_id"])


def downgrade() -> None:
    op.drop_table("quality_check")
