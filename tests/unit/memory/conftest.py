"""The memory's own small kind, source and indicators."""

from tests.fixtures.memory import indicators, source

__all__ = ["indicators", "source"]
