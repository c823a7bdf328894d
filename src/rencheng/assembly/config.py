"""What the surroundings say: the only file that reads environment variables."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rencheng.kernel.errors import InputError


def home() -> Path:
    """
    Give the folder that holds the database, keys and uploads.

    ``RENCHENG_HOME`` if set; else ``var`` of the checkout we stand in; else a folder of the user.
    """
    named = os.environ.get("RENCHENG_HOME")
    if named:
        return Path(named).expanduser().resolve()
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "src" / "rencheng" / "assembly").is_dir():
            return folder / "var"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "rencheng"


def secret_key(folder: Path) -> str:
    """Read the signing key from the home folder, making one (readable by us alone) at first use."""
    named = os.environ.get("RENCHENG_SECRET_KEY")
    if named:
        return named
    path = folder / "keys" / "signing.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """
    Describe the database for Django: SQLite in the home folder, or PostgreSQL by address.

    ``RENCHENG_DATABASE_URL`` looks like ``postgresql://user:password@host:port/name``.
    """
    address = os.environ.get("RENCHENG_DATABASE_URL", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "rencheng.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise InputError(
            f"RENCHENG_DATABASE_URL begins with {parts.scheme!r}; it should begin with postgresql://"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


def hosts() -> list[str]:
    """List the host names this house answers to (``RENCHENG_HOSTS``, commas between them)."""
    named = os.environ.get("RENCHENG_HOSTS", "")
    return [name.strip() for name in named.split(",") if name.strip()] or ["localhost", "127.0.0.1"]


def behind_tls() -> bool:
    """Tell whether the house is served over HTTPS (``RENCHENG_TLS=1``), for cookies and HSTS."""
    return os.environ.get("RENCHENG_TLS", "") == "1"
