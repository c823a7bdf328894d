"""From what files say of places to the places of the house."""
