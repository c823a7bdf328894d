"""Coordinates of three systems, hexagonal cells and polygons; order is always lon, lat."""
