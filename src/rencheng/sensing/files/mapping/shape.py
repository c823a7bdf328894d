"""Mappings to and from plain data and TOML, and their digest."""

import hashlib
import tomllib
from datetime import date
from typing import Any

import tomli_w
from pydantic import TypeAdapter, ValidationError

from rencheng.kernel.errors import InputError
from rencheng.sensing.files.mapping.spec import Mapping

# Another number than ours means a newer or older way of writing mappings.
SCHEMA = 1

_shape: TypeAdapter[Mapping] = TypeAdapter(Mapping)


def mapping_from(data: dict[str, Any]) -> Mapping:
    """
    Make a mapping of plain data (read from TOML or from a row).

    Raises
    ------
    InputError
        If a key is missing, unknown or of the wrong type; every such key is named.
    """
    given = dict(data)
    schema = given.pop("schema", SCHEMA)
    if schema != SCHEMA:
        raise InputError(f"schema is {schema!r}; this house reads mappings of schema {SCHEMA}")
    try:
        return _shape.validate_python(given)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(step) for step in one['loc']) or 'mapping'}: {one['msg']}"
            for one in error.errors(include_url=False)
        )
        raise InputError(f"mapping {given.get('name', '')!r} is not well formed: {wrong}") from None


def mapping_from_toml(text: str) -> Mapping:
    """
    Read a mapping from TOML.

    Raises
    ------
    InputError
        If the text is no TOML, or no mapping.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"mapping is not TOML: {error}") from error
    return mapping_from(data)


def as_data(mapping: Mapping) -> dict[str, Any]:
    """Give a mapping as plain data that JSON can hold; what has its usual value is left out."""
    data: dict[str, Any] = _shape.dump_python(mapping, exclude_defaults=True, mode="json")
    if mapping.steps:
        data["steps"] = [
            {"do": step.do, **said} for step, said in zip(mapping.steps, data["steps"], strict=True)
        ]
    return data


def as_toml(mapping: Mapping) -> str:
    """Write a mapping as TOML; reading it again gives an equal mapping."""
    data = as_data(mapping)
    for bound in ("earliest", "latest"):
        if bound in data["event"]:
            data["event"][bound] = date.fromisoformat(data["event"][bound])
    return tomli_w.dumps({"schema": SCHEMA, **data})


def digest(mapping: Mapping) -> str:
    """Digest a mapping (SHA-256, hex). Comments and layout of its TOML do not count."""
    return hashlib.sha256(as_toml(mapping).encode()).hexdigest()
