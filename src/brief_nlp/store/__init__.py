"""Rows that last: database, files, verdicts."""
