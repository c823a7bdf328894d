"""
Flags: what in a board of figures asks for a second look before anybody trusts it.

Each rule is small, says what it looks at and what it does not prove, and gives flags with level,
days, evidence and a sentence in both languages. A rule never changes a figure.
"""

from rencheng.engines.epidemic.quality.changes import FallRule, JumpRule, falls, jumps, revisions
from rencheng.engines.epidemic.quality.flag import Flag, Level, Panel, Steps
from rencheng.engines.epidemic.quality.parts import PartsRule, parts_and_whole
from rencheng.engines.epidemic.quality.reporting import (
    ReportingRule,
    missing_days,
    outdated,
    sources_disagree,
)
from rencheng.engines.epidemic.quality.sense import contradictions

__all__ = [
    "FallRule",
    "Flag",
    "JumpRule",
    "Level",
    "Panel",
    "PartsRule",
    "ReportingRule",
    "Steps",
    "contradictions",
    "falls",
    "jumps",
    "missing_days",
    "outdated",
    "parts_and_whole",
    "revisions",
    "sources_disagree",
]
