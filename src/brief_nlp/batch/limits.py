"""What a worker's process may use."""

from __future__ import annotations

import sys
from pathlib import Path

MIB = 1 << 20


def limit_memory(megabytes: int) -> None:
    """Let this process have so much address space beyond what it has now; what asks for more gets a `MemoryError`.

    Only on Linux; other systems do not heed it.
    """
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    bound = pages * resource.getpagesize() + megabytes * MIB
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
