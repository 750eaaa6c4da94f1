"""The body of a brief is logged apart: it is compressed already."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "changes",
        sa.Column(
            "brief", sa.LargeBinary(), comment="the body in `briefs`, where it is among the rows; null: it is in `body`"
        ),
    )


def downgrade() -> None:
    op.drop_column("changes", "brief")
