"""One short mark for the state of all figures, so that readers can keep what they worked out."""

import hashlib

from django.db.models import Count, F, Max, Sum

from rencheng.foundation.memory.indicators.models import Figure
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.foundation.memory.sources.models import Source


def stamp() -> str:
    """
    Give a mark that changes whenever deliveries, stored figures or the sources' ranks do.

    Cheap (four reads by index), so it can be asked at every request: who caches something derived
    from figures puts the stamp into the key. Not proof against tampering; that is `digest`.
    """
    newest = Entry.objects.order_by("-pk").values_list(
        "pk", "received_at", "sent", "stored", "delivery"
    )[:1]
    pending = Entry.objects.filter(derived=False).count()
    figure = Figure.objects.order_by("-pk").values_list("pk", "known_at", "value", "sequence")[:1]
    ranks = Source.objects.aggregate(n=Count("pk"), last=Max("pk"), rank=Sum(F("pk") * F("rank")))
    told = repr((list(newest), pending, list(figure), sorted(ranks.items())))
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
