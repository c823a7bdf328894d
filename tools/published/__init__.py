"""
What was checked against published results.

A card is a folder ``tests/published/<engine>/<card>`` with a ``card.toml`` and
tests. ``make published`` runs them, merges what they found into
``build/published.json`` and writes ``docs/checked.md``. A result stays until a
later run measures it again: a machine without the data takes nothing away.
"""
