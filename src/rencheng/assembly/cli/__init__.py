"""The command line: ``rencheng``. Commands load what they need when they are called, not before."""

from rencheng.assembly.cli.entry import main

__all__ = ["main"]
