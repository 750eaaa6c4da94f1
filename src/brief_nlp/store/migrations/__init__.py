"""Alembic's environment and versions, run from inside the package."""
