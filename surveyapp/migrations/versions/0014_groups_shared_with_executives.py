"""One question's groups of customers can be shared with those who read no comments."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("organisation", sa.Column("shared_segment", types.Words(36)))


def downgrade() -> None:
    op.drop_column("organisation", "shared_segment")
