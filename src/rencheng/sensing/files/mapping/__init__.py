"""Mappings as data: which column of a file says what of a kind. Needs neither Django nor a file."""
