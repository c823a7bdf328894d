"""Who tells the city things."""

from django.http import HttpRequest
from ninja import Router, Schema

from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.web.routes.asked import Said, said

router = Router(tags=["sources"])


class SourceListed(Schema):
    """A source. Where two give the same figure, the lower ``rank`` is believed."""

    id: int
    name: str
    title: Said
    origin: str
    licence: str
    trusted: bool
    rank: int


@router.get("", response=list[SourceListed], summary="All sources")
def sources(request: HttpRequest) -> list[SourceListed]:  # noqa: ARG001 - ninja hands it in
    """Give every source; ``trusted`` ones may date their own publications."""
    return [
        SourceListed(
            id=card.id,
            name=card.name,
            title=said(card.title),
            origin=card.origin,
            licence=card.licence,
            trusted=card.trusted,
            rank=card.rank,
        )
        for card in all_sources().values()
    ]
