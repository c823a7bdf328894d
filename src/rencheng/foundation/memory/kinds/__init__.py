"""Kinds: what an observation may say, declared once."""

from rencheng.foundation.memory.kinds.kind import (
    Choice,
    Count,
    Field,
    Kind,
    Number,
    Purpose,
    Sensitivity,
    Text,
)
from rencheng.foundation.memory.kinds.registry import all_kinds, install, kind_named

__all__ = [
    "Choice",
    "Count",
    "Field",
    "Kind",
    "Number",
    "Purpose",
    "Sensitivity",
    "Text",
    "all_kinds",
    "install",
    "kind_named",
]
