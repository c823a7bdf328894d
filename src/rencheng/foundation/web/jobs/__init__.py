"""Pages of the jobs: what runs in the background, how far it is, how to stop it."""
