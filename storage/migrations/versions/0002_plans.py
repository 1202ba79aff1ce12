"""Plans with their indicators, tasks and reporting rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Exact, Json, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("head", Json, nullable=False),
        sa.Column("units", Json, nullable=False),
        sa.Column("damaged", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("read_at", Moment(), nullable=False),
        sa.Column("adopted_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_plan_authority_id_authority")),
        sa.ForeignKeyConstraint(["series_id"], ["plan.id"], name=op.f("fk_plan_series_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("authority_id", "content_hash", name=op.f("uq_plan_authority_id_content_hash")),
    )
    op.create_index(op.f("ix_plan_series_id"), "plan", ["series_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(length=40), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("operator", sa.String(length=2), nullable=True),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target_text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("lead", Json, nullable=False),
        sa.Column("coop", Json, nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("checks", Json, nullable=False),
        sa.Column("repairs", Json, nullable=False),
        sa.Column("same_as", sa.Integer(), nullable=True),
        sa.Column("confirmed_operator", sa.String(length=2), nullable=True),
        sa.Column("confirmed_value", Exact(), nullable=True),
        sa.Column("confirmed_measure", sa.String(length=200), nullable=True),
        sa.Column("confirmed_kind", sa.String(length=20), nullable=True),
        sa.Column("confirmed_text", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_indicator_confirmed_by_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_indicator_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_indicator_plan_id_position")),
    )
    op.create_index(op.f("ix_indicator_key"), "indicator", ["key"], unique=False)
    op.create_table(
        "plan_file",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("chunks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_file_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_file")),
    )
    op.create_table(
        "reporting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("frequency", sa.String(length=20), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("due", Json, nullable=True),
        sa.Column("reporters", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("chosen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_reporting_rule_chosen_by_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reporting_rule_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_rule")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_reporting_rule_plan_id_position")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("lead", Json, nullable=False),
        sa.Column("coop", Json, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_task_plan_id_position")),
    )
    op.create_table(
        "indicator_unit",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_unit_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("indicator_id", "unit_id", name=op.f("pk_indicator_unit")),
    )
    op.create_index(op.f("ix_indicator_unit_unit_id"), "indicator_unit", ["unit_id"], unique=False)


def downgrade() -> None:
    """Drop them, and all that is in them."""
    op.drop_table("indicator_unit")
    op.drop_table("task")
    op.drop_table("reporting_rule")
    op.drop_table("plan_file")
    op.drop_table("indicator")
    op.drop_table("plan")
