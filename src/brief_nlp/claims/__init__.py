"""Sentences that claim something: label, reasons, source, evidence."""
