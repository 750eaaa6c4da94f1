"""Characters of a text put in the place of others."""

from __future__ import annotations

from collections.abc import Mapping


def replaced(text: str, by: Mapping[str, str]) -> str:
    """A text with some characters replaced: several times as fast as `translate`, which looks up each one."""
    for printed, plain in by.items():
        if printed in text:
            text = text.replace(printed, plain)
    return text
