"""The journal: what others said, append only."""
