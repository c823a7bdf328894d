"""The catalogue: every data set, its owner, lineage and quality."""
