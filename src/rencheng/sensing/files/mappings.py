"""The mappings of the house: shipped by services as TOML, or made by people, by version."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max

from rencheng.foundation import house
from rencheng.foundation.memory.clock import now
from rencheng.foundation.memory.kinds import kind_named
from rencheng.kernel.errors import ConflictError, DataError, InputError
from rencheng.sensing.files.checking import require_sound
from rencheng.sensing.files.mapping.shape import as_toml, digest, mapping_from_toml
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.models import MappingVersion


@dataclass(frozen=True, slots=True)
class Known:
    """A mapping with its version; ``shipped`` ones come with a service and cannot be edited."""

    mapping: Mapping
    version: int
    digest: str
    shipped: bool


def all_known() -> dict[str, Known]:
    """Give the latest version of every mapping by name, shipped ones included."""
    known = {
        row.name: Known(mapping_from_toml(row.body), row.version, row.digest, shipped=False)
        for row in _latest().values()
        if not row.shipped
    }
    for name, mapping in shipped().items():
        known[name] = Known(mapping, _version_of(mapping), digest(mapping), shipped=True)
    return dict(sorted(known.items()))


def named(name: str) -> Known:
    """Find a mapping by name, or raise `InputError` that lists those there are."""
    known = all_known()
    if name not in known:
        names = ", ".join(known) or "none"
        raise InputError(f"mapping {name!r} is unknown; this house knows {names}")
    return known[name]


def record(mapping: Mapping, *, made_by: int | None = None, ship: bool = False) -> Known:
    """
    Store a version of a mapping, unless the latest version is the same already.

    Raises
    ------
    InputError
        If the mapping is not sound (see `checking.require_sound`).
    ConflictError
        If its name belongs to a shipped mapping, or its source to another mapping with other
        words about that source.
    """
    require_sound(mapping, kind_named(mapping.kind))
    if not ship:
        _require_own(mapping)
    own = digest(mapping)
    try:
        version = _version(mapping, own, made_by=made_by, ship=ship)
    except IntegrityError:
        # Somebody stored a version at this very moment; ours comes after it, or is the same.
        version = _version(mapping, own, made_by=made_by, ship=ship)
    return Known(mapping, version, own, shipped=ship)


def _version(mapping: Mapping, own: str, *, made_by: int | None, ship: bool) -> int:
    with transaction.atomic():
        latest = MappingVersion.objects.filter(name=mapping.name).order_by("-version").first()
        if latest is None or latest.digest != own:
            latest = MappingVersion.objects.create(
                name=mapping.name,
                version=latest.version + 1 if latest else 1,
                body=as_toml(mapping),
                digest=own,
                shipped=ship,
                made_at=now(),
                made_by_id=made_by,
            )
    return latest.version


def recorded(known: Known) -> Known:
    """Make sure that a version a load is about to use is stored; shipped ones are at first use."""
    return record(known.mapping, ship=True) if known.shipped else known


def versions(name: str) -> list[MappingVersion]:
    """List the stored versions of a mapping, the latest first."""
    return list(MappingVersion.objects.filter(name=name).order_by("-version"))


def shipped() -> MappingOf[str, Mapping]:
    """
    Read the mappings that services ship.

    Raises
    ------
    DataError
        If a file is no sound mapping, or two have the same name.
    """
    found: dict[str, Mapping] = {}
    for service in house.services():
        folder = service.mappings
        for path in sorted(folder.glob("*.toml")) if folder is not None else ():
            mapping = _read(path, path.stat().st_mtime_ns)
            if mapping.name in found:
                raise DataError(f"mapping {mapping.name} is shipped twice; see {path.name}")
            found[mapping.name] = mapping
    return found


@lru_cache(maxsize=200)
def _read(path: Path, _changed: int) -> Mapping:
    try:
        mapping = mapping_from_toml(path.read_text(encoding="utf-8"))
        require_sound(mapping, kind_named(mapping.kind))
    except InputError as error:
        raise DataError(f"{path.name}: {error}") from error
    return mapping


def _latest() -> dict[str, MappingVersion]:
    newest = MappingVersion.objects.values("name").annotate(newest=Max("version"))
    wanted = {(row["name"], row["newest"]) for row in newest}
    rows = MappingVersion.objects.filter(name__in=[name for name, _ in wanted])
    return {row.name: row for row in rows if (row.name, row.version) in wanted}


def _version_of(mapping: Mapping) -> int:
    """Give the version that a shipped mapping has, or will have once it is used."""
    latest = MappingVersion.objects.filter(name=mapping.name).order_by("-version").first()
    if latest is None:
        return 1
    return latest.version if latest.digest == digest(mapping) else latest.version + 1


def _require_own(mapping: Mapping) -> None:
    if mapping.name in shipped():
        raise ConflictError(
            f"mapping {mapping.name} comes with the house; save your copy under another name"
        )
    for name, known in all_known().items():
        other = known.mapping.source
        if name != mapping.name and other.name == mapping.source.name and other != mapping.source:
            raise ConflictError(
                f"source {other.name} is described otherwise by mapping {name}; use the same "
                "words, or another source"
            )
