"""One folder per service; each a vertical slice behind its api."""
