"""What the page of trends keeps."""

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "measure",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("name", types.Words(80), nullable=False),
        sa.Column("unit", types.Words(20), nullable=False),
        sa.Column("better", types.Words(8), nullable=False),
        sa.Column("adds", sa.Boolean(), nullable=False),
        sa.Column("explains", sa.Boolean(), nullable=False),
        sa.Column("standard", sa.BigInteger(), nullable=True),
        sa.Column("created_at", types.UTCTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("name", name=op.f("uq_measure_name")),
    )
    op.create_table(
        "closed_figure",
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("month", types.Whole(), nullable=False),
        sa.Column("figure", types.Words(100), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_closed_figure_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "month", "figure", name=op.f("pk_closed_figure")),
    )
    op.create_table(
        "computed",
        sa.Column("name", types.Words(20), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("span", types.Whole(), nullable=False),
        sa.Column("basis", types.Words(64), nullable=False),
        sa.Column("version", types.Whole(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_computed_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", "service_id", "span", name=op.f("pk_computed")),
    )
    op.create_table(
        "enquiry",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("chart", types.Words(40), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("question", types.Words(2000), nullable=False),
        sa.Column("by", types.Whole(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.Column("answer", types.Words(4000), nullable=False),
        sa.Column("answered_by", types.Whole(), nullable=True),
        sa.Column("answered_at", types.UTCTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_enquiry_answered_by_person")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_enquiry_by_person")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_enquiry_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index("ix_enquiry_service_id_chart", ["service_id", "chart"], unique=False)

    op.create_table(
        "late_change",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("month", types.Whole(), nullable=False),
        sa.Column("figure", types.Words(100), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("why", types.Words(400), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_late_change_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_change")),
    )
    with op.batch_alter_table("late_change", schema=None) as batch_op:
        batch_op.create_index("ix_late_change_service_id_month", ["service_id", "month"], unique=False)

    op.create_table(
        "monthly_figure",
        sa.Column("measure_id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("month", types.Whole(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("by", types.Whole(), nullable=True),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_monthly_figure_by_person")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_monthly_figure_measure_id_measure"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_monthly_figure_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("measure_id", "service_id", "month", name=op.f("pk_monthly_figure")),
    )
    op.create_table(
        "signal",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("series", types.Words(40), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("direction", types.Words(4), nullable=False),
        sa.Column("observed", types.Whole(), nullable=False),
        sa.Column("expected", types.Whole(), nullable=False),
        sa.Column("comments", types.Whole(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_signal_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint("service_id", "series", "week", name=op.f("uq_signal_service_id_series_week")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", types.Whole(), nullable=False),
        sa.Column("person_id", types.Whole(), nullable=False),
        sa.Column("service_id", types.Whole(), nullable=False),
        sa.Column("span", types.Whole(), nullable=False),
        sa.Column("sent_month", types.Whole(), nullable=False),
        sa.Column("at", types.UTCTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_subscription_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_subscription_service_id_service"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("person_id", "service_id", name=op.f("uq_subscription_person_id_service_id")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscription_service_id"), ["service_id"], unique=False)


def downgrade() -> None:
    for table in (
        "subscription", "signal", "monthly_figure", "late_change", "enquiry", "computed", "closed_figure", "measure",
    ):  # fmt: skip
        op.drop_table(table)
