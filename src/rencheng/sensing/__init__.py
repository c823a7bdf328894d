"""How the city speaks to us: readers, files, gateways."""
