"""The web process: granian over Django, pages and static files."""

import signal
from collections.abc import Callable
from typing import Any

from rencheng.assembly.processes import lifeline

# More threads only wait for each other: Python computes in one, SQLite writes in one.
THREADS = 4
STOP_S = 5


def serve(host: str, port: int, processes: int, lifeline_end: int) -> None:
    """
    Serve the pages until SIGTERM.

    Parameters
    ----------
    host, port
        Where to listen.
    processes
        How many processes answer; one that crashes is replaced.
    lifeline_end
        Our end of the parent's lifeline.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    lifeline.follow(lifeline_end)
    server = Server(
        "rencheng.assembly.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        # A thread that ends takes its database connection and its caches with it.
        blocking_threads_idle_timeout=600,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.warning,
    )

    def load(_target: str) -> Callable[..., Any]:
        """Load the application in a serving process, which has no lifeline thread yet."""
        lifeline.follow(lifeline_end)
        # Forked with the handlers of the parent; while it loads, the default one stops it at once.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        from rencheng.assembly.wsgi import application

        return application

    server.serve(target_loader=load)
