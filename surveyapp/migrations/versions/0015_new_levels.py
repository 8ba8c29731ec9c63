"""New levels of a line of ratings, set by hand or proposed."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "new_level",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("purpose", types.Words(36), nullable=False),
        sa.Column("segment", types.Words(120), nullable=False),
        sa.Column("month", types.Whole(), nullable=False),
        sa.Column("reason", types.Words(300), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_new_level_service_id_service"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_new_level_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_level")),
    )
    op.create_index("ix_new_level_service_id_purpose", "new_level", ["service_id", "purpose"])


def downgrade() -> None:
    op.drop_table("new_level")
