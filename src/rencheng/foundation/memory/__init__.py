"""What the city was told, what it decided, and what follows from it."""
