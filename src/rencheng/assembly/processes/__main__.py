"""Entry of a child process; people use `rencheng run`."""

import argparse
import os


def main() -> None:
    """Become the process that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rencheng.assembly.settings")
    parser = argparse.ArgumentParser(prog="rencheng.assembly.processes")
    parser.add_argument("part", choices=["web", "worker"])
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    if given.part == "web":
        from rencheng.assembly.processes.web import serve

        serve(given.host, given.port, given.processes, given.lifeline)
    else:
        from rencheng.assembly.processes.worker import work

        work(given.lifeline)


if __name__ == "__main__":
    main()
