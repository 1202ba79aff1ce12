"""Which indicator of the level above an indicator is the same as."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the program fills it for the plans that are there (``storage.links``)."""
    op.create_table(
        "indicator_link",
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("upper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lower_id"], ["indicator.id"], name=op.f("fk_indicator_link_lower_id_indicator")),
        sa.ForeignKeyConstraint(["upper_id"], ["indicator.id"], name=op.f("fk_indicator_link_upper_id_indicator")),
        sa.PrimaryKeyConstraint("lower_id", name=op.f("pk_indicator_link")),
    )
    op.create_index(op.f("ix_indicator_link_upper_id"), "indicator_link", ["upper_id"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("indicator_link")
