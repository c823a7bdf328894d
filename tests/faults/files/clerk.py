"""A process of its own that loads a file, to be killed: ``python -m tests.faults.files.clerk``."""

import sys

import django

django.setup()

from rencheng.sensing.files import api, loading  # noqa: E402 - Django must stand first

loading.ROWS_AT_ONCE = 250

if __name__ == "__main__":
    api.load(sys.argv[1], progress=lambda done, total: print(done, total, flush=True))
    print("done", flush=True)
