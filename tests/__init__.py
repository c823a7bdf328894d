"""The proofs of the house: see CONTRIBUTING.md for what lives in which folder."""
