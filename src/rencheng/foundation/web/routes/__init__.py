"""The house's own part of the JSON API: catalogue, places, sources, ledger, indicators."""

from rencheng.foundation.web.routes import catalogue, indicators, ledger, places, sources

# Prefix below /api and router, mounted by assembly.
ROUTERS = (
    ("/catalogue", catalogue.router),
    ("/places", places.router),
    ("/sources", sources.router),
    ("/ledger", ledger.router),
    ("", indicators.router),
)

__all__ = ["ROUTERS"]
