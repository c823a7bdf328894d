"""What a service hands to the house: one frozen object, nothing registered at import."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rencheng.foundation.jobs.spec import JobSpec
from rencheng.foundation.memory.catalogue.data_set import DataSet
from rencheng.foundation.memory.indicators.api import Spec
from rencheng.foundation.memory.kinds import Kind
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

Audience = Literal["everyone", "staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A link of the main menu: the name of a URL, its label, and who sees it."""

    url_name: str
    title: Words
    audience: Audience = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """
    A service of the house.

    Parameters
    ----------
    name
        Folder and URL name of the service, such as ``monitor``.
    title
        What people call it.
    kinds, indicators, data_sets
        What it may be told, what it computes, what it adds to the catalogue (every kind is in the
        catalogue by itself).
    pages
        Dotted module with ``urlpatterns``, mounted at ``/<prefix>/`` under the name space ``name``.
    routes
        Dotted path ``module:router`` of a ninja router, mounted at ``/api/<name>``.
    jobs
        Kinds of work it does in the background (`foundation.jobs.api.start` starts one).
    mappings
        Folder with mappings of files to kinds (TOML).
    menu
        Links in the main menu.
    front
        Dotted path ``module:function`` of a function from a request to the HTML with which the
        service stands on the first page (what is wrong, where, since when), "" for nothing.
    layers
        Names of indicators of places that the monitor's map and charts may show, in that order.
    """

    name: str
    title: Words
    kinds: tuple[Kind, ...] = ()
    indicators: tuple[Spec, ...] = ()
    data_sets: tuple[DataSet, ...] = ()
    pages: str | None = None
    prefix: str | None = None
    routes: str | None = None
    jobs: tuple[JobSpec, ...] = ()
    mappings: Path | None = None
    menu: tuple[MenuItem, ...] = ()
    front: str | None = None
    layers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name != self.name.lower():
            raise InputError(f"service name {self.name!r} should be a lower-case identifier")
