"""Indicators: figures that show when they were valid and when they were known."""
