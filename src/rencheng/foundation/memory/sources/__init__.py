"""Who tells the city things, and kinds' names as small numbers."""
