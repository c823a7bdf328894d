"""Rencheng 韧城: a city senses, understands, judges, acts and learns."""

__version__ = "0.1.0"
