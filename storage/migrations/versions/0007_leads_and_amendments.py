"""The lead unit as a person confirmed it, what is doubtful about names and tasks, rows that an amendment took out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty: a lead that is doubted waits to be confirmed, whatever became of the row's target."""
    op.add_column("indicator", sa.Column("name_doubt", sa.Text(), nullable=True))
    op.add_column("indicator", sa.Column("confirmed_lead", Json, nullable=True))
    op.add_column("indicator", sa.Column("lead_confirmed_at", Moment(), nullable=True))
    op.add_column("indicator", sa.Column("withdrawn_from", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_indicator_withdrawn_from"), "indicator", ["withdrawn_from"], unique=False)
    op.add_column("task", sa.Column("checks", Json, nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("task", "checks")
    op.drop_index(op.f("ix_indicator_withdrawn_from"), table_name="indicator")
    for column in ("withdrawn_from", "lead_confirmed_at", "confirmed_lead", "name_doubt"):
        op.drop_column("indicator", column)
