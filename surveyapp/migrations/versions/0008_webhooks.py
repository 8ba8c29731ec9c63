"""Webhooks: endpoints and deliveries."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    moment = types.UTCTime(timezone=True)
    op.create_table(
        "hook_endpoint",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("name", types.Words(80), nullable=False),
        sa.Column("url", types.Words(1000), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("words", sa.Boolean(), nullable=False),
        sa.Column("secret", types.Words(100), nullable=False),
        sa.Column("old_secret", types.Words(100), nullable=False),
        sa.Column("both_until", moment, nullable=True),
        sa.Column("paused_for", types.Words(12), nullable=False),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("removed_at", moment, nullable=True),
        sa.Column("created_by", types.Whole(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_hook_endpoint_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_endpoint")),
    )
    op.create_table(
        "hook_delivery",
        sa.Column("id", types.BigId(), nullable=False),
        sa.Column("endpoint_id", types.Whole(), nullable=False),
        sa.Column("message", types.Words(40), nullable=False),
        sa.Column("event", types.Words(40), nullable=False),
        sa.Column("thing", types.Words(40), nullable=False),
        sa.Column("thing_id", types.BigId(), nullable=False),
        sa.Column("state", types.Words(12), nullable=False),
        sa.Column("tries", types.Whole(), nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("status", types.Whole(), nullable=True),
        sa.Column("error", types.Words(400), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("handed_over_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["hook_endpoint.id"],
            name=op.f("fk_hook_delivery_endpoint_id_hook_endpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_delivery")),
        sa.UniqueConstraint("message", name=op.f("uq_hook_delivery_message")),
    )
    op.create_index("ix_hook_delivery_endpoint_id", "hook_delivery", ["endpoint_id"])
    op.create_index("ix_hook_delivery_state_next_at", "hook_delivery", ["state", "next_at"])
    op.create_index("ix_hook_delivery_event_thing_id", "hook_delivery", ["event", "thing_id"])


def downgrade() -> None:
    op.drop_table("hook_delivery")
    op.drop_table("hook_endpoint")
