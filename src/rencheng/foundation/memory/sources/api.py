"""Finding and declaring sources."""

from dataclasses import dataclass

from rencheng.foundation.memory.sources.models import KindName, Source
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """
    A source as declared by a connector.

    ``trusted`` sources may date their statements with ``published_at``; where two sources give
    the same figure the lower ``rank`` is believed.
    """

    name: str
    title: Words
    origin: str = ""
    licence: str = ""
    trusted: bool = False
    rank: int = 100


def declare(spec: SourceSpec) -> int:
    """Store or refresh a source and give its id."""
    if not spec.name or len(spec.name) > 200:
        raise InputError(f"source name {spec.name!r} should have 1 to 200 characters")
    row, _ = Source.objects.update_or_create(
        name=spec.name,
        defaults={
            "title_zh": spec.title.zh,
            "title_en": spec.title.en,
            "origin": spec.origin,
            "licence": spec.licence,
            "trusted": spec.trusted,
            "rank": spec.rank,
        },
    )
    return row.pk


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What is known of a source."""

    id: int
    name: str
    title: Words
    origin: str
    licence: str
    trusted: bool
    rank: int


def all_sources() -> dict[int, SourceCard]:
    """Give every source by id."""
    return {
        row.pk: SourceCard(
            id=row.pk,
            name=row.name,
            title=Words(row.title_zh or row.name, row.title_en or row.name),
            origin=row.origin,
            licence=row.licence,
            trusted=row.trusted,
            rank=row.rank,
        )
        for row in Source.objects.order_by("pk")
    }


def source_id(name: str) -> int:
    """Find a source's id by name, or raise `InputError`."""
    found = Source.objects.filter(name=name).values_list("pk", flat=True).first()
    if found is None:
        raise InputError(f"source {name!r} is unknown; see `rencheng ledger` for those there are")
    return found


def kind_id(name: str) -> int:
    """Give the small number that stands for a kind's name, making one at first use."""
    return KindName.objects.get_or_create(name=name)[0].pk
