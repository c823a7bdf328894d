"""How a preview is laid out for a page."""

from typing import Any

from rencheng.foundation.memory.kinds import Choice, Field, kind_named
from rencheng.foundation.web.lists.label import say
from rencheng.foundation.web.lists.show import plain
from rencheng.kernel.time import local_day, to_micros
from rencheng.sensing.files.convert.phrases import PROBLEMS, understood
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.pages.listing import PARTS
from rencheng.sensing.files.preview import Preview, PreviewRow

_PLACES_SHOWN = 8


def shown_preview(seen: Preview, mapping: Mapping) -> dict[str, Any]:
    """Give what the template of a preview needs, in the reader's language."""
    kind = kind_named(mapping.kind)
    fields = [field for field in kind.fields if field.name in mapping.fields]
    columns = {name: part.column for name, part in mapping.fields.items()}
    columns["event_at"] = mapping.event.column
    return {
        "preview": seen,
        "kind_title": say(kind.title),
        "heads": [{"title": say(field.title), "column": columns[field.name]} for field in fields],
        "rows": [_row(row, fields, mapping) for row in seen.rows],
        "refused_rows": [_refused(row, columns, kind.fields) for row in seen.first_refused],
        "problems": [(say(PROBLEMS[name]), count) for name, count in seen.problems.items()],
        "new_places": seen.new_places[:_PLACES_SHOWN],
        "more_places": max(0, len(seen.new_places) - _PLACES_SHOWN),
    }


def _row(row: PreviewRow, fields: list[Field], mapping: Mapping) -> dict[str, Any]:
    happened = row.event_at
    day = ""
    if happened is not None:
        day = (
            local_day(to_micros(happened), mapping.event.zone).isoformat()
            if mapping.event.span == "day"
            else plain(happened, "instant")
        )
    return {
        "line": row.line,
        "place": row.place,
        "new": row.new_place,
        "day": day,
        "published": plain(row.published_at, "instant") if row.published_at else "",
        "subject": row.subject,
        "values": [
            {"label": say(field.title), "text": _value(row.value.get(field.name), field)}
            for field in fields
        ],
    }


def _value(value: object, field: Field) -> str:
    if isinstance(field, Choice) and value in field.options:
        return say(field.options[str(value)])
    return plain(value)


def _refused(row: PreviewRow, columns: dict[str, str], fields: tuple[Field, ...]) -> dict[str, Any]:
    titles = {field.name: say(field.title) for field in fields}
    titles |= {name: say(words) for name, words in PARTS.items()}
    return {
        "line": row.line,
        "reasons": [
            {
                "field": titles.get(name, name),
                "column": columns.get(name, ""),
                "was": was,
                "should": say(understood(should)[1]),
            }
            for name, was, should in row.reasons
        ],
    }
