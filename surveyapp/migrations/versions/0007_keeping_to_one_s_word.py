"""Keeping to one's word: reminders, leave, linked work."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0007"
down_revision = "0006"


def _person(table: str, column: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"), **more)


def upgrade() -> None:
    op.add_column("organisation", sa.Column("owner_days", types.Whole(), nullable=False, server_default="14"))
    op.create_table(
        "reminder",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("about", types.Words(12), nullable=False),
        sa.Column("thing", types.Whole(), nullable=False),
        sa.Column("stage", types.Words(12), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        _person("reminder", "person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("about", "thing", "stage", "person_id", name=op.f("uq_reminder_about")),
    )
    op.create_table(
        "leave",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("stand_in_id", types.Whole(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        _person("leave", "person_id", ondelete="CASCADE"),
        _person("leave", "stand_in_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_person_id", "leave", ["person_id"])
    op.create_index("ix_leave_stand_in_id_until", "leave", ["stand_in_id", "until"])
    op.create_table(
        "work_link",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=False),
        sa.Column("url", types.Words(1000), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        _person("work_link", "by"),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_work_link_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_link")),
    )
    op.create_index("ix_work_link_improvement_id", "work_link", ["improvement_id"])


def downgrade() -> None:
    for table in ("work_link", "leave", "reminder"):
        op.drop_table(table)
    with op.batch_alter_table("organisation") as table:
        table.drop_column("owner_days")
