"""Time and memory, beside systems of others run in turn with ours: see README.md in this folder."""
