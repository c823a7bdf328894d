"""
The JSON API as it is promised: ``tests/house/openapi.json``.

Others build on the API, so a change to it is shown in review, never found out
by them. ``make snapshot`` accepts the API as it is now.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "house" / "openapi.json"


def promised_api() -> str:
    """Give the OpenAPI description of the house as stable JSON text; needs Django set up."""
    from rencheng.assembly.api import api

    return as_text(api.get_openapi_schema(path_prefix="/api/"))


def as_text(schema: Mapping[str, Any]) -> str:
    """Write a schema so that equal schemas are equal texts and a change is a few lines."""
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main() -> int:
    """Write the snapshot."""
    import django

    with tempfile.TemporaryDirectory(prefix="rencheng-snapshot-") as home:
        # Describing the API must not make a house in the checkout.
        os.environ["RENCHENG_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "rencheng.assembly.settings"
        django.setup()
        text = promised_api()
    changed = not SNAPSHOT.exists() or SNAPSHOT.read_text(encoding="utf-8") != text
    SNAPSHOT.write_text(text, encoding="utf-8")
    print(f"{SNAPSHOT.relative_to(ROOT)}: {'changed' if changed else 'as before'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
