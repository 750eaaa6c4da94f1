"""Entities, dates, quantities, citations and attribution, by rules that are data."""
