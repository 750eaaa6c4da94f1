"""The first schema."""

from alembic import op

from brief_nlp.store.tables import VIEWS, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables and views of the first release."""
    metadata.create_all(op.get_bind())
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
