"""An analysis that bytes can harm: what a bug would do to a worker, asked for by a comment in the PDF."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from brief_nlp.batch.worker import pipeline
from brief_nlp.schema import Brief
from brief_nlp.settings import Settings


def poisoned(settings: Settings, password: str | None) -> Callable[[bytes], Brief]:
    analyze = pipeline(settings, password)

    def analysis(data: bytes) -> Brief:
        if b"%hang" in data:
            time.sleep(600)
        if b"%kill" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"%eat" in data:
            return len([bytearray(1 << 26) for _ in range(1000)])
        return analyze(data)

    return analysis
