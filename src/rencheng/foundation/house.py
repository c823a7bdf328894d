"""The services of this house, as assembly installed them."""

from collections.abc import Iterable

from rencheng.foundation.jobs import registry as jobs
from rencheng.foundation.jobs.own import OWN
from rencheng.foundation.memory import kinds
from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.indicators import api as indicators
from rencheng.foundation.service import Service
from rencheng.kernel.errors import ConflictError, InputError

_services: dict[str, Service] = {}


def install(services: Iterable[Service]) -> None:
    """Install services: their kinds and indicators become known to the memory, their jobs too."""
    jobs.install(OWN)
    for service in services:
        if _services.setdefault(service.name, service) != service:
            raise ConflictError(f"service {service.name} is installed twice")
        kinds.install(service.kinds)
        indicators.install(service.indicators)
        jobs.install(service.jobs)
        catalogue.install(
            catalogue.Belonging(service.name, service.title),
            kinds=[kind.name for kind in service.kinds],
            indicators=[spec.name for spec in service.indicators],
            data_sets=service.data_sets,
        )


def services() -> tuple[Service, ...]:
    """List the installed services in the order of the menu."""
    return tuple(_services.values())


def service_named(name: str) -> Service:
    """Find an installed service, or raise `InputError`."""
    try:
        return _services[name]
    except KeyError:
        known = ", ".join(_services) or "none"
        raise InputError(f"service {name!r} is not installed; this house has {known}") from None
