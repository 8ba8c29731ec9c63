"""Winning customers back, and telling everyone."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "gesture",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("name", types.Words(120), nullable=False),
        sa.Column("most", types.Whole(), nullable=False),
        sa.Column("times", types.Whole(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gesture")),
        sa.UniqueConstraint("name", name=op.f("uq_gesture_name")),
    )
    op.create_table(
        "digest",
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("letter_id", types.Whole(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_digest_letter_id_letter"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_digest_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_digest")),
    )
    op.create_table(
        "digest_wish",
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_digest_wish_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_wish")),
    )
    op.create_table(
        "recovery_rule",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("worst_points", sa.JSON(), nullable=False),
        sa.Column("complaints", sa.Boolean(), nullable=False),
        sa.Column("without_contact", sa.Boolean(), nullable=False),
        sa.Column("recent_days", types.Whole(), nullable=False),
        sa.Column("answer_hours", types.Whole(), nullable=False),
        sa.Column("urgent_hours", types.Whole(), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("currency", types.Words(8), nullable=False),
        sa.Column("urgent_to_id", types.Whole(), nullable=True),
        sa.ForeignKeyConstraint(["urgent_to_id"], ["person.id"], name=op.f("fk_recovery_rule_urgent_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_rule")),
    )
    op.create_table(
        "urgent_contact",
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_urgent_contact_person_id_person")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_urgent_contact_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_urgent_contact")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("response_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cause", types.Words(20), nullable=False),
        sa.Column("channel", types.Words(12), nullable=False),
        sa.Column("state", types.Words(12), nullable=False),
        sa.Column("owner_id", types.Whole(), nullable=True),
        sa.Column("opened_at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("due_at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("verdict", types.Words(12), nullable=True),
        sa.Column("verdict_by", types.Whole(), nullable=True),
        sa.Column("verdict_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("outcome", types.Words(20), nullable=True),
        sa.Column("closing", types.Words(1000), nullable=False),
        sa.Column("closed_by", types.Whole(), nullable=True),
        sa.Column("closed_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("urgent", sa.JSON(), nullable=False),
        sa.Column("urgent_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("told_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", types.Whole(), nullable=True),
        sa.Column("acknowledged_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("acknowledgement", types.Words(1000), nullable=False),
        sa.Column("released_by", types.Whole(), nullable=True),
        sa.Column("released_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("erased_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("erasure_told_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("version", types.Whole(), nullable=False),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["person.id"], name=op.f("fk_follow_up_acknowledged_by_person")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_follow_up_closed_by_person")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_follow_up_owner_id_person")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_follow_up_released_by_person")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_follow_up_response_id_response"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_follow_up_service_id_service")),
        sa.ForeignKeyConstraint(["verdict_by"], ["person.id"], name=op.f("fk_follow_up_verdict_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("response_id", name=op.f("uq_follow_up_response_id")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_service_id"), ["service_id"], unique=False)
        batch_op.create_index("ix_follow_up_state_due_at", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_urgent_at"), ["urgent_at"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("follow_up_id", types.Whole(), nullable=False),
        sa.Column("how", types.Words(12), nullable=False),
        sa.Column("result", types.Words(20), nullable=False),
        sa.Column("note", types.Words(1000), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_attempt_by_person")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_attempt_follow_up_id_follow_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_follow_up_id"), ["follow_up_id"], unique=False)

    op.create_table(
        "given",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("follow_up_id", types.Whole(), nullable=False),
        sa.Column("gesture_id", types.Whole(), nullable=False),
        sa.Column("cost", types.Whole(), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_given_by_person")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_given_follow_up_id_follow_up"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["gesture_id"], ["gesture.id"], name=op.f("fk_given_gesture_id_gesture")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given")),
    )
    with op.batch_alter_table("given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_follow_up_id"), ["follow_up_id"], unique=False)

    op.create_table(
        "letter_quote",
        sa.Column("letter_id", types.Whole(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quote", types.Words(2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_letter_quote_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_quote_letter_id_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "comment_id", name=op.f("pk_letter_quote")),
    )
    op.create_index("ix_letter_quote_comment_id", "letter_quote", ["comment_id"])
    op.create_table(
        "recognition",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", types.Whole(), nullable=False),
        sa.Column("end", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", types.Words(12), nullable=False),
        sa.Column("name", types.Words(120), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=True),
        sa.Column("decided_by", types.Whole(), nullable=True),
        sa.Column("decided_at", types.UTCTime(timezone=True), nullable=True),
        sa.Column("passed_on_by", types.Whole(), nullable=True),
        sa.Column("passed_on_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_recognition_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_recognition_decided_by_person")),
        sa.ForeignKeyConstraint(["passed_on_by"], ["person.id"], name=op.f("fk_recognition_passed_on_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recognition_person_id_person")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_recognition_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint("comment_id", "start", "end", name=op.f("uq_recognition_comment_id_start_end")),
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognition_service_id"), ["service_id"], unique=False)
        batch_op.create_index("ix_recognition_state_day", ["state", "day"], unique=False)

    op.create_table(
        "helped_news",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("improvement_id", types.Whole(), nullable=False),
        sa.Column("in_effect_since", sa.Date(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_helped_news_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helped_news")),
        sa.UniqueConstraint(
            "improvement_id", "in_effect_since", name=op.f("uq_helped_news_improvement_id_in_effect_since")
        ),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_when", types.Words(400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("in_emergency", types.Words(400), nullable=False, server_default=""))
