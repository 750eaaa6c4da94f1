"""The tables and views of the store. `migrations/` brings a database to this state; a test compares the two."""

from brief_nlp.store.tables.annotations import briefs, claims, documents, entities, mentions, metadata
from brief_nlp.store.tables.keeping import attachments, changes, cursors, identity, ledger, paths, runs, verdicts
from brief_nlp.store.tables.views import VIEWS

__all__ = [
    "VIEWS",
    "attachments",
    "briefs",
    "changes",
    "claims",
    "cursors",
    "documents",
    "entities",
    "identity",
    "ledger",
    "mentions",
    "metadata",
    "paths",
    "runs",
    "verdicts",
]
