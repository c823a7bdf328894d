"""Set-up of a checkout with the standard library alone: nothing here may import a package."""
