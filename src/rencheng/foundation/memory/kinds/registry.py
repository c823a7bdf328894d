"""The kinds of this house. Assembly installs them once; nothing registers itself."""

from collections.abc import Iterable

from rencheng.foundation.memory.kinds.kind import Kind
from rencheng.kernel.errors import ConflictError, InputError

_kinds: dict[str, Kind] = {}


def install(kinds: Iterable[Kind]) -> None:
    """Add kinds to the house; a name twice with different shapes is a `ConflictError`."""
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) != kind:
            raise ConflictError(f"kind {kind.name} is declared twice, with different shapes")


def kind_named(name: str) -> Kind:
    """Find a kind by name, or raise `InputError`."""
    try:
        return _kinds[name]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise InputError(f"kind {name!r} is unknown; this house knows {known}") from None


def all_kinds() -> tuple[Kind, ...]:
    """List the kinds of the house by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))
