"""The journal's door for others."""

from rencheng.foundation.memory.journal.append import append
from rencheng.foundation.memory.journal.reading import of_entry, of_kind, said_twice
from rencheng.foundation.memory.journal.statement import Receipt, Refusal, Statement

__all__ = ["Receipt", "Refusal", "Statement", "append", "of_entry", "of_kind", "said_twice"]
