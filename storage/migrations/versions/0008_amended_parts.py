"""Rules, results and money that an amendment set anew; a reminder's key says which deadline it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PERIOD = sa.table("period", sa.column("id", sa.Integer), sa.column("key", sa.String), sa.column("due", sa.Date))
_REMINDER = sa.table("reminder", sa.column("id", sa.Integer), sa.column("key", sa.String), sa.column("facts", Json))


def upgrade() -> None:
    """Add the columns, empty, and name the deadline in the keys of reminders, so that none is sent twice."""
    for table in ("result", "budget_line", "reporting_rule"):
        op.add_column(table, sa.Column("withdrawn_from", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_reporting_rule_withdrawn_from"), "reporting_rule", ["withdrawn_from"], unique=False)
    op.add_column("reporting_rule", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("reporting_rule", sa.Column("until", sa.Date(), nullable=True))
    _rename(dated=True)


def downgrade() -> None:
    """Drop them."""
    _rename(dated=False)
    op.drop_index(op.f("ix_reporting_rule_withdrawn_from"), table_name="reporting_rule")
    op.drop_column("reporting_rule", "until")
    op.drop_column("reporting_rule", "since")
    for table in ("result", "budget_line", "reporting_rule"):
        op.drop_column(table, "withdrawn_from")


def _rename(*, dated: bool) -> None:
    """From "period12/2026-Q2/unit1/..." to "period12/2026-Q2@20260626/unit1/...", and back."""
    connection = op.get_bind()
    for period in connection.execute(sa.select(_PERIOD)).all():
        bare, with_day = f"period{period.id}/{period.key}/", f"period{period.id}/{period.key}@{period.due:%Y%m%d}/"
        old, new = (bare, with_day) if dated else (with_day, bare)
        rows = connection.execute(sa.select(_REMINDER).where(_REMINDER.c.key.startswith(old, autoescape=True))).all()
        for row in rows:
            facts = dict(row.facts)
            facts.pop("due", None)
            if dated:
                facts["due"] = period.due.isoformat()
            renamed = new + row.key.removeprefix(old)
            connection.execute(_REMINDER.update().where(_REMINDER.c.id == row.id).values(key=renamed, facts=facts))
