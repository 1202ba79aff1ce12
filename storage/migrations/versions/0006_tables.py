"""What a plan's tables of results and of money say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Exact, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; a plan that was read before has no rows there until its file is read again."""
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(length=40), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("assessment", sa.String(length=20), nullable=True),
        sa.Column("goal", Json, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("lead", Json, nullable=False),
        sa.Column("checks", Json, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_result_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_result_plan_id_position")),
    )
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(length=40), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amounts", Json, nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("total", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("lead", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("checks", Json, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_budget_line_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_budget_line_plan_id_position")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("budget_line")
    op.drop_table("result")
