"""What is asked again is found among a million mentions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index(
        "ix_mention_asked_again",
        "mention",
        ["improvement_id", "state", "service_id", "day"],
        sqlite_where=sa.text("asked_again = 1"),
        postgresql_where=sa.text("asked_again"),
    )


def downgrade() -> None:
    op.drop_index("ix_mention_asked_again", "mention")
