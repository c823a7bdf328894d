"""Who may do what, for which purpose."""
