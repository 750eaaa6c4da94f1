"""How far a run has come while it runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "runs", sa.Column("total", sa.Integer(), comment="documents that there are to do; null: not counted yet")
    )
    op.add_column("runs", sa.Column("seen_at", sa.DateTime(timezone=True), comment="last sign of life"))


def downgrade() -> None:
    op.drop_column("runs", "seen_at")
    op.drop_column("runs", "total")
