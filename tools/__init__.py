"""The workshop: set-up, locks, message catalogues and generated documents."""
