"""Making a new service: a furnished room that works before its owner changes a line."""
