"""Dates, times, durations and sets: found by patterns that are data, resolved in the order of the text."""

from brief_nlp.tagging.dates.find import find_dates

__all__ = ["find_dates"]
