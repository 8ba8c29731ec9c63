"""Tokens of the API."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    moment = types.UTCTime(timezone=True)
    op.create_table(
        "api_token",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("name", types.Words(80), nullable=False),
        sa.Column("hash", types.Words(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("last_used_at", moment, nullable=True),
        sa.Column("revoked_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_token_hash")),
    )
    op.create_index("ix_api_token_person_id", "api_token", ["person_id"])


def downgrade() -> None:
    op.drop_table("api_token")
