"""Files of places to places: mappings are data (TOML beside this file), the door is `loading`."""
