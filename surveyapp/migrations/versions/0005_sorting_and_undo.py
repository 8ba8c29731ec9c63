"""Sorting: when a mention was sorted, from which day the inbox begins, who has it open, and what can be taken back."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0005"
down_revision = "0004"
WAITING = sa.text("\"by\" IS NULL AND state = 'filed'")


def upgrade() -> None:
    op.add_column("organisation", sa.Column("sort_from", sa.Date(), nullable=True))
    op.add_column("mention", sa.Column("sorted_at", types.UTCTime(timezone=True), nullable=True))
    op.create_index("ix_mention_waiting", "mention", ["day"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_mention_sorted_at", "mention", ["sorted_at"])
    op.create_table(
        "undo",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("by", types.Whole(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("verb", types.Words(40), nullable=False),
        sa.Column("n", types.Whole(), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=True),
        sa.Column("comment_id", types.BigId, nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("undone_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_undo_by_person")),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvement.id"], name=op.f("fk_undo_improvement_id_improvement"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_undo_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo")),
    )
    op.create_index("ix_undo_by_id", "undo", ["by", "id"])
    op.create_index("ix_undo_comment_id", "undo", ["comment_id"])
    op.create_table(
        "inbox_visit",
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("since", types.UTCTime(timezone=True), nullable=True),
        sa.Column("seen_at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=True),
        sa.Column("open_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_inbox_visit_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_inbox_visit_improvement_id_improvement"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_inbox_visit")),
    )
    op.create_index("ix_inbox_visit_improvement_id", "inbox_visit", ["improvement_id"])
