"""The only door to places: plain data and tables in and out."""

from rencheng.foundation.places.borders import (
    NOWHERE,
    border_days,
    features,
    locate,
    set_borders,
    stamp,
)
from rencheng.foundation.places.finding import (
    Resolved,
    find,
    resolve_codes,
    resolve_names,
    suggest,
)
from rencheng.foundation.places.groups import register_group
from rencheng.foundation.places.levels import LEVELS, SITE_KINDS, Level
from rencheng.foundation.places.reading import (
    ancestors,
    at_date,
    by_id,
    children,
    counts_beneath,
    get,
    is_within,
    roots,
    subtree,
    subtree_ids,
    table,
)
from rencheng.foundation.places.receipts import Refusal, Written
from rencheng.foundation.places.records import SCHEMA, PlaceRecord
from rencheng.foundation.places.succession import (
    Change,
    SuccessionKind,
    changes,
    standing,
    succeed,
)
from rencheng.foundation.places.upserting import upsert

__all__ = [
    "LEVELS",
    "NOWHERE",
    "SCHEMA",
    "SITE_KINDS",
    "Change",
    "Level",
    "PlaceRecord",
    "Refusal",
    "Resolved",
    "SuccessionKind",
    "Written",
    "ancestors",
    "at_date",
    "border_days",
    "by_id",
    "changes",
    "children",
    "counts_beneath",
    "features",
    "find",
    "get",
    "is_within",
    "locate",
    "register_group",
    "resolve_codes",
    "resolve_names",
    "roots",
    "set_borders",
    "stamp",
    "standing",
    "subtree",
    "subtree_ids",
    "succeed",
    "suggest",
    "table",
    "upsert",
]
