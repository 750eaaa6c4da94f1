"""brief-nlp: structured, footnoted claims from research briefs on North Korea.

    import brief_nlp
    brief = brief_nlp.analyze("brief.pdf")
    brief.to_frames()["claims"]

The names below are imported on first use, so that `import brief_nlp` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brief_nlp.analysis import analyze
    from brief_nlp.schema import Brief
    from brief_nlp.tagging.pipeline import load

__version__ = "0.1.0"
__all__ = ["Brief", "__version__", "analyze", "load"]

_HOMES = {
    "Brief": "brief_nlp.schema",
    "analyze": "brief_nlp.analysis",
    "load": "brief_nlp.tagging.pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
