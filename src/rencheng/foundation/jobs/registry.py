"""The kinds of jobs of this house. Assembly installs them once; nothing registers itself."""

from collections.abc import Iterable

from rencheng.foundation.jobs.spec import JobSpec
from rencheng.kernel.errors import ConflictError, InputError

_specs: dict[str, JobSpec] = {}


def install(specs: Iterable[JobSpec]) -> None:
    """Add kinds of jobs to the house; a name twice with different content is a `ConflictError`."""
    for spec in specs:
        if _specs.setdefault(spec.name, spec) != spec:
            raise ConflictError(f"job {spec.name} is declared twice, differently")


def spec_named(name: str) -> JobSpec:
    """Find a kind of job by name, or raise `InputError` that lists those there are."""
    try:
        return _specs[name]
    except KeyError:
        known = ", ".join(sorted(_specs)) or "none"
        raise InputError(f"job {name!r} is unknown; this house knows {known}") from None


def lease_of(name: str) -> float:
    """Give the lease of a kind of job in seconds; half a minute for kinds no longer installed."""
    spec = _specs.get(name)
    return 30.0 if spec is None else spec.lease_s


def all_specs() -> tuple[JobSpec, ...]:
    """List the kinds of jobs by name."""
    return tuple(_specs[name] for name in sorted(_specs))
