"""Exports: the filtered list in its order and columns, as a file."""

from rencheng.foundation.web.lists.export.answer import FORMATS, export

__all__ = ["FORMATS", "export"]
