"""How urgent a message is, so that a reminder that waits for another try holds back no answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is queued already is sorted by the same rule as what comes."""
    op.add_column("outbox", sa.Column("urgency", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.execute("UPDATE outbox SET urgency = 2 WHERE key LIKE 'reminder %'")
    op.execute("UPDATE outbox SET urgency = 0 WHERE in_reply_to IS NOT NULL")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("outbox", "urgency")
