"""``python -m rencheng`` is the command line."""

from rencheng.assembly.cli import main

main()
