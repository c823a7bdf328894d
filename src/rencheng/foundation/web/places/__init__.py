"""Pages of the places: search, the tree, one place."""
